"""Claims under rules that let Helfo pay: approved and bound in the frame, exported, and never paid here."""

import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.access.actions import give_membership
from app.access.domain import Role
from app.access.models import User
from app.budget.domain import EntryKind
from app.budget.models import Frame, LedgerEntry
from app.cases.actions import declare, public_id
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.queries import locked
from app.compensation import actions, exports, payables, queries
from app.compensation.domain import HelfoPaid
from app.compensation.models import Claim, GpAgreement, HelfoClaim, HelfoExport, HelfoPayment
from app.compensation.queries import helfo
from app.compensation.routes import review
from app.compensation.workflow import Status
from app.db import db, writing
from app.db.clock import start_at
from app.dispatch.models import Outgoing
from app.documents import files
from app.documents.actions import store
from app.flow import Refused, Stale, record_hand
from app.payables import actions as payables_below
from app.payables.models import PaymentBasis
from app.payouts.jobs import make_payables
from app.payouts.queries import paid_in
from app.rules.domain import PaidThrough
from app.rules.queries import rules_of
from app.spreadsheet import csv_file
from app.values.clock import local_date
from forms.helfo import HelfoPaidForm
from tests import factories
from tests.compensation_rows import confirmed
from tests.factories import acting
from tests.features.compensation.test_claims import REVIEW

TOLD = datetime.fromisoformat("2025-05-02T09:00:00+00:00")
PAID = datetime.fromisoformat("2025-05-09T09:00:00+00:00")


@pytest.fixture
def through_helfo(monkeypatch: pytest.MonkeyPatch) -> None:
    def exported(version_id: int):  # type: ignore[no-untyped-def]
        return replace(rules_of(version_id), paid_through=PaidThrough.HELFO_EXPORT)

    monkeypatch.setattr(payables, "rules_of", exported)
    monkeypatch.setattr(helfo, "rules_of", exported)
    monkeypatch.setattr(review, "rules_of", exported)


def approved(**agreed: str) -> None:
    claim = confirmed(factories.claim(factories.agreement(**agreed)))
    by = acting("officer1")
    with writing():
        assert actions.approve(claim.id, 2, by=by, at=REVIEW).status is Status.APPROVED


def test_what_helfo_pays_is_exported_and_never_payable_here(gp_house: Flask, through_helfo: None) -> None:
    with gp_house.test_request_context():
        approved()
        assert db.session.scalars(sa.select(LedgerEntry.amount_ore)).one() == 25_000_00, (
            "the frame holds it all the same"
        )
        assert db.session.scalars(sa.select(PaymentBasis)).all() == []
        db.session.rollback()
        assert make_payables(REVIEW) == 0
        lines = b"".join(exports.helfo_csv(queries.for_helfo(2025))).decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        told = dict(zip(lines[0].split(";"), lines[1].split(";"), strict=True))
        assert told["HPR-nummer"] == "1234567"
        assert (told["Godkjente enheter"], told["Godkjent beløp"]) == ("patient=150 start=1", "25000,00")
        assert (told["Periode fra"], told["Periode til"]) == ("01.01.2025", "31.03.2025")
        assert queries.for_helfo(2026) == []


def test_what_we_pay_is_not_exported(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        approved()
        assert len(db.session.scalars(sa.select(PaymentBasis)).all()) == 1
        assert queries.for_helfo(2025) == []


def made(by: str = "officer1", at: datetime = TOLD) -> HelfoExport:
    rows = queries.for_helfo(2025)
    data, control = b"".join(exports.helfo_csv(rows)), actions.control_of_these(rows)
    db.session.rollback()
    sha256 = store(data, "text/csv", at)
    with writing():
        return actions.export_claims(2025, control, sha256, by=acting(by), at=at)


def register(export: HelfoExport, sum_ore: int, *not_paid: str, by: str = "finance1", at: datetime = PAID) -> None:
    told = HelfoPaid(local_date(at), sum_ore, "H-77", not_paid)
    with writing():
        actions.register_helfo_paid(export.id, told, by=acting(by), at=at)


def test_a_claim_is_told_once_and_a_later_file_takes_what_is_new(gp_house: Flask, through_helfo: None) -> None:
    with gp_house.app_context():
        approved()
        old = actions.control_of_these(queries.for_helfo(2025))
        first = made()
        assert (first.number, first.claims, first.sum_ore) == ("2025-1", 1, 25_000_00)
        assert queries.for_helfo(2025) == []
        with pytest.raises(Refused, match="ingen nye krav"):
            made()
        approved(hpr_no="7654321", payee_orgnr="312999021")
        with pytest.raises(Stale), writing():
            actions.export_claims(2025, old, first.sha256, by=acting("officer1"), at=TOLD)
        second = made()
        assert (second.number, second.claims) == ("2025-2", 1)
        lines = files.get(second.sha256).decode("utf-8-sig").splitlines()
        assert len(lines) == 2 and "7654321" in lines[1] and "1234567" not in lines[1]


@pytest.mark.parametrize("tie", ["signs for the payee", "has told of a tie", "laid the claim in"])
def test_who_is_tied_to_a_payee_neither_tells_helfo_nor_that_it_is_paid(
    gp_house: Flask, through_helfo: None, tie: str
) -> None:
    with gp_house.app_context():
        approved()
        export = made("officer2") if tie == "laid the claim in" else None
        claim = db.session.scalars(sa.select(Claim)).one()
        people = [acting("officer1"), acting("finance1")]
        with writing():
            for person in people:
                if tie == "signs for the payee":
                    user = db.session.get_one(User, person.id)
                    give_membership(user, Role.ACCOUNTANT, party_id=claim.party_id, by=None, at=TOLD)
                elif tie == "has told of a tie" and person.username == "finance1":
                    declare(locked(claim.case_id), Impartiality.PARTIAL, "Gift med fastlegen.", by=person, at=TOLD)
                elif tie == "laid the claim in" and person.username == "finance1":
                    record_hand("claim", claim.id, "imported", case_id=claim.case_id, by=person, at=TOLD)
        why = "importert" if tie == "laid the claim in" else "inhabil|knyttet til mottakeren"
        if tie == "signs for the payee":
            with pytest.raises(Refused, match=why):
                made("officer1")
        export = export or made("officer2")
        with pytest.raises(Refused, match=why):
            register(export, 25_000_00)
        register(export, 25_000_00, by="finance2")


def test_what_helfo_has_paid_is_registered_by_another_against_the_sum(gp_house: Flask, through_helfo: None) -> None:
    with gp_house.app_context():
        approved()
        approved(hpr_no="7654321")
        export = made()
        one, two = db.session.scalars(sa.select(Claim).order_by(Claim.id)).all()
        with pytest.raises(Refused, match="tilgang"):
            register(export, 50_000_00, by="officer1")
        for wrong, not_paid in (
            (49_000_00, ()),
            (25_000_00, ()),
            (25_000_00, ("nei",)),
            (1, (one.public_id, two.public_id)),
        ):
            with pytest.raises(Refused):
                register(export, wrong, *not_paid)
        for day in (TOLD - timedelta(days=1), PAID + timedelta(days=1)):
            told = HelfoPaid(local_date(day), 50_000_00, "H-77")
            with pytest.raises(Refused, match="Datoen"), writing():
                actions.register_helfo_paid(export.id, told, by=acting("finance1"), at=PAID)
        assert {one.status, two.status} == {Status.APPROVED}
        register(export, 25_000_00, two.public_id)
        db.session.expire_all()
        assert (one.status, one.paid_on, two.status) == (Status.PAID, local_date(PAID), Status.APPROVED)
        paid = sa.select(LedgerEntry.ref).where(LedgerEntry.kind == EntryKind.PAYMENT)
        assert db.session.scalars(paid).all() == [f"claim:{one.id}"]
        register(export, 25_000_00, at=PAID + timedelta(days=9))
        with pytest.raises(Refused, match="alle kravene"):
            register(export, 25_000_00)
        db.session.expire_all()
        assert two.status is Status.PAID and db.session.scalars(sa.select(Frame.paid_ore)).one() == 50_000_00
        told = db.session.scalars(sa.select(Outgoing).where(Outgoing.kind == "paid").order_by(Outgoing.id)).all()
        assert [each.subject for each in told] == ["Helfo har betalt 25\xa0000\xa0kr til Legekontoret Demo AS"] * 2
        assert "H-77" in told[0].body and "1. januar 2025–31. mars 2025" in told[0].body
        rows = paid_in(one.party_id, 2025)
        assert [(row.gross_ore, row.net_ore, row.by_helfo) for row in rows] == [(25_000_00, 25_000_00, True)] * 2


def test_the_database_pays_a_claim_in_one_place_and_by_another_person(gp_house: Flask, through_helfo: None) -> None:
    with gp_house.app_context():
        approved()
        export = made()
        claim = db.session.scalars(sa.select(Claim)).one()
        case = db.session.get_one(Case, claim.case_id)
        account_id = db.session.scalars(sa.select(GpAgreement.account_id)).one()
        told = {"export_id": export.id, "claims": 1, "sum_ore": 1, "paid_on": local_date(PAID), "reference": "x"}
        own = sa.insert(HelfoPayment).values(registered_by=export.made_by, registered_at=PAID, **told)
        with pytest.raises(DBAPIError, match="another than who made"), writing() as session:
            session.execute(own)
        basis = payables._basis(claim, case, account_id, PAID)
        with pytest.raises(DBAPIError, match="is not paid here"), writing():
            payables_below.add_many({basis.ref: [basis]})
        with pytest.raises(DBAPIError, match="append-only"), writing() as session:
            session.execute(sa.update(HelfoExport).values(sum_ore=1))
        with pytest.raises(DBAPIError, match="is settled"), writing() as session:
            session.execute(sa.delete(HelfoClaim))


def test_the_file_is_made_kept_and_paid_from_the_pages(gp_house: Flask, through_helfo: None, client_for) -> None:  # type: ignore[no-untyped-def]
    with gp_house.app_context():
        approved()
        with writing():
            start_at(datetime.fromisoformat("2026-02-01T09:00:00+00:00"))
        db.session.remove()
    office = client_for("officer1")
    this = office.see("/fastleger/helfo")
    assert "Nye krav i 2026" in this.text and "Det er ingen nye krav til Helfo." in this.text
    before = office.see(this.links()["2025"])
    assert "Nye krav i 2025" in before.text and "25 000" in before.text
    page = before.press("Lag fil til Helfo")
    assert page.h1 == "Fil 2025-1 til Helfo"
    named = office.get(page.links()["Last ned filen (CSV)"])
    again = office.get(page.links()["Last ned filen (CSV)"])
    assert "helfo-2025-1.csv" in named.headers["Content-Disposition"] and named.get_data().count(b"1234567") == 1
    assert named.get_data() == again.get_data()
    assert office.get("/fastleger/helfo?aar=2024").status_code == 404
    assert office.get("/fastleger/helfo/2025-9").status_code == 404
    finance = client_for("finance1")
    task = finance.see("/mine-oppgaver").links()
    page = finance.see(
        next(where for words, where in task.items() if words.startswith("Registrer hva Helfo har betalt"))
    )
    wrong = page.press("Registrer som betalt", paid_on="01.02.2026", sum="24 000", reference="H-77")
    assert wrong.status == 422 and "Kravene kommer til 25" in wrong.text
    done = wrong.press("Registrer som betalt", sum="25 000")
    assert "Betalt av Helfo" in done.text and "H-77" in done.text and "Ikke betalt0" in done.text.replace("\n", "")
    claim = office.see(done.links()[next(iter(w for w in done.links() if len(w) == 16))])
    assert "01.02.2026, fil 2025-1" in claim.text
    gp = client_for("gp1")
    assert "01.02.2026, av Helfo" in gp.see("/utbetalinger/arsoppgave/312999021/2026").text
    assert gp.get("/fastleger/helfo/2025-1").status_code == 403


def test_what_a_rule_approved_has_its_day_too(gp_house: Flask, through_helfo: None) -> None:
    with gp_house.test_request_context():
        approved()
        (row,) = queries.for_helfo(2025)
        row.claim.reviewed_at, row.claim.ruled_at = None, REVIEW
        lines = b"".join(exports.helfo_csv([row])).decode("utf-8-sig").splitlines()
        assert lines[1].split(";")[-1] == f"{REVIEW:%d.%m.%Y}"
        db.session.rollback()


def test_a_code_is_read_as_our_file_shows_it(gp_house: Flask) -> None:
    shown = [b"".join(csv_file(["Krav"], [[code]])).decode("utf-8-sig").splitlines()[1] for code in ("-Ab_9", "1e5")]
    typed = {"paid_on": "15.04.2025", "sum": "1", "reference": "H-77", "not_paid": f"{shown[0]};\n{shown[1]}, ’-Ab_9"}
    with gp_house.test_request_context(method="POST", data=typed):
        form = HelfoPaidForm()
        form.limit(date(2025, 4, 1), date(2025, 4, 30))
        assert form.facts().not_paid == ("-Ab_9", "1e5")


def test_no_new_code_looks_like_a_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["-first", "-second", "third"])
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _: next(drawn))
    assert public_id() == "third"
