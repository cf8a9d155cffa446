"""Three hands on a payment: attested, approved and handed over by three people, on both databases."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.access.domain import Actor, Role
from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.budget.models import Frame, LedgerEntry
from app.db import db, writing
from app.flow import Refused, Stale
from app.payables.models import PaymentBasis
from app.payouts import actions, queries
from app.payouts.jobs import make_file, make_files, make_payables
from app.payouts.models import Payable, PayoutList
from app.payouts.workflow import Status
from app.people import actions as people
from tests import factories, payout_rows
from tests.factories import AT, acting
from tests.payout_rows import versions

PAY_ON = date(2025, 1, 10)
LATER = AT + timedelta(days=6)


def take(verb, *payables: Payable, who: str, **more):  # type: ignore[no-untyped-def]
    seen, by = versions(*payables), acting(who)
    with writing():
        return verb(seen, **more, by=by, at=AT)


def approved(*payables: Payable) -> None:
    take(actions.attest, *payables, who="finance1")
    take(actions.approve, *payables, who="decider")


def status(payable: Payable) -> Status:
    db.session.rollback()
    found = db.session.scalars(sa.select(Payable.status).where(Payable.id == payable.id)).one()
    db.session.rollback()
    return found


def test_a_signer_who_is_employed_here_later_stops_no_payment(house: Flask) -> None:
    """Whether they might accept was judged then; the acceptance stands, and the municipality is paid."""
    with house.app_context():
        line, signer, admin = factories.payable(), factories.user("demovik").id, acting("admin")
        with writing():
            people.give_role(signer, Role.ARCHIVIST, by=admin, at=AT)
        approved(line)
        assert status(line) is Status.APPROVED


def test_an_instalment_goes_through_three_hands_and_is_paid(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        assert line.text == "Tilskudd HTO 2025 sak T25-0001 rate 1/2"
        assert line.amount_ore == 1_500_001_00
        approved(line)
        made = take(actions.hand_over, line, who="finance2", pay_on=PAY_ON)
        assert made.number == "2025-01"
        assert (made.line_count, made.sum_ore, made.control_sum) == (1, 1_500_001_00, 12345600009)
        assert status(line) is Status.SENT
        with writing():
            actions.register_paid(made.id, versions_now(line), LATER.date(), by=by_name("finance2"), at=LATER)
        assert status(line) is Status.PAID
        award, frame = db.session.scalars(sa.select(Award)).one(), db.session.scalars(sa.select(Frame)).one()
        assert award.status is AwardStatus.PARTLY_PAID
        assert frame.paid_ore == 1_500_001_00
        ledger = db.session.scalars(sa.select(LedgerEntry).where(LedgerEntry.kind == "payment")).one()
        assert ledger.ref == db.session.get_one(PaymentBasis, line.basis_id).ref


def by_name(username: str) -> Actor:
    from app.access.queries import actor, by_username

    user = by_username(username)
    assert user is not None
    found = actor(user.id)
    assert found is not None
    return found


def versions_now(*payables: Payable) -> dict[int, int]:
    rows = db.session.execute(sa.select(Payable.id, Payable.version).where(Payable.id.in_([p.id for p in payables])))
    return {row.id: row.version for row in rows}


@pytest.mark.parametrize(
    ("verb", "who"),
    [("attest", "decider"), ("attest", "auditor"), ("approve", "finance1"), ("approve", "officer1")],
)
def test_a_hand_without_the_role_is_refused(house: Flask, verb: str, who: str) -> None:
    with house.app_context():
        line = factories.payable()
        with pytest.raises(Refused, match="tilgang"):
            take(getattr(actions, verb), line, who=who)


def test_the_one_who_attested_may_not_hand_over(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        approved(line)
        with pytest.raises(Refused, match="attestert"):
            take(actions.hand_over, line, who="finance1", pay_on=PAY_ON)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(PayoutList)) == 0


@pytest.mark.parametrize("column", ["attested_by", "approved_by"])
def test_the_database_refuses_the_same_hand_twice(house: Flask, column: str) -> None:
    with house.app_context():
        line = factories.payable()
        approved(line)
        row = db.session.get_one(Payable, line.id)
        attester, same = row.attested_by, getattr(row, column)
        with writing() as session:
            numbers = {"number": "2025-99", "line_count": 1, "sum_ore": 1, "control_sum": 1, "pay_on": PAY_ON}
            made = PayoutList(**numbers, authorised_by=attester, authorised_at=AT)
            session.add(made)
        sent = {"status": "sent", "list_id": made.id, "line_no": 1, "authorised_by": same, "authorised_at": AT}
        with pytest.raises(IntegrityError, match=r"authorised_by_third|opposing hand"), writing() as session:
            session.execute(sa.update(Payable).where(Payable.id == line.id).values(**sent))
        with pytest.raises(IntegrityError, match=r"approved_by_another|opposing hand"), writing() as session:
            session.execute(sa.update(Payable).where(Payable.id == line.id).values(approved_by=attester))


def test_all_lines_or_none(house: Flask) -> None:
    with house.app_context():
        first = factories.payable()
        second = factories.payable(orgnr="312999013", signer="fjordnes", number="T25-0002", ore=100_000_00)
        seen = versions(first, second)
        payout_rows.stopped(1)
        with pytest.raises(Refused, match="T25-0001, Demovik"), writing():
            actions.attest(seen, by=by_name("finance1"), at=AT)
        assert status(second) is Status.READY


def test_a_second_press_is_stale_and_changes_nothing(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        seen, by = versions(line), acting("finance1")
        with writing():
            actions.attest(seen, by=by, at=AT)
        with pytest.raises(Stale), writing():
            actions.attest(seen, by=by, at=AT)
        assert status(line) is Status.ATTESTED


def test_authority_is_the_approvers_own_and_of_the_day(house: Flask) -> None:
    with house.app_context():
        line = factories.payable(ore=20_000_000_00)
        take(actions.attest, line, who="finance1")
        with pytest.raises(Refused, match="over grensen"):
            take(actions.approve, line, who="decider")


def test_sent_back_needs_a_reason_and_both_signatures_fall(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        approved(line)
        with pytest.raises(Refused, match="Skriv hvorfor"):
            take(actions.send_back, line, who="decider", reason=" ")
        take(actions.send_back, line, who="decider", reason="Feil kapittel")
        row = db.session.get_one(Payable, line.id)
        assert (row.status, row.attested_by, row.approved_by, row.back_reason) == (
            Status.READY,
            None,
            None,
            "Feil kapittel",
        )


def test_the_job_makes_each_payable_once(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        assert make_payables(AT) == 0
        payout_rows.report_approved(db.session.scalars(sa.select(Award)).one(), factories.user("officer1").id, AT)
        assert make_payables(AT) == 1
        assert make_payables(AT) == 0
        sums = db.session.scalars(sa.select(Payable.amount_ore).order_by(Payable.id)).all()
        assert list(sums) == [line.amount_ore, 1_000_000_00]


def test_money_of_another_budget_year_is_held_and_told(house: Flask) -> None:
    """Domain J.1.7: a report approved in the year after."""
    with house.app_context():
        factories.payable()
        payout_rows.report_approved(db.session.scalars(sa.select(Award)).one(), factories.user("officer1").id, AT)
        next_year = AT.replace(year=2026, month=4)
        assert make_payables(next_year) == 0
        held = queries.held(next_year.date())
        assert [(h.case_number, h.what.facts, h.amount_ore, h.frame_year) for h in held] == [
            ("T25-0001", {"nr": 2, "of": 2}, 1_000_000_00, 2025)
        ]


def test_a_sent_line_can_not_be_changed_in_the_database(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        approved(line)
        take(actions.hand_over, line, who="finance2", pay_on=PAY_ON)
        with pytest.raises((IntegrityError, sa.exc.DBAPIError), match="settled"), writing() as session:
            session.execute(sa.update(Payable).where(Payable.id == line.id).values(amount_ore=1))


def test_list_files_are_made_once_and_stay(house: Flask) -> None:
    from app.documents.models import Document
    from app.documents.queries import read

    with house.app_context():
        line = factories.payable()
        approved(line)
        made = take(actions.hand_over, line, who="finance2", pay_on=PAY_ON)
        make_file(made.id, AT)
        assert make_files(LATER) == 0
        make_file(made.id, LATER)
        documents = db.session.scalars(sa.select(Document).where(Document.kind == "payout_list")).all()
        assert sorted(d.filename for d in documents) == [
            "utbetalingsliste-2025-01.csv",
            "utbetalingsliste-2025-01.xlsx",
        ]
        text = next(read(d.sha256) for d in documents if d.filename.endswith("csv")).decode("utf-8-sig")
        assert "1500001,00" in text
        assert text.count("\r\n") == 2


def test_the_statements_do_not_grow_with_the_lines(house: Flask) -> None:
    with house.app_context():
        orgs = [("312999005", "demovik"), ("312999013", "fjordnes"), ("964338531", "bergen")]
        lines = [
            factories.payable(orgnr=orgs[n % 3][0], signer=orgs[n % 3][1], number=f"T25-{n:04d}", ore=100_000_00)
            for n in range(1, 7)
        ]
        one, many, by = versions(lines[0]), versions(*lines[1:]), acting("finance1")

        def attest(seen: dict[int, int]) -> None:
            with writing():
                actions.attest(seen, by=by, at=AT)

        assert count(lambda: attest(one)) == count(lambda: attest(many))


def count(act) -> int:  # type: ignore[no-untyped-def]
    seen: list[str] = []

    def watch(_c, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def]
        seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", watch)
    try:
        act()
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", watch)
    return len(seen)
