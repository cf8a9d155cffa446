"""The demo accounts; password `demo`, in demo mode only. Every person is invented."""

from datetime import date, datetime
from functools import cache

from app.access import actions
from app.access.domain import Role
from app.access.models import User
from app.parties.models import Party, PilotArea

INTERNAL: tuple[tuple[str, str, str, Role], ...] = (
    ("officer1", "Kari Demo", "saksbehandler", Role.OFFICER),
    ("officer2", "Ola Demo", "saksbehandler", Role.OFFICER),
    ("lead", "Inger Demo", "fagansvarlig", Role.LEAD),
    ("decider", "Marit Demo", "avdelingsdirektør", Role.DECIDER),
    ("finance1", "Arne Demo", "økonomikonsulent", Role.FINANCE),
    ("finance2", "Liv Demo", "økonomirådgiver", Role.FINANCE),
    ("finance3", "Jon Demo", "økonomikonsulent", Role.FINANCE),
    ("archivist", "Berit Demo", "arkivar", Role.ARCHIVIST),
    ("auditor", "Nils Demo", "kontrollør", Role.AUDITOR),
    ("admin", "Odd Demo", "administrator", Role.ADMIN),
    # Confirms the budget authority that the other has registered.
    ("admin2", "Eva Demo", "administrator", Role.ADMIN),
)
# Whom each answers to; `head` answers to nobody here.
LED_BY = {
    "head": ("decider",),
    "decider": (
        "officer1",
        "officer2",
        "lead",
        "finance1",
        "finance2",
        "finance3",
        "archivist",
        "auditor",
        "admin",
        "admin2",
    ),
}
# Signs for the municipality of this organisation number.
SIGNERS: tuple[tuple[str, str, str], ...] = (
    ("bergen", "Turid Demo", "964338531"),
    ("tromso", "Jan Demo", "940101808"),
    ("bodo", "Anne Demo", "972418013"),
    ("rana", "Per Demo", "872418032"),
    ("hammerfest", "Siv Demo", "921770669"),
    ("ullensaker", "Lars Demo", "933649768"),
    ("fredrikstad", "Grete Demo", "940039541"),
    ("larvik", "Hans Demo", "918082956"),
)
LIMIT_ORE = 10_000_000_00


@cache
def demo_hash() -> str:
    """The stored form of the password `demo`; hashing takes long on purpose, and all demo accounts share it."""
    return actions.hash_password("demo")


def load_internal(at: datetime, from_on: date, to_on: date) -> dict[str, User]:
    """The people of the directorate, and the decider's budget delegation up to LIMIT_ORE a decision."""
    hashed = demo_hash()
    people = {}
    for username, name, title, role in INTERNAL:
        user = actions.add_user(
            username,
            name,
            hashed,
            title=title,
            email=f"{username}@example.invalid",
            phone="00 00 00 00",
            by=None,
            at=at,
        )
        actions.give_roles(user, [role], by=None, at=at)
        people[username] = user
    people["head"] = head = actions.add_user("head", "Gunn Demo", hashed, title="divisjonsdirektør", by=None, at=at)
    for leader, led in LED_BY.items():
        for username in led:
            people[username].superior_id = people[leader].id
    given = actions.delegate_budget(
        people["decider"],
        given_by=head,
        from_on=from_on,
        to_on=to_on,
        limit_ore=LIMIT_ORE,
        reference="Fullmakt (demo)",
        by=None,
        at=at,
    )
    actions.confirm_budget(given, head.id, by=None, at=at)
    return people


def add_signer(username: str, name: str, party: Party, at: datetime, role: Role = Role.SIGNER, title: str = "") -> User:
    """A person of a recipient; without a `title`, the municipality's own."""
    hashed = demo_hash()
    title = title or ("kommunedirektør" if role is Role.SIGNER else "rådgiver")
    user = actions.add_user(username, name, hashed, title=title, email=f"{username}@example.invalid", by=None, at=at)
    actions.give_membership(user, role, party_id=party.id, by=None, at=at)
    return user


def add_coordinator(username: str, name: str, area: PilotArea, at: datetime) -> User:
    """A person of a pilot area."""
    hashed = demo_hash()
    user = actions.add_user(
        username, name, hashed, title="områdekoordinator", email=f"{username}@example.invalid", by=None, at=at
    )
    actions.give_membership(user, Role.COORDINATOR, area_id=area.id, by=None, at=at)
    return user
