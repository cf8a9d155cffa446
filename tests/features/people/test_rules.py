"""Who may change whom: nobody themselves, never the last administrator, four eyes on budget authority."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.access import actions as access
from app.access.domain import Ended, Known, Lives, Role
from app.access.domain.links import Links
from app.access.models import BudgetDelegation, User, UserMembership, UserRole
from app.access.queries import entered as read_entered
from app.db import db, writing
from app.flow import Refused, Stale
from app.people import actions, judgement, queries
from app.people.domain import Authority, PersonFacts
from tests import factories
from tests.factories import AT

MILL = 1_000_000_00
LINKS = Links(timedelta(hours=1), timedelta(days=3), by_mail=True, secret="key")


@pytest.fixture
def house(app: Flask) -> Flask:
    with app.app_context():
        factories.people()
        db.session.remove()
    return app


@pytest.fixture
def inside(house: Flask) -> object:
    with house.app_context():
        yield house
        db.session.remove()


def refused(act: Callable[[], object]) -> str:
    """Why it was refused, in words."""
    with pytest.raises(Refused) as caught, writing():
        act()
    return str(caught.value)


def key(username: str) -> int:
    return factories.user(username).id


@pytest.mark.parametrize("search", ["ola.nordmann@bergen", "Ola.Nordmann@", "BERGEN.KOMMUNE", "nORDMANN@Ås"])
def test_a_person_is_found_by_the_address_however_it_was_typed(inside: Flask, search: str) -> None:
    with writing():
        factories.user("officer1").email = "Ola.Nordmann@bergen.kommune.no"
        factories.user("officer2").email = "HalvO.Nordmann@ås.kommune.no"
    found = [line.user.username for line in queries.page(search, None, 1)[0]]
    assert found == ["officer2" if "Ås" in search else "officer1"]


def authority(giver: str = "head", **changes: object) -> Authority:
    facts = {"giver_id": key(giver), "from_on": date(2025, 1, 1), "to_on": date(2025, 12, 31), "limit_ore": MILL}
    return Authority(**{**facts, "reference": "24/1", **changes})  # type: ignore[arg-type]


def test_only_an_administrator_changes_people(inside: Flask) -> None:
    lead = factories.acting("lead")
    assert "ikke tilgang" in refused(lambda: actions.give_role(key("officer1"), Role.LEAD, by=lead, at=AT))
    assert "ikke tilgang" in refused(lambda: actions.end_person(key("officer1"), None, by=lead, at=AT))


def test_nobody_changes_their_own_access(inside: Flask) -> None:
    admin = factories.acting("admin")
    for act in (
        lambda: actions.give_role(admin.id, Role.DECIDER, by=admin, at=AT),
        lambda: actions.take_role(admin.id, Role.ADMIN, by=admin, at=AT),
        lambda: actions.give_membership(admin.id, Role.SIGNER, party_id=1, by=admin, at=AT),
        lambda: actions.end_person(admin.id, None, by=admin, at=AT),
        lambda: actions.new_link(admin.id, LINKS, by=admin, at=AT),
    ):
        assert "sin egen tilgang" in refused(act)


def test_the_last_administrator_stays(inside: Flask) -> None:
    admin, other = factories.acting("admin"), factories.acting("admin2")
    with writing():
        actions.take_role(other.id, Role.ADMIN, by=admin, at=AT)
    with writing():
        actions.give_role(other.id, Role.ADMIN, by=admin, at=AT)
    with writing():
        actions.end_person(admin.id, None, by=other, at=AT)
    # An actor read before the other was ended: the database as it is now decides.
    assert "eneste administratoren" in refused(lambda: actions.end_person(other.id, None, by=admin, at=AT))
    assert "eneste administratoren" in refused(lambda: actions.take_role(other.id, Role.ADMIN, by=admin, at=AT))


def test_budget_authority_and_finance_never_meet_in_one_person(inside: Flask) -> None:
    admin = factories.acting("admin")
    assert "ikke også være økonomi" in refused(
        lambda: actions.give_role(key("finance1"), Role.DECIDER, by=admin, at=AT)
    )
    assert "ikke også være økonomi" in refused(lambda: actions.give_role(key("decider"), Role.FINANCE, by=admin, at=AT))
    for username, role in (("finance1", Role.DECIDER), ("decider", Role.FINANCE)):
        statement = sa.insert(UserRole).values(user_id=key(username), role=role)
        with pytest.raises(IntegrityError), writing() as session:
            session.execute(statement)


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda: sa.insert(UserRole).values(user_id=key("officer1"), role=Role.SIGNER),
        lambda: sa.insert(UserMembership).values(user_id=key("officer1"), role=Role.OFFICER, party_id=1),
        lambda: sa.insert(UserMembership).values(user_id=key("gp1"), role=Role.COORDINATOR, party_id=1),
        lambda: sa.insert(UserMembership).from_select(
            ["user_id", "role", "party_id"],
            sa.select(UserMembership.user_id, UserMembership.role, UserMembership.party_id).where(
                UserMembership.user_id == key("bergen")
            ),
        ),
        lambda: sa.update(User).where(User.id == key("officer1")).values(superior_id=key("officer1")),
        lambda: sa.update(BudgetDelegation).values(confirmed_by=BudgetDelegation.user_id),
        lambda: sa.update(BudgetDelegation).values(registered_by=BudgetDelegation.confirmed_by),
        lambda: sa.update(BudgetDelegation).values(registered_by=BudgetDelegation.user_id),
        lambda: sa.update(BudgetDelegation).values(confirmed_at=None),
        lambda: sa.update(BudgetDelegation).values(ended_at=AT),
    ],
)
def test_the_database_refuses_it_too(inside: Flask, nonsense: Callable[[], sa.Executable]) -> None:
    statement = nonsense()
    with pytest.raises(IntegrityError), writing() as session:
        session.execute(statement)


def test_authority_counts_when_a_second_person_has_confirmed_it_and_until_it_is_ended(inside: Flask) -> None:
    admin, other = factories.acting("admin"), factories.acting("admin2")
    with writing():
        actions.give_role(key("lead"), Role.DECIDER, by=admin, at=AT)
    with writing():
        made = actions.delegate(key("lead"), authority(), by=admin, at=AT).id
    assert factories.acting("lead").delegations == ()
    assert "selv registrert" in refused(lambda: actions.confirm(made, by=admin, at=AT))
    assert "din egen" in refused(lambda: actions.confirm(made, by=factories.acting("lead"), at=AT))
    assert "ikke tilgang" in refused(lambda: actions.confirm(made, by=factories.acting("officer1"), at=AT))
    with writing():
        actions.confirm(made, by=other, at=AT)
    assert [d.limit_ore for d in factories.acting("lead").delegations] == [MILL]
    assert "allerede" in refused(lambda: actions.confirm(made, by=other, at=AT))
    with writing():
        actions.end_authority(made, by=admin, at=AT)
    assert factories.acting("lead").delegations == ()
    told = [each.event for each in queries.history(factories.user("lead"))]
    assert told[:3] == ["access.budget_ended", "access.budget_confirmed", "access.budget_delegated"]


def test_authority_follows_the_line_and_is_never_more_than_the_giver_has(inside: Flask) -> None:
    admin = factories.acting("admin")
    assert "må ha rollen leder med BDM" in refused(
        lambda: actions.delegate(key("lead"), authority("decider"), by=admin, at=AT)
    )
    with writing():
        actions.give_role(key("lead"), Role.DECIDER, by=admin, at=AT)
    # The decider's own: 10 million a decision, to the end of 2030.
    for given_by, words in (
        (authority("officer1"), "over mottakeren"),
        (authority("lead"), "over mottakeren"),
        (authority("decider", limit_ore=11 * MILL), "ikke selv en bekreftet fullmakt"),
        (authority("decider", to_on=date(2031, 1, 1)), "ikke selv en bekreftet fullmakt"),
        (authority("head", from_on=date(2024, 1, 1), to_on=date(2024, 12, 31)), "utløpt"),
        (authority("head", from_on=date(1900, 1, 1)), "mellom"),
        (authority("head", from_on=date(2027, 1, 1), to_on=date(2027, 12, 31)), "mellom"),
        (authority("head", to_on=date(2199, 12, 31)), "lenger enn fem år"),
        (authority("head", to_on=date(2024, 12, 31)), "før startdatoen"),
        (authority("head", limit_ore=10**14), "høyst"),
        (authority("head", limit_ore=0), "over null"),
    ):
        assert words in refused(lambda given_by=given_by: actions.delegate(key("lead"), given_by, by=admin, at=AT))
    with writing():
        actions.delegate(key("lead"), authority("decider", limit_ore=10 * MILL), by=admin, at=AT)
    assert "sin egen tilgang" in refused(
        lambda: actions.delegate(key("lead"), authority(), by=factories.acting("lead"), at=AT)
    )


def test_nobody_changes_their_own_superior(inside: Flask) -> None:
    """Authority follows the line: an administrator could else put themselves under, or over, whom they like."""
    user = factories.user("admin")
    facts = PersonFacts(user.name, user.title, user.email, "22 33 44 55", user.superior_id)
    moved = replace(facts, superior_id=key("head"))
    version, admin, other = user.version, factories.acting("admin"), factories.acting("admin2")
    db.session.rollback()
    assert "sin egen leder" in refused(lambda: actions.change_person(admin.id, moved, by=admin, at=AT, version=version))
    with writing():
        actions.change_person(admin.id, facts, by=admin, at=AT, version=version)
    with writing():
        actions.change_person(admin.id, moved, by=other, at=AT, version=version + 1)
    assert factories.user("admin").superior_id == key("head")


def test_authority_goes_with_the_role_it_hangs_on(inside: Flask) -> None:
    admin = factories.acting("admin")
    with writing():
        actions.take_role(key("decider"), Role.DECIDER, by=admin, at=AT)
    with writing():
        actions.give_role(key("decider"), Role.DECIDER, by=admin, at=AT)
    assert factories.acting("decider").delegations == ()


def test_a_change_of_role_membership_or_password_ends_open_sessions(inside: Flask) -> None:
    admin = factories.acting("admin")
    bergen = factories.party("964338531").id

    def stamp() -> int:
        db.session.rollback()
        return factories.user("officer2").session_stamp

    for act in (
        lambda: actions.give_role(key("officer2"), Role.LEAD, by=admin, at=AT),
        lambda: actions.take_role(key("officer2"), Role.LEAD, by=admin, at=AT),
        lambda: actions.give_membership(key("officer2"), Role.WRITER, party_id=bergen, by=admin, at=AT),
        lambda: actions.change_own_password("hash", by=factories.acting("officer2"), at=AT),
        lambda: actions.end_person(key("officer2"), None, by=admin, at=AT),
        lambda: actions.reopen_person(key("officer2"), by=admin, at=AT),
    ):
        with writing():
            opened = access.open_session(Known(key("officer2"), stamp()), access.Device("", "", ""), at=AT)
        before = stamp()
        with writing():
            act()
        assert stamp() > before
        entered = read_entered(access.sha256(opened.token))
        assert entered is not None and entered.over(Lives(), AT) is Ended.CHANGED


def test_a_stale_page_does_not_overwrite_a_colleagues_change(inside: Flask) -> None:
    admin = factories.acting("admin")
    facts = PersonFacts("Kari Ny", "saksbehandler", "kari@example.invalid", "", key("lead"))
    with writing():
        actions.change_person(key("officer1"), facts, by=admin, at=AT, version=1)
    assert factories.user("officer1").superior_id == key("lead")
    with pytest.raises(Stale), writing():
        actions.change_person(key("officer1"), facts, by=admin, at=AT, version=1)
    circle = PersonFacts("Inger Demo", "fagansvarlig", "", "", key("officer1"))
    assert "sin egen leder" in refused(lambda: actions.change_person(key("lead"), circle, by=admin, at=AT, version=1))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 6), st.none() | st.integers(1, 6)), max_size=12))
def test_however_superiors_are_set_there_is_never_a_circle(changes: list[tuple[int, int | None]]) -> None:
    lines: dict[int, int | None] = dict.fromkeys(range(1, 7))
    for person, superior in changes:
        if not judgement.why_not_superior(person, superior, lines):
            lines[person] = superior
    assert all(person not in judgement.above(person, lines) for person in lines)
    # `above` ends by itself on a circle, so the proof is one of its own.
    for person in lines:
        steps, at = 0, lines[person]
        while at is not None:
            steps, at = steps + 1, lines[at]
            assert steps <= len(lines)


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ((Role.OFFICER, Role.DECIDER), "kan ikke vedta saker som Ola selv har vurdert"),
        ((Role.LEAD, Role.DECIDER), "kan ikke godkjenne regelverk som Ola selv har skrevet"),
        ((Role.ADMIN,), "egne roller"),
    ],
)
def test_what_four_eyes_keep_from_one_person_is_told(roles: tuple[Role, ...], words: str) -> None:
    told = [each.text % each.facts for each in judgement.kept_apart("Ola", roles, [])]
    assert any(words in each for each in told)


def test_a_person_of_one_handling_role_is_told_of_nothing_but_their_own_organisations() -> None:
    assert judgement.kept_apart("Ola", [Role.OFFICER], []) == []
    told = judgement.kept_apart("Ola", [Role.OFFICER], ["Bergen kommune"])
    assert [each.facts["party"] for each in told] == ["Bergen kommune"]
