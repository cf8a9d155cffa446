"""The menu of each reader, and what stands round every page."""

from functools import cache

from flask import current_app

from app.access.domain import Actor, Permission, Role
from app.access.guards import actor_or_none
from app.compensation.queries import has_own
from app.config import Settings
from app.db.clock import now
from app.frame import Groups, Items, Shell
from app.values.language import N_

P = Permission

# Endpoint, words, and who sees it (None: everybody). The day's work stands in the bar, in the order of the day.
DAY: tuple[tuple[str, str, P | None], ...] = (
    ("desk.home", N_("Mine oppgaver"), P.READ_CASES),
    ("desk.worklist", N_("Saker"), P.READ_CASES),
    ("assessments.ranking", N_("Fordeling av rammen"), P.RECOMMEND),
    ("awards.to_decide", N_("Vedtak"), P.DECIDE),
    ("payouts.home", N_("Utbetalinger"), P.READ_PAYOUTS),
    ("reports.summary_home", N_("Rapporter"), P.READ_CASES),
    ("compensation.home", N_("Fastleger"), P.REVIEW_CLAIM),
    ("rules.home", N_("Regelverk"), P.READ_CASES),
    ("portal.home", N_("Vår side"), P.OWN_PORTAL),
    ("compensation.own", N_("Krav om kompensasjon"), P.CLAIM_OWN),
    ("compensation.area", N_("Utprøvingsområde"), P.CONFIRM_CLAIM),
)
# Under the reader's own name, as it is not wanted every day; in the bar of whoever has no cases to work with.
RUNNING: tuple[tuple[str, str, P | None], ...] = (
    ("people.home", N_("Personer og tilganger"), P.MANAGE_USERS),
    ("people.authority", N_("Fullmakter"), P.CONFIRM_BUDGET),
    ("budget.home", N_("Rammer"), P.READ_CASES),
    ("summaries.home", N_("Leveranser"), P.READ_CASES),
    ("access.security", N_("Sikkerhet"), P.MANAGE_USERS),
    ("orders.home", N_("Bestillinger"), P.PLACE_ORDER),
    ("dispatch.outbox", N_("Utsendelser"), P.READ_OUTBOX),
    ("jobs.home", N_("Jobber"), P.READ_JOBS),
)
# Likewise, but in the bar of everybody outside the house.
OPEN: tuple[tuple[str, str, P | None], ...] = (
    ("public.schemes", N_("Ordninger"), None),
    ("public.awards", N_("Hvem har fått tilskudd"), None),
)
OWN: tuple[tuple[str, str, P | None], ...] = (
    ("access.sessions", N_("Dine innlogginger"), None),
    ("people.own_password", N_("Bytt passord"), None),
)


def shell() -> Shell:
    """What stands round the page of this request."""
    settings: Settings = current_app.config["SETTINGS"]
    actor = actor_or_none()
    bar, under_name = _menus_of(actor)
    held = _held(frozenset(actor.held)) if actor else ()
    return Shell(
        authority=settings.authority,
        contact_email=settings.contact_email,
        contact_phone=settings.contact_phone,
        at=now(),
        demo=settings.demo,
        person=actor.name if actor else None,
        role=next(iter(held), None),
        held=held,
        nav_items=bar,
        under_name=under_name,
    )


def _menus_of(actor: Actor | None) -> tuple[Items, Groups]:
    if actor is None:
        return _menus(None, inside=False)
    granted = actor.granted
    # A municipality signs too, and only few of them are paid for a GP of their own.
    if P.CLAIM_OWN in granted and not has_own(actor):
        granted -= {P.CLAIM_OWN}
    return _menus(granted, inside=actor.is_internal)


@cache
def _menus(granted: frozenset[P] | None, *, inside: bool) -> tuple[Items, Groups]:
    """The bar, and what stands under the reader's name, group by group. There are as many as sets of roles."""
    day, running, pages = (
        tuple((endpoint, words) for endpoint, words, needed in group if needed is None or needed in (granted or ()))
        for group in (DAY, RUNNING, OPEN)
    )
    if granted is None:
        return day + pages, ()
    own = (N_("Deg"), tuple((endpoint, words) for endpoint, words, _ in OWN))
    if not inside:
        return day + pages, (own,)
    if P.READ_CASES not in granted:
        return day + running, ((N_("Åpne sider"), pages), own)
    groups = ((N_("Drift"), running), (N_("Åpne sider"), pages), own)
    return day, tuple((words, items) for words, items in groups if items)


@cache
def _held(roles: frozenset[Role]) -> tuple[str, ...]:
    """The roles as shown, in the order of the roles."""
    return tuple(role.word for role in Role if role in roles)
