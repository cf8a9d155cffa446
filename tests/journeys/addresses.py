"""Every address of the url map filled in with things of a finished grant, so that new routes are tried too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from app.access.domain import Permission
from app.access.models import BudgetDelegation, User, UserMembership
from app.awards.models import Award
from app.budget.models import FrameChange
from app.cases.models import Case
from app.compensation.models import Claim, GpAgreement
from app.compensation.workflow import Status as ClaimStatus
from app.db import db, writing
from app.demo.parties import PRACTICE
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status as Sending
from app.documents.models import Document, StoredFile
from app.orders.domain import Outcome, Phase
from app.orders.models import OrderRow, WorkOrder
from app.orders.workflow import Status as OrderStatus
from app.parties.models import BankAccount, Party
from app.payouts.models import Payable, PayoutList, Repayment
from app.payouts.queries import frame_paid_from
from app.payouts.workflow import DebtStatus
from app.reports.models import Report
from app.reports.workflow import Status as ReportStatus
from app.rules.models import Call, Pot, RuleVersion
from app.summaries.models import Summary
from app.values.clock import local_date
from tests.journeys.typed import BACK, TYPED, TYPED_THERE

# Addresses of nobody's: who may open them is not a question of a case.
HOUSE = {
    "static",
    "language",
    "access.log_in",
    "access.log_out",
    "access.sessions",
    "access.end_sessions",
    "access.password_again",
    "people.choose",
    "people.own_password",
}


@dataclass(frozen=True)
class Things:
    """Keys of one grant that is granted, paid and reported, and of what stands around it."""

    orgnr: str
    case: str
    case_key: str
    award: str
    report: str
    document: str
    outgoing: str
    claim: str
    agreement: str
    payee: str
    payable: str
    payout_list: str
    call: str
    pot: str
    year: int
    version: int
    account: int
    delegation: int
    membership: int
    change: int
    claim_back: str
    delivery: str
    order: str
    versions: Mapping[str, int]

    def typed(self, endpoint: str) -> dict[str, object]:
        """What a person could send on any form of the room, with the version that is stored now."""
        room = endpoint.partition(".")[0]
        version = self.versions.get(endpoint, self.versions.get(room, 1))
        line = f"{self.payable}.{self.versions['payouts']}"
        return {**TYPED, "version": str(version), "line": line, **TYPED_THERE.get(endpoint, {})}

    def values(self, rule: Rule) -> dict[str, object]:
        """What stands in this address. Raises LookupError for a kind of thing nobody has taught this file."""
        return {name: self._value(rule.endpoint, name) for name in rule.arguments}

    def _value(self, endpoint: str, name: str) -> object:
        room, _, page = endpoint.partition(".")
        back = page.endswith(("repayment", "repayments", "_back"))
        public = {
            "applications": self.call if page == "start" else self.case_key,
            "portal": self.case_key,
            "awards": self.award,
            "reports": self.report,
            "documents": self.document,
            "dispatch": self.outgoing,
            "compensation": self.payee
            if page.endswith("payee")
            else self.agreement
            if page.endswith(("new_claim", "confirm_account", "agreement", "draft", "sign_terms"))
            else self.claim,
            "payouts": {"give_account": self.case_key, "counter_claim": self.claim, "set_offs": self.claim}.get(page)
            or (self.claim_back if back else self.payable),
            "rules": self.call,
            "public": self.call,
            "cases": self.call,
            "summaries": self.delivery,
            "orders": self.order,
        }
        numbers = {"payouts": self.case if back else self.payout_list, "rules": self.version, "public": self.version}
        numbers |= {"compensation": self.version}
        rest = {"document": "d" * 16} | {
            "public_id": public.get(room),
            "number": numbers.get(room, self.case),
            "pot": "gp" if room == "compensation" else self.pot,
            "year": 2025 if room in ("summaries", "payouts") else self.year,
            "orgnr": self.orgnr,
            "kind": {"reports": "statusrapport", "summaries": "gp-anbefaling"}.get(room, "csv"),
            "suffix": "pdf" if room == "summaries" else "csv",
            "queue": "til-attestasjon",
            "code": {"applications": "kontakt", "orders": "gp-claims"}.get(room, "HTO"),
            "ending": "csv",
            "step": "gazetted" if room == "rules" else "prov-igjen",
            "row_no": 2,
            "account_id": self.account,
            # Nobody changes what they may do themselves.
            **dict.fromkeys(("username", "role"), "admin"),
            "delegation_id": self.delegation,
            "membership_id": self.membership,
            "change_id": self.change,
        }
        if rest.get(name) is None:
            raise LookupError(f"{endpoint}: no <{name}>; add it to tests/journeys/addresses.py")
        return rest[name]


def things() -> Things:
    """A finished grant of the demo season."""
    one = sa.select(Case, Award, Report).join(Award, Award.case_id == Case.id).join(Report, Report.award_id == Award.id)
    query = one.where(Report.status == ReportStatus.APPROVED, Case.party_id.not_in(_tried())).order_by(Report.id)
    case, award, report = next(iter(db.session.execute(query)))
    get = db.session.scalars
    # The practice's that `gp1` signs for, in the area of `area-nordland`: both are asked.
    of_gp1 = sa.select(Claim).join(Party, Party.id == Claim.party_id).where(Party.orgnr == PRACTICE)
    claim = get(of_gp1.where(Claim.status != ClaimStatus.SUBMITTED).order_by(Claim.id)).first()
    paid = get(sa.select(Payable).where(Payable.case_id == case.id, Payable.list_id.is_not(None))).first()
    version = db.session.get_one(RuleVersion, case.rule_version_id)
    assert claim is not None and paid is not None
    agreement = db.session.get_one(GpAgreement, claim.agreement_id)
    claim_back = _claim_back(case, paid)
    return Things(
        orgnr=db.session.get_one(Party, case.party_id).orgnr or "",
        case=case.number,
        case_key=case.public_id,
        award=award.public_id,
        report=report.public_id,
        document=get(sa.select(Document.public_id).where(Document.case_id == case.id, Document.to_party)).first() or "",
        outgoing=get(sa.select(Outgoing.public_id).where(Outgoing.status == Sending.SENT)).first() or "",
        claim=claim.public_id,
        agreement=db.session.get_one(Case, claim.case_id).public_id,
        payee=db.session.get_one(Party, claim.party_id).public_id,
        payable=paid.public_id,
        payout_list=db.session.get_one(PayoutList, paid.list_id).number,
        call=db.session.get_one(Call, case.call_id).public_id,
        pot=db.session.get_one(Pot, version.pot_id).code,
        year=version.year,
        version=version.number,
        account=get(sa.select(BankAccount.id)).first() or 0,
        delegation=get(sa.select(BudgetDelegation.id)).first() or 0,
        membership=get(sa.select(UserMembership.id)).first() or 0,
        change=get(sa.select(FrameChange.id)).first() or 0,
        claim_back=claim_back.public_id,
        delivery=_frozen(claim),
        order=_order(),
        versions={
            **dict.fromkeys(("cases", "assessments", "awards", "applications"), case.version),
            **dict.fromkeys(
                ("awards.accept", "awards.decline", "awards.stop", "awards.resume", "awards.lapse"), award.version
            ),
            "reports": report.version,
            "payouts": paid.version,
            **dict.fromkeys(("compensation", "payouts.counter_claim"), claim.version),
            "rules": version.version,
            "budget": 2,
            "summaries": 1,
            "orders": 1,
            "compensation.confirm_account": agreement.account_id,
            **dict.fromkeys(BACK, claim_back.version),
        },
    )


def _frozen(claim: Claim) -> str:
    """A delivery that is frozen, where the next version is written already: nothing more happens to it."""
    told = {"kind": "gp-anbefaling", "year": 2025, "due_on": date(2025, 3, 1), "language": "nb", "texts": {}}
    wrote = {"drafted_by": claim.submitted_by, "drafted_at": claim.submitted_at}
    with writing():
        db.session.execute(sa.delete(Summary))
        first = Summary(**told, **wrote, public_id="s" * 16, number=1, sent_back="")
        db.session.add(first)
        db.session.flush()
        db.session.execute(
            sa.update(Summary).values(
                status="approved", approved_by=claim.confirmed_by, approved_at=claim.confirmed_at,
                counted_at=claim.confirmed_at, figures={"figures": [], "tables": []},
            )
        )  # fmt: skip
        db.session.add(Summary(**told, **wrote, public_id="t" * 16, number=2, sent_back="", continues_id=first.id))
    return "s" * 16


def _claim_back(case: Case, paid: Payable) -> Repayment:
    """Money that was claimed back by mistake: nothing more happens to it."""
    by, at = paid.authorised_by or 0, paid.authorised_at or paid.created_at
    made = Repayment(
        public_id="b" * 16, case_id=case.id, party_id=case.party_id, frame_id=frame_paid_from(case.id), amount_ore=1_00,
        decided_on=local_date(at), reference="25/1", reason="Feil.", status=DebtStatus.WITHDRAWN,
        registered_by=by, registered_at=at, withdrawn_by=by, withdrawn_at=at,
    )  # fmt: skip
    with writing():
        db.session.add(made)
        db.session.flush()
    return made


def _order() -> str:
    """An import of no area, done: nothing more happens to it."""
    file = db.session.scalars(sa.select(StoredFile).limit(1)).one()
    by = db.session.scalars(sa.select(User).where(User.username == "officer1")).one()
    at = file.stored_at
    made = WorkOrder(
        public_id="o" * 16, kind="gp-claims", ordered_by=by.id, ordered_at=at, status=OrderStatus.DONE,
        phase=Phase.CARRY_OUT, sha256=file.sha256, filename="krav.csv", total=1, read_to=2, finished_at=at,
    )  # fmt: skip
    with writing():
        db.session.add(made)
        db.session.flush()
        db.session.add(
            OrderRow(order_id=made.id, row_no=2, sorted_by="1", says={}, outcome=Outcome.EXISTS, thing="claim:0")
        )
    return made.public_id


def _tried() -> sa.Select[tuple[int]]:
    """The organisation whose people try."""
    return sa.select(Party.id).where(Party.orgnr == "964338531")


def rules_of(app: Flask, method: str) -> Iterator[Rule]:
    """The routes that take this method."""
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.endpoint != "static":
            yield rule


def needed(app: Flask, endpoint: str, method: str = "GET") -> tuple[Permission, ...]:
    """What the page's guard asks for: one of these; empty when it is open to all."""
    view = app.view_functions[endpoint]
    asked = getattr(view, "guard", ())
    return tuple(getattr(view, "post_guard", asked) if method == "POST" else asked)


def address(app: Flask, rule: Rule, found: Things) -> str:
    """The whole path."""
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, found.values(rule), method=None))
