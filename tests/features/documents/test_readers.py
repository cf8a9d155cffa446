"""Who reads which document, by what it belongs to: one rule for every door."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.access.domain import Actor, Membership, Role
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db, writing
from app.desk.queries import papers as desk
from app.documents import queries
from app.documents.actions import add_document, store
from app.documents.domain.scopes import READ_BY, Scope
from app.documents.models import Direction, Document
from app.payouts import queries as payouts
from app.payouts.models import PayoutList
from app.portal import queries as portal
from tests.client import Client
from tests.factories import party
from tests.features.dispatch.rows import a_case, a_letter, a_notice

AT = datetime(2025, 2, 10, 9, 0, tzinfo=UTC)
INSIDE = {Role.OFFICER, Role.LEAD, Role.DECIDER, Role.FINANCE, Role.ARCHIVIST, Role.AUDITOR}
OURS = {Role.WRITER, Role.SIGNER, Role.ACCOUNTANT}
REVIEWERS = {Role.OFFICER, Role.LEAD}
# Written by hand from domain C.3 and J.1.10: what each kind of thing's documents are read by.
READERS = {
    Scope.CASE: INSIDE | OURS,
    Scope.PAYOUT_LIST: {Role.FINANCE},
    # By this door; its GP and its area read it on the claim's own page.
    Scope.CLAIM: REVIEWERS,
}
# What a case's own people read is meant for them.
INTERNAL_ONLY = {Scope.CASE: INSIDE, Scope.PAYOUT_LIST: {Role.FINANCE}}


def laid(scope: Scope, case: Case | None, *, to_party: bool, at: datetime = AT) -> Document:
    """A document of this scope."""
    sha256 = store(b"%PDF-1.4", "application/pdf", AT)
    with writing():
        return add_document(
            scope=scope, case=case, direction=Direction.NOTE, kind="note", title="Notat", filename="notat.pdf",
            sha256=sha256, language="nb", to_party=to_party, by=None, at=at,
        )  # fmt: skip


def person(role: Role, party_id: int) -> Actor:
    """Somebody with this one role, held for the organisation where the role is a recipient's."""
    if role in OURS:
        return Actor(1, "Demo", memberships=frozenset({Membership(role, party_id=party_id)}))
    if role is Role.COORDINATOR:
        return Actor(1, "Demo", memberships=frozenset({Membership(role, area_id=1)}))
    return Actor(1, "Demo", roles=frozenset({role}))


def doors(document: Document, case: Case, number: str, actor: Actor) -> dict[str, bool]:
    """Whether each door shows it to the person."""
    found = payouts.list_by_number(number)
    assert found is not None
    opened = {
        "page and download": queries.by_public_id(document.public_id, actor) is not None,
        "letter PDF": document in queries.these([document.id], actor),
    }
    if document.scope is Scope.PAYOUT_LIST:
        return {**opened, "list's file": document in payouts.files_of(found, actor)}
    if document.scope is Scope.CLAIM:
        return opened
    opened["case page"] = document.public_id in {row.public_id for row in desk.documents(case.id, actor)}
    if document.to_party:
        # Their own pages are asked for their own organisation only; the query holds the door all the same.
        opened["portal"] = document.public_id in {row.public_id for row in portal.letters(case.party_id, actor)}
    return opened


def a_list(document: Document) -> str:
    """A handed over list with this file."""
    with writing() as session:
        made = PayoutList(
            number="2025-01", pay_on=AT.date(), line_count=1, sum_ore=100, control_sum=1, authorised_by=1,
            authorised_at=AT, csv_document_id=document.id, xlsx_document_id=document.id,
        )  # fmt: skip
        session.add(made)
        session.flush()
        return made.number


def test_each_kind_of_document_is_read_by_the_same_roles_through_every_door(app: Flask) -> None:
    assert set(READERS) == set(READ_BY) == set(Scope), "a new kind needs its rule, and its line here"
    with app.app_context():
        case = a_case()
        listed = laid(Scope.PAYOUT_LIST, None, to_party=False)
        number = a_list(listed)
        kinds = [
            (listed, READERS[Scope.PAYOUT_LIST]),
            (laid(Scope.CLAIM, None, to_party=False), READERS[Scope.CLAIM]),
            (laid(Scope.CASE, case, to_party=True), READERS[Scope.CASE]),
            (laid(Scope.CASE, case, to_party=False), INTERNAL_ONLY[Scope.CASE]),
        ]
        for document, readers in kinds:
            for role in Role:
                shown = doors(document, case, number, person(role, case.party_id))
                assert set(shown.values()) == {role in readers}, (document.scope, role, shown)
            for role in OURS:
                other = party("964338531").id
                assert not any(doors(document, case, number, person(role, other)).values()), role


def test_a_draft_is_the_applicants_own(app: Flask) -> None:
    with app.app_context():
        case = a_case()
        document = laid(Scope.CASE, case, to_party=True)
        with writing() as session:
            owned = session.get_one(Case, case.id)
            owned.status, owned.number, owned.submitted_at = Status.DRAFT, None, None
        assert queries.by_public_id(document.public_id, person(Role.OFFICER, 0)) is None
        assert queries.by_public_id(document.public_id, person(Role.WRITER, case.party_id)) is not None


def test_the_database_refuses_a_document_that_belongs_nowhere(app: Flask) -> None:
    from sqlalchemy.exc import IntegrityError

    with app.app_context():
        case = a_case()
        for scope, owner, to_party in (
            (Scope.CASE, None, False),
            (Scope.PAYOUT_LIST, case, False),
            (Scope.PAYOUT_LIST, None, True),
        ):
            with pytest.raises(IntegrityError):
                laid(scope, owner, to_party=to_party)
            db.session.rollback()


@pytest.mark.parametrize(("username", "status"), [("finance1", 200), ("officer1", 404), ("archivist", 404)])
def test_a_payout_list_opens_by_its_address_to_finance_only(
    app: Flask, client_for: Callable[[str], Client], username: str, status: int
) -> None:
    with app.app_context():
        a_case()
        address = f"/dokumenter/{laid(Scope.PAYOUT_LIST, None, to_party=False).public_id}"
    client = client_for(username)
    assert [client.get(address).status_code, client.get(f"{address}/fil").status_code] == [status] * 2


def test_the_administrator_sees_how_it_went_and_not_what_it_says(
    app: Flask, client_for: Callable[[str], Client]
) -> None:
    with app.app_context():
        case = a_case()
        sent = [a_letter(case).now(), a_notice(case).now(), a_notice(None, "loose:1").now()]
        words = {word for each in sent for word in (each.subject, each.body.splitlines()[0])}
        addresses = [f"/utsendelser/{each.public_id}" for each in sent]
    admin, officer = client_for("admin"), client_for("officer1")

    def told(client: Client, address: str) -> str:
        page = client.see(address)
        assert page.status == 200
        return page.response.get_data(as_text=True)

    for address in ("/utsendelser", *addresses):
        assert not [word for word in words if word in told(admin, address)], address
    assert "postmottak@demovik.example" in told(admin, addresses[0])
    assert sent[0].subject in told(officer, "/utsendelser")
    assert sent[1].body in told(officer, addresses[1])
    assert sent[2].body not in told(officer, addresses[2]), "what hangs on no case is its receiver's own"


def test_a_document_made_before_midnight_utc_has_oslos_day(app: Flask, client_for: Callable[[str], Client]) -> None:
    with app.app_context():
        laid(Scope.CASE, a_case(), to_party=False, at=datetime(2025, 2, 10, 23, 30, tzinfo=UTC))
    page = client_for("officer1").see("/saker/T25-0123/dokumenter")
    assert "11.02.2025" in page.text
