"""Whoever signed for the recipient on a case takes no step of the house there, in whatever it is, old or new."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError

from app.access.domain import Actor
from app.access.models import User
from app.assessments import actions as assessing
from app.awards import actions as awards
from app.awards.models import Award
from app.cases import actions as cases
from app.cases.domain import Impartiality
from app.cases.judgement import why_not_receive
from app.cases.models import Case
from app.cases.queries import locked
from app.compensation import actions as compensation
from app.compensation.domain import ClaimFacts, Period
from app.db import Base, db, writing
from app.dispatch import actions as dispatch
from app.dispatch.queries import by_key
from app.dispatch.workflow import Status as Sending
from app.flow.acting import ACTING, Acting
from app.flow.models import Hand
from app.flow.opposed import BARRED_BY, HOUSE, ON_NO_CASE, THEIRS, barring
from app.parties.models import BankAccount
from app.payouts import actions as payouts
from app.payouts.domain import Owed
from app.payouts.jobs import make_payables
from app.payouts.models import MoneyBack, Payable, Repayment
from app.payouts.workflow import DebtStatus
from tests import compensation_rows, factories, payout_rows, rounds
from tests.both_sides import every_role, impartial, refused, signing_for
from tests.compensation_rows import CONFIRMED
from tests.factories import AT


def signed(kind: str, thing_id: int, case_id: int, hand: str) -> None:
    """The recipient's person has, as the action leaves it."""
    person = factories.user("demovik").id
    with writing() as session:
        told = {"kind": kind, "thing_id": thing_id, "case_id": case_id, "hand": hand, "user_id": person, "at": AT}
        session.execute(sa.insert(Hand).values(told))


def test_whoever_signed_one_claim_handles_no_claim_and_no_payment_of_the_agreement(app: Flask) -> None:
    with app.app_context():
        compensation_rows.ground()
        agreed = compensation_rows.agreement()
        older = compensation_rows.confirmed(compensation_rows.claim(agreed, who="gp1"))
        with writing():
            rounds.impartial(db.session.get_one(Case, agreed.case_id), "officer2")
            compensation.approve(older.id, 2, by=rounds.acting_now("officer2"), at=CONFIRMED)
        make_payables(CONFIRMED)
        line = db.session.scalars(sa.select(Payable)).one()
        payout_rows.controlled(line.account_id)
        # Another claim, signed by one who had no hand in the first, which is already to be paid.
        summer = Period(date(2025, 4, 1), date(2025, 4, 9))
        partner = replace(factories.acting("gp1"), id=factories.user("bergen").id)
        with writing():
            newer = compensation.submit(agreed.case_id, ClaimFacts(summer, {"patient": 1}), by=partner, at=CONFIRMED)
        for username in ("gp1", "bergen"):
            by = every_role(username)
            impartial(agreed.case_id, by)
            told: dict[str, Any] = {"by": by, "at": CONFIRMED}
            refused("sendt inn denne selv", compensation.confirm_centrally, {newer.id: 1}, **told)
            refused("sendt inn denne selv", compensation.approve, newer.id, 1, **told)
            for verb in (payouts.attest, payouts.approve):
                refused("sendt inn denne selv", verb, payout_rows.versions(line), **told)


def test_whoever_accepted_acts_on_nothing_that_was_there_before(app: Flask) -> None:
    with app.app_context():
        factories.people()
        factories.frame()
        line = factories.payable()
        award_id = db.session.scalars(sa.select(Award.id)).one()
        signed("award", award_id, line.case_id, "accepted")
        by = every_role("demovik")
        impartial(line.case_id, by)
        for verb in (payouts.attest, payouts.approve):
            refused("akseptert denne selv", verb, payout_rows.versions(line), by=by, at=AT)
        refused("akseptert denne selv", payouts.cancel, payout_rows.versions(line), by=by, at=AT)
        refused("akseptert denne selv", awards.stop, award_id, "Mangler", by=by, at=AT, version=1)
        with writing() as session:
            session.add(
                BankAccount(party_id=line.party_id, account_no="12345600149", registered_by=1, registered_at=AT)
            )
        newest = db.session.scalar(sa.select(sa.func.max(BankAccount.id)))
        refused("signert for mottakeren", payouts.control_account, newest, "Ringt.", by=by, at=AT)
        owed = Owed(1_00, date(2025, 1, 7), "25/1", "Ubrukt")
        refused("akseptert denne selv", payouts.register_repayment, line.case_id, owed, by=by, at=AT)


def test_a_step_that_leaves_no_hand_asks_for_another_person_too(app: Flask) -> None:
    with app.app_context():
        factories.people()
        call = rounds.published_call()
        case = rounds.registered(call)
        signed("case", case.id, case.id, "submitted")
        by = every_role("demovik")
        impartial(case.id, by)
        refused("sendt inn denne selv", assessing.start, case.id, by=by, at=AT, version=case.version)


def test_whoever_handled_one_claim_signs_no_other_of_the_agreement(app: Flask) -> None:
    """The other way about: from the house to the recipient."""
    with app.app_context():
        compensation_rows.ground()
        agreed = compensation_rows.agreement()
        first = compensation_rows.confirmed(compensation_rows.claim(agreed, who="gp1"))
        with writing():
            rounds.impartial(db.session.get_one(Case, agreed.case_id), "officer2")
            compensation.approve(first.id, 2, by=rounds.acting_now("officer2"), at=CONFIRMED)
        summer = ClaimFacts(Period(date(2025, 4, 1), date(2025, 4, 9)), {"patient": 1})
        by = signing_for("officer2", "gp1")
        refused("behandlet denne selv", compensation.submit, agreed.case_id, summer, by=by, at=CONFIRMED)


def test_the_recipients_people_prepare_nothing_either(app: Flask) -> None:
    """Giving the case away, its name, a colleague's doubt, a letter's address: nothing of it leaves a hand."""
    with app.app_context():
        factories.people()
        case = rounds.registered(rounds.published_call())
        with writing():
            doubting = rounds.acting_now("officer2")
            cases.declare(db.session.get_one(Case, case.id), Impartiality.IN_DOUBT, "Nabo", by=doubting, at=AT)
        with writing():
            dispatch.queue_notice(
                key="a", case=case, party_id=case.party_id, kind="request", address="a@example.invalid", language="nb",
                subject="Spørsmål", body="Svar.", at=AT,
            )  # fmt: skip
            letter = by_key("a")
            letter.status = Sending.FAILED
        signed("case", case.id, case.id, "submitted")
        signer = every_role("demovik")
        member = replace(every_role("lead"), memberships=factories.acting("demovik").memberships)
        for by, why in ((signer, "sendt inn denne selv"), (member, "knyttet til mottakeren")):
            told: dict[str, Any] = {"by": by, "at": AT}
            refused(why, _assign, case.id, "officer1", **told)
            refused(why, cases.correct_title, case.id, "Nytt", "Feil", version=case.version, **told)
            refused(why, _settle, case.id, "officer2", **told)
            refused(why, dispatch.readdress, letter.id, letter.version, "b@example.invalid", **told)
        for taker, why in ((signer, True), (member, True), (every_role("officer1"), False)):
            officer = db.session.get_one(User, taker.id)
            assert bool(why_not_receive(locked(case.id), officer, taker, factories.acting("finance1"))) is why


def test_who_is_not_impartial_neither_gives_the_case_away_nor_changes_its_name(app: Flask) -> None:
    with app.app_context():
        factories.people()
        case = rounds.registered(rounds.published_call())
        by = every_role("lead")
        with writing():
            cases.declare(db.session.get_one(Case, case.id), Impartiality.PARTIAL, "Bror", by=by, at=AT)
        refused("inhabil i saken", _assign, case.id, "officer1", by=by, at=AT)
        refused("inhabil i saken", cases.correct_title, case.id, "Nytt", "Feil", by=by, at=AT, version=case.version)


def _assign(case_id: int, to: str, *, by: Actor, at: datetime) -> None:
    case = locked(case_id)
    cases.assign(case, factories.user(to), by=by, at=at, version=case.version)


def _settle(case_id: int, whose: str, *, by: Actor, at: datetime) -> None:
    cases.settle(locked(case_id), factories.user(whose), Impartiality.IMPARTIAL, "Nei", by=by, at=at, version=10**6)


def test_replacing_a_row_is_taking_it_away(app: Flask) -> None:
    """SQLite's own INSERT OR REPLACE passes no trigger on its way out unless the connection asks for it."""
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return
        factories.people()
        case_id = factories.recommended(1_00)
        signed("case", case_id, case_id, "submitted")
        with pytest.raises(DatabaseError, match="append-only"), writing() as session:
            session.execute(
                sa.text(
                    "INSERT OR REPLACE INTO hand (kind, thing_id, hand, user_id, at, case_id)"
                    " SELECT kind, thing_id, hand, user_id, at, case_id FROM hand WHERE hand = 'submitted'"
                )
            )


def test_every_step_of_the_house_is_barred_to_the_recipients_people() -> None:
    """The rule holds by the table; a new hand that the house leaves on a case must say so."""
    no_step = {("account", "typed"), ("account", "confirmed"), ("payable", "decided")}
    for kind, hands in BARRED_BY.items():
        for hand, bars in hands.items():
            if kind not in {"rules", "summary"} and hand not in THEIRS and (kind, hand) not in no_step:
                assert set(THEIRS) <= set(bars), (kind, hand)


def test_a_column_that_names_who_acted_is_tried_by_the_database() -> None:
    """A new «…_by» of a hand that opposes another's must stand in the table."""
    named = {(row.table, column) for row in ACTING for column in row.columns}
    # A copy of another row's, and the recipient's own telling.
    known = {("decision", "recommended_by"), ("bank_account", "confirmed_by")}
    kinds = {row.table: row.kind for row in ACTING}
    for table, kind in kinds.items():
        for hand in BARRED_BY[kind]:
            if f"{hand}_by" in Base.metadata.tables[table].c:
                assert (table, f"{hand}_by") in named | known, (table, hand)


def test_the_database_refuses_the_column_itself(season: Flask) -> None:
    """Straight into each table, past every action, by one who had the opposing hand; and no thing leaves its case."""
    with season.app_context():
        _owe()
        for row in ACTING:
            table = Base.metadata.tables[row.table]
            for column, hand in row.columns.items():
                there = sa.select(table).order_by(table.c[column].is_(None), table.c.id).limit(1)
                found = db.session.execute(there).mappings().first()
                db.session.rollback()
                if found is None:
                    assert row.table in {"information_request", "send_back"}, row.table
                    continue
                for told in _opposing(row, found, hand):
                    person = _stranger()
                    with writing() as session:
                        session.execute(sa.insert(Hand).values(user_id=person, at=AT, **told))
                    born = sa.insert(table).values({**found, "id": 10**6, column: person})
                    changed = sa.update(table).where(table.c.id == found["id"]).values({column: person})
                    for statement in (born, changed):
                        own = told["thing_id"] == found["id"] and row.thing == "NEW.id"
                        if statement is born and (row.table == "case_file" or (own and told["kind"] == row.kind)):
                            continue  # what is born has no hands of its own yet
                        with pytest.raises(DatabaseError, match=r"opposing hand|append-only"), writing() as session:
                            session.execute(statement)
            if "case_id" in table.c and row.table not in {"information_request", "send_back"}:
                moved = sa.update(table).values(case_id=table.c.case_id + 1)
                with pytest.raises(DatabaseError, match=r"stays on its case|append-only"), writing() as session:
                    session.execute(moved)


def _opposing(row: Acting, found: Any, hand: str) -> Iterator[dict[str, Any]]:
    """A hand in the thing itself, and one that the other side left elsewhere on the case."""
    thing = {"NEW.id": "id", "NEW.case_id": "case_id", "NEW.repayment_id": "repayment_id"}.get(row.thing)
    if thing is None:
        same = "SELECT min(id) FROM bank_account WHERE party_id = :party AND account_no = :number"
        key = db.session.scalar(sa.text(same), {"party": found["party_id"], "number": found["account_no"]})
    else:
        key = found[thing]
    case_id = found["id"] if row.table == "case_file" else found.get("case_id")
    if row.table == "money_back":
        case_id = db.session.scalar(sa.select(Repayment.case_id))
    elif row.kind == "account":
        case_id = db.session.scalar(sa.select(sa.func.min(Case.id)).where(Case.party_id == found["party_id"]))
    db.session.rollback()
    bars = [each for each in barring(row.kind, hand) if each not in {HOUSE, *THEIRS}]
    if bars:
        on_none = row.kind in ON_NO_CASE
        yield {"kind": row.kind, "thing_id": key, "case_id": None if on_none else case_id, "hand": bars[-1]}
    if row.kind not in {"rules", "summary"}:
        other = "reviewed" if hand in THEIRS else "delivered"
        yield {"kind": "report", "thing_id": 10**6, "case_id": case_id, "hand": other}


def _owe() -> None:
    """A confirmed debt that a part has come back of; the season has none."""
    with writing() as session:
        line = session.scalars(sa.select(Payable).order_by(Payable.id).limit(1)).one()
        first, second = session.scalars(sa.select(User.id).order_by(User.id).limit(2))
        owed = Repayment(
            public_id="owed", case_id=line.case_id, party_id=line.party_id, frame_id=line.frame_id, amount_ore=2,
            back_ore=1, decided_on=date(2025, 1, 7), reference="25/1", reason="Ubrukt", status=DebtStatus.CONFIRMED,
            registered_by=first, registered_at=AT, confirmed_by=second, confirmed_at=AT,
        )  # fmt: skip
        session.add(owed)
        session.flush()
        told = {"repayment_id": owed.id, "amount_ore": 1, "came_on": date(2025, 1, 8), "voucher": "1"}
        session.add(MoneyBack(**told, registered_by=second, registered_at=AT))


def _stranger() -> int:
    with writing() as session:
        name = f"ny{session.scalar(sa.select(sa.func.max(User.id)))}"
        made = User(username=name, name="Ny", email="ny@example.invalid", password_hash="-", created_at=AT)
        session.add(made)
        session.flush()
        return made.id
