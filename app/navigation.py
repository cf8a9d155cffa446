"""The menu of each reader, and what stands round every page."""

from flask import current_app

from app.access.domain import Actor, Permission, Role
from app.access.guards import actor_or_none
from app.compensation.queries import has_own
from app.config import Settings
from app.db.clock import now
from app.templating import Shell
from app.values.language import N_

P = Permission

# Endpoint, words, and who sees it (None: everybody). In the order of the working day.
MENU: tuple[tuple[str, str, P | None], ...] = (
    ("desk.home", N_("Mine oppgaver"), P.READ_CASES),
    ("desk.worklist", N_("Saker"), P.READ_CASES),
    ("assessments.ranking", N_("Fordeling"), P.RECOMMEND),
    ("awards.to_decide", N_("Vedtak"), P.DECIDE),
    ("payouts.home", N_("Utbetalinger"), P.READ_PAYOUTS),
    ("reports.summary_home", N_("Rapporter"), P.READ_CASES),
    ("compensation.home", N_("Fastleger"), P.REVIEW_CLAIM),
    ("rules.home", N_("Regelverk"), P.READ_CASES),
    ("dispatch.outbox", N_("Utsendelser"), P.READ_OUTBOX),
    ("people.home", N_("Personer og tilganger"), P.MANAGE_USERS),
    ("people.authority", N_("Fullmakter"), P.CONFIRM_BUDGET),
    ("jobs.home", N_("Jobber"), P.READ_JOBS),
    ("access.security", N_("Sikkerhet"), P.MANAGE_USERS),
    ("portal.home", N_("Vår side"), P.OWN_PORTAL),
    ("compensation.own", N_("Krav om kompensasjon"), P.CLAIM_OWN),
    ("compensation.area", N_("Utprøvingsområde"), P.CONFIRM_CLAIM),
    ("public.schemes", N_("Ordninger"), None),
    ("public.awards", N_("Hvem har fått tilskudd"), None),
)


def shell() -> Shell:
    """What stands round the page of this request."""
    settings: Settings = current_app.config["SETTINGS"]
    actor = actor_or_none()
    held = _held(actor)
    return Shell(
        authority=settings.authority,
        contact_email=settings.contact_email,
        contact_phone=settings.contact_phone,
        at=now(),
        demo=settings.demo,
        person=actor.name if actor else None,
        role=next(iter(held), None),
        held=held,
        nav_items=[(endpoint, words) for endpoint, words, needed in MENU if _shown(endpoint, needed, actor)],
    )


def _shown(endpoint: str, needed: P | None, actor: Actor | None) -> bool:
    if needed is None:
        return _exists(endpoint)
    if actor is None or not actor.may(needed) or not _exists(endpoint):
        return False
    # A municipality signs too, and only few of them are paid for a GP of their own.
    return needed is not P.CLAIM_OWN or has_own(actor)


def _exists(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def _held(actor: Actor | None) -> list[str]:
    """The reader's roles as shown, in the order of the roles."""
    if actor is None:
        return []
    held = actor.roles | {m.role for m in actor.memberships}
    return [role.word for role in Role if role in held]
