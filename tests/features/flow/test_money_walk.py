"""A payment, its account, its award and a debt, walked by people of both sides, some of whom have moved over."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.access.domain import Actor
from app.awards import actions as awards
from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.budget import actions as budget
from app.cases.actions import tell_account
from app.db import Base, db, writing
from app.flow import Refused, Stale, record_hand
from app.flow.acting import ACTING, ANY
from app.flow.models import Hand
from app.flow.opposed import barring
from app.parties.actions import add_party
from app.parties.domain import Kind
from app.parties.models import BankAccount
from app.parties.queries import newest_account
from app.payouts import actions as payouts
from app.payouts.domain import CameBack, Owed
from app.payouts.jobs import make_payables
from app.payouts.models import Payable, Repayment
from app.payouts.workflow import DROPPED, DebtStatus, Status
from tests import factories
from tests.both_sides import colleague, every_role, impartial
from tests.factories import AT

# The award is decided by «decider», accepted by «accepted» and applied for by «submitted»; «wrote» gave a number only.
OURS = ("officer1", "officer2", "lead", "decider", "finance1", "finance2", "finance3")
MOVED = ("accepted", "submitted", "wrote")
PEOPLE = (*OURS, *MOVED)
SOME = st.permutations(PEOPLE).map(lambda all_of_them: all_of_them[:5])
GIVING = ("accepted", "wrote", "finance2")
NUMBERS = ("12345600009", "12345600076", "12345600149")
TODAY = AT.date()
WHAT = ("hold", "give", *["control"] * 2, *["owe"] * 3, *["pay"] * 8)
# The line's next step, and now and then another way.
NEXT = {
    Status.READY: ("attest", "cancel"), Status.ATTESTED: ("approve", "send_back"),
    Status.APPROVED: ("hand_over", "send_back"), Status.SENT: ("reject", "pay"), Status.REJECTED: ("deny", "check"),
    Status.CANCELLED: ("make", "make"),
}  # fmt: skip
LEAVES = {
    "attest": "attested", "approve": "approved", "hand_over": "handed_over", "reject": "settled", "pay": "settled",
    "check": "checked", "deny": "checked",
}  # fmt: skip
Did = list[tuple[str, int]]


@pytest.fixture
def house(app: Flask) -> Iterator[None]:
    """People and the frame, in the application's context."""
    with app.app_context():
        factories.people()
        factories.frame()
        yield
        db.session.remove()


class Walk(RuleBasedStateMachine):
    """Anybody tries anything that the status lets somebody do. `did` is told beside the program, in its order."""

    numbers: Iterator[int]
    reached: set[tuple[str, str]]

    @initialize()
    def begin(self) -> None:
        db.session.rollback()
        nr = next(self.numbers)
        orgnr = f"9{nr:08d}"
        with writing():
            add_party(orgnr, f"Kommune {nr}", [Kind.MUNICIPALITY], by=None, at=AT, invented=True)
        names = {who: colleague(f"{who}{nr}", orgnr=orgnr) for who in MOVED}
        self.case_id = factories.recommended(100_000_00, number=f"T25-{nr:04d}", orgnr=orgnr)
        self.award_id = factories.accepted(factories.decided(self.case_id), names["accepted"])
        self.people = {who: every_role(names.get(who, who)) for who in PEOPLE}
        impartial(self.case_id, *(by for who, by in self.people.items() if who != "decider"))
        make_payables(AT)
        line = self.line()
        self.party_id = line.party_id
        with writing():
            record_hand("case", self.case_id, "submitted", case_id=self.case_id, by=self.people["submitted"], at=AT)
            budget.pay(line.frame_id, self.case_id, 10_00, f"t:{nr}", by=None, at=AT)
        decided = ("decided", self.people["decider"].id)
        self.theirs = [(hand, self.people[hand].id) for hand in ("accepted", "submitted")]
        self.did: dict[str, Did] = {"payable": [decided], "award": [self.theirs[0]], "repayment": []}
        self.did |= {f"account {number}": [] for number in NUMBERS}
        self.did[f"account {NUMBERS[0]}"].append(("typed", self.people["accepted"].id))
        self.withdrawn: Did = []

    def attempt(self, whos: Sequence[str], thing: str, hand: str | None, verb: Callable[[Actor], Any]) -> bool:
        """Each tries until one may; what is taken is told, what is refused left nothing."""
        for who in whos:
            by = self.people[who]
            try:
                with writing():
                    verb(by)
            except (Refused, Stale):
                continue
            if hand is not None:
                self.reached.add((thing.split()[0], hand))
                if (hand, by.id) not in self.did[thing]:
                    self.did[thing].append((hand, by.id))
            return True
        return False

    def pay(self, who: Sequence[str], pick: int) -> None:
        """The newest payment on the case takes its next step, or another way."""
        line = self.line()
        if line.status is Status.PAID:
            return
        what, seen = NEXT[line.status][pick == 0], {line.id: line.version}
        list_id = line.list_id or 0
        if what == "make":
            made = make_payables(AT)
            self.reached |= {("payable", "anew")} if made else set()
            return
        verbs: dict[str, Callable[[Actor], Any]] = {
            "attest": lambda by: payouts.attest(seen, by=by, at=AT),
            "approve": lambda by: payouts.approve(seen, by=by, at=AT),
            "send_back": lambda by: payouts.send_back(seen, "Feil", by=by, at=AT),
            "cancel": lambda by: payouts.cancel(seen, by=by, at=AT),
            "hand_over": lambda by: payouts.hand_over(seen, TODAY, by=by, at=AT),
            "pay": lambda by: payouts.register_paid(list_id, seen, TODAY, by=by, at=AT),
            "reject": lambda by: payouts.register_rejected(list_id, seen, "Stengt", by=by, at=AT),
            "check": lambda by: payouts.check_rejection(seen, "Sett", rejected=True, by=by, at=AT),
            "deny": lambda by: payouts.check_rejection(seen, "Sett", rejected=False, by=by, at=AT),
        }
        self.attempt(who, "payable", LEAVES.get(what), verbs[what])

    @rule(who=SOME, number=st.sampled_from(NUMBERS), what=st.sampled_from(WHAT), pick=st.integers(0, 4))
    def act(self, who: Sequence[str], number: str, what: str, pick: int) -> None:
        """One rule for all, since each walk leaves some rules out. A stopped award is seen to before anything else."""
        award = self.row(Award, self.award_id)
        version = award.version
        if award.status is AwardStatus.STOPPED:
            resume = awards.resume
            self.attempt(who, "award", "resumed", lambda by: resume(award.id, "Sett", by=by, at=AT, version=version))
        elif what == "hold":
            stop = awards.stop
            self.attempt(who, "award", "stopped", lambda by: stop(award.id, "Sett", by=by, at=AT, version=version))
        elif what == "give":
            gives = [each for each in who if each in GIVING][:1]
            tell = tell_account
            self.attempt(gives, f"account {number}", "typed", lambda by: tell(self.party_id, number, by=by, at=AT))
        elif what == "owe":
            self.owe(who, pick)
        elif what == "pay":
            self.pay(who, pick)
        elif account := newest_account(self.party_id):
            key, thing, call = account.id, f"account {account.account_no}", payouts.control_account
            self.attempt(who, thing, "controlled", lambda by: call(key, "Ringt.", by=by, at=AT))

    def owe(self, who: Sequence[str], pick: int) -> None:
        """A debt is registered, withdrawn, refused or confirmed, and the money comes, in part or all."""
        debt = self.debt()
        if debt is None or debt.status in (*DROPPED, DebtStatus.REPAID):
            before, self.did["repayment"] = self.did["repayment"], list(self.withdrawn)
            owed = Owed(2_00, TODAY, "25/1", "Ubrukt")
            register = payouts.register_repayment
            made = self.attempt(who, "repayment", "registered", lambda by: register(self.case_id, owed, by=by, at=AT))
            if not made:
                self.did["repayment"] = before
            return
        key, version, left = debt.id, debt.version, debt.open_ore
        if debt.status is DebtStatus.CONFIRMED:
            back = CameBack(1_00 if pick else left, TODAY, str(version))
            self.attempt(
                who, "repayment", "settled", lambda by: payouts.register_back(key, back, version, by=by, at=AT)
            )
        elif pick == 4:
            refuse = payouts.refuse_repayment
            if self.attempt(who, "repayment", "refused", lambda by: refuse(key, version, "Nei", by=by, at=AT)):
                self.withdrawn += [each for each in self.did["repayment"] if each not in self.withdrawn]
        elif pick:
            confirm = payouts.confirm_repayment
            self.attempt(who, "repayment", "confirmed", lambda by: confirm(key, version, by=by, at=AT))
        elif self.attempt(who, "repayment", None, lambda by: payouts.withdraw_repayment(key, version, by=by, at=AT)):
            self.withdrawn += [each for each in self.did["repayment"] if each not in self.withdrawn]

    @invariant()
    def what_is_stored_is_what_was_done(self) -> None:
        debt = self.debt()
        now = {"payable": self.line().id, "award": self.award_id, "repayment": debt.id if debt else 0}
        stored = {kind: self.hands(kind, key) for kind, key in now.items()}
        for number in NUMBERS:
            stored[f"account {number}"] = self.hands("account", self.first(number))
        db.session.rollback()
        assert stored == {thing: set(did) for thing, did in self.did.items()}

    @invariant()
    def nobody_meets_themselves(self) -> None:
        for thing, did in self.did.items():
            kind = thing.split()[0]
            for place, (hand, person) in enumerate(did):
                before = {had for had, who in (*did[:place], *self.theirs) if who == person} - {hand}
                assert before.isdisjoint(barring(kind, hand)), (thing, hand, before)

    @invariant()
    def no_column_says_otherwise(self) -> None:
        for row in ACTING:
            table = Base.metadata.tables[row.table]
            if row.table not in ("payable", "award", "repayment", "money_back", "bank_account"):
                continue
            party = table.c.get("party_id")
            mine = sa.select(Repayment.id).where(Repayment.party_id == self.party_id)
            where = table.c.repayment_id.in_(mine) if party is None else party == self.party_id
            for found in db.session.execute(sa.select(table).where(where)).mappings():
                key = found["repayment_id"] if row.table == "money_back" else found["id"]
                if row.kind == "account":
                    key = self.first(found["account_no"])
                for column, hand in row.columns.items():
                    if hand == ANY:
                        continue
                    told = (hand, found[column])
                    assert found[column] is None or told in self.hands(row.kind, key), (row.table, column)
        db.session.rollback()

    def hands(self, kind: str, key: int) -> set[tuple[str, int]]:
        """What stands in the thing itself."""
        query = sa.select(Hand.hand, Hand.user_id).where(Hand.kind == kind, Hand.thing_id == key)
        return {(hand, user_id) for hand, user_id in db.session.execute(query)}

    def first(self, number: str) -> int:
        """The number's first row; nought for one that nobody has given."""
        same = (BankAccount.party_id == self.party_id, BankAccount.account_no == number)
        account = db.session.scalars(sa.select(BankAccount).where(*same).limit(1)).first()
        return account.first_id if account else 0

    def line(self) -> Payable:
        """The newest payment on the case, as it is stored now."""
        return self.newest(Payable)

    def debt(self) -> Repayment | None:
        """The newest debt on the case."""
        return self.newest(Repayment)  # type: ignore[no-any-return]

    def newest(self, model: Any) -> Any:
        """The last row of the case, as it is stored now."""
        query = sa.select(model).where(model.case_id == self.case_id).order_by(model.id.desc()).limit(1)
        found = db.session.scalars(query.execution_options(populate_existing=True)).first()
        db.session.rollback()
        return found

    def row(self, model: Any, key: int) -> Any:
        """As it is stored now."""
        found = db.session.get_one(model, key, populate_existing=True)
        db.session.rollback()
        return found


def test_people_of_both_sides_walk_the_money_and_never_meet_themselves(house: None) -> None:
    Walk.numbers, Walk.reached = count(1), set()
    quick = settings(
        derandomize=True,
        phases=(Phase.generate,),
        max_examples=3,
        stateful_step_count=50,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Walk, settings=quick)
    # What the walk reaches by itself; the rarer steps have tests of their own (test_hands_follow).
    assert {("payable", hand) for hand in ("attested", "approved", "handed_over", "settled")} <= Walk.reached
    assert {("account", "controlled"), ("repayment", "registered")} <= Walk.reached
