"""What came of a payment is another person's word, and a rejected sum is paid anew after a second look."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.access.domain import Role
from app.access.models import UserRole
from app.audit.models import AuditEntry
from app.awards import queries as awards
from app.awards.actions import resume, stop
from app.cases.models import Case
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused
from app.payouts import actions
from app.payouts.jobs import make_payables
from app.payouts.models import Payable, PayoutList
from app.payouts.workflow import Status
from tests import factories
from tests.factories import AT, acting
from tests.payout_rows import PLAN, versions
from tests.rounds import acting_now

PAY_ON = date(2025, 1, 10)
LATER = AT + timedelta(days=6)


def take(verb, line: Payable, who: str, *more: object, at=LATER, **named: object):  # type: ignore[no-untyped-def]
    seen, by = versions(line), acting(who)
    with writing():
        return verb(seen, *more, by=by, at=at, **named)


def sent(line: Payable, attester: str = "finance1") -> PayoutList:
    """The line on a locked list."""
    take(actions.attest, line, attester, at=AT)
    take(actions.approve, line, "decider", at=AT)
    made = take(actions.hand_over, line, "finance2", PAY_ON, at=AT)
    assert isinstance(made, PayoutList)
    return made


def status(line: Payable) -> Status:
    db.session.rollback()
    return db.session.scalars(sa.select(Payable.status).where(Payable.id == line.id)).one()


def give_role(who: str, role: Role) -> None:
    with writing():
        db.session.add(UserRole(user_id=factories.user(who).id, role=role))


@pytest.mark.parametrize("attester", ["finance1", "officer1"])
def test_who_attested_tells_no_outcome(house: Flask, attester: str) -> None:
    with house.app_context():
        line = factories.payable()
        made = sent(line, attester)
        if attester == "officer1":
            give_role(attester, Role.FINANCE)
        for verb, word in ((actions.register_paid, LATER.date()), (actions.register_rejected, "Stengt konto")):
            with pytest.raises(Refused, match="attestert denne selv"):
                take(partial(verb, made.id), line, attester, word)
        take(partial(actions.register_paid, made.id), line, "finance3", LATER.date())
        assert status(line) is Status.PAID


def test_who_attested_a_rejected_line_does_not_approve_the_one_that_pays_it_anew(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        made = sent(line, "officer1")
        take(partial(actions.register_rejected, made.id), line, "finance2", "Kontoen er stengt")
        take(actions.check_rejection, line, "finance3", "Sett svaret i nettbanken", rejected=True)
        assert make_payables(LATER) == 1
        anew = db.session.scalars(sa.select(Payable).where(Payable.status == Status.READY)).one()
        db.session.rollback()
        give_role("officer1", Role.DECIDER)
        rings = acting("finance3")
        with writing():
            actions.control_account(anew.account_id, "Ringt.", by=rings, at=LATER + timedelta(hours=1))
        take(actions.attest, anew, "finance1")
        with pytest.raises(Refused, match="attestert denne selv"):
            take(actions.approve, anew, "officer1")
        take(actions.approve, anew, "decider")


def test_who_fixed_the_sum_does_not_attest_it(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        give_role("decider", Role.OFFICER)
        with pytest.raises(Refused, match="vedtatt denne selv"):
            take(actions.attest, line, "decider", at=AT)


def test_a_rejected_line_is_paid_anew_after_a_second_look(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        made = sent(line)
        take(partial(actions.register_rejected, made.id), line, "finance2", "Kontoen er stengt")
        assert make_payables(LATER) == 0
        with pytest.raises(Refused, match="registrert utfallet av denne selv"):
            take(actions.check_rejection, line, "finance2", "Sett", rejected=True)
        with pytest.raises(Refused, match="Skriv hva svaret"):
            take(actions.check_rejection, line, "finance3", " ", rejected=True)
        with pytest.raises(Refused, match="Status er"):
            take(actions.cancel, line, "decider")
        assert make_payables(LATER) == 0
        take(actions.check_rejection, line, "finance3", "Sett svaret i nettbanken", rejected=True)
        assert (status(line), make_payables(LATER), make_payables(LATER)) == (Status.CANCELLED, 1, 0)


def test_a_rejection_that_was_wrong_waits_for_its_outcome_again(house: Flask) -> None:
    with house.app_context():
        line = factories.payable()
        made = sent(line)
        take(partial(actions.register_rejected, made.id), line, "finance2", "Kontoen er stengt")
        take(actions.check_rejection, line, "finance3", "Banken har betalt", rejected=False)
        assert (status(line), make_payables(LATER)) == (Status.SENT, 0)
        with pytest.raises(Refused, match="kontrollert svaret fra banken"):
            take(partial(actions.register_paid, made.id), line, "finance3", LATER.date())
        take(partial(actions.register_paid, made.id), line, "finance2", LATER.date())
        assert status(line) is Status.PAID


@pytest.mark.parametrize(
    ("named", "change"),
    [
        ("settled_told", {"status": "paid", "paid_on": PAY_ON}),
        ("settled_told", {"status": "rejected"}),
        ("settled_by_another", {"settled_by": "finance1", "settled_at": AT}),
        ("settled_by_another", {"settled_by": "decider", "settled_at": AT}),
        ("rejection_checked", {"status": "cancelled"}),
        (
            "checked_by_another",
            {"settled_by": "finance2", "settled_at": AT, "checked_by": "finance2", "checked_at": AT},
        ),
    ],
)
def test_the_database_refuses_an_outcome_on_one_word(house: Flask, named: str, change: dict[str, object]) -> None:
    with house.app_context():
        line = factories.payable()
        sent(line)
        told = {name: factories.user(str(who)).id if name.endswith("_by") else who for name, who in change.items()}
        with pytest.raises(IntegrityError, match=f"{named}|opposing hand"), writing() as session:
            session.execute(sa.update(Payable).where(Payable.id == line.id).values(**told))


def test_the_pages_lead_a_second_person_through_it(house: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with house.app_context():
        line = factories.payable()
        made = sent(line)
        with writing():
            start_at(LATER)
        number, address = made.number, f"/utbetalinger/linje/{line.public_id}"
    closed = client_for("finance1").see(f"/utbetalinger/lister/{number}")
    assert "Registrer som betalt" not in closed.buttons() and "attestert denne selv" in closed.text
    page = client_for("finance2").see(f"/utbetalinger/lister/{number}")
    page.press("Registrer som avvist", whole="y", reason="Stengt konto")
    own = client_for("finance2").see(address)
    assert "Lagre kontrollen" not in own.buttons() and "registrert utfallet av denne selv" in own.text
    other = client_for("finance3").see(address)
    wrong = other.press("Lagre kontrollen", note="Sett i nettbanken")
    assert wrong.status == 422 and "Velg ett av svarene" in wrong.text
    done = wrong.press("Lagre kontrollen", answer="rejected")
    assert done.status == 200 and "Sett i nettbanken" in done.text
    with house.app_context():
        assert make_payables(LATER) == 1
        db.session.remove()
    assert "Betales på nytt" in client_for("finance3").see("/utbetalinger/ko/til-attestasjon").text


@pytest.mark.parametrize(("plan", "state"), [(PLAN[:1], "paid"), (PLAN, "partly_paid")])
def test_money_that_was_out_at_the_stop_is_counted_when_payment_goes_on(
    house: Flask, plan: tuple[Any, ...], state: str
) -> None:
    with house.app_context():
        part = ((100, *plan[0][1:]),) if len(plan) == 1 else plan
        line = factories.payable(plan=part)
        made, award = sent(line), awards.award_of(line.case_id)
        assert award is not None
        hold = {"at": LATER, "version": award.version}
        with writing():
            stop(award.id, "Mistanke", by=acting_now("officer1"), **hold)
        seen, by = versions(line), acting("finance2")
        with writing():
            actions.register_paid(made.id, seen, LATER.date(), by=by, at=LATER)
        with writing():
            resume(award.id, "Avklart", by=acting_now("decider"), **{**hold, "version": award.version})
        assert award.status.value == state
        db.session.remove()


def test_one_payment_is_one_line_in_every_timeline_and_in_the_news(
    house: Flask, client_for: Callable[[str], Any]
) -> None:
    with house.app_context():
        line = factories.payable()
        number = db.session.get_one(Case, line.case_id).number
        take(partial(actions.register_paid, sent(line).id), line, "finance3", LATER.date())
        with writing():
            start_at(LATER)
        told = {each.event for each in db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event.like("%.pay%")))}
        assert {"payable.pay", "award.pay_part"} <= told, "both are on the record"
        db.session.remove()
    theirs, inside = client_for("demovik"), client_for("officer1")
    portal = theirs.see("/vaar-side").links()["Legemiddelliste i kommunen"]
    pages = [theirs.see(portal), inside.see(f"/saker/{number}/hendelser"), inside.see("/mine-oppgaver")]
    for text in (page.response.get_data(as_text=True) for page in pages):
        assert text.count("kr er betalt") == 1 and "kr er utbetalt" not in text
