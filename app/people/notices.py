"""What a person is told when the way into their account changes (OWASP ASVS 4.0.3, 2.2.3), and their link."""

from datetime import datetime
from typing import Any

from app.access.domain import Actor
from app.access.domain.links import KIND, PLACE
from app.access.models import User
from app.dispatch.actions import queue_notice
from app.dispatch.words import say
from app.values.language import N_, Language


def password_changed(user: User, *, at: datetime, by: Actor | None) -> None:
    """One for each new password."""
    body = N_(
        "Hei, %(name)s. Passordet ditt i Tilsagn ble byttet %(moment)s. "
        "Var det ikke deg, må du si fra til en administrator med en gang."
    )
    subject = N_("Passordet ditt er byttet")
    _tell(user, user.email, f"password:{user.session_stamp}", subject, body, at, by, moment=at)


def link_made(user: User, *, at: datetime, by: Actor) -> None:
    """Somebody has opened the way to a new password; the link itself is handed over by that person."""
    body = N_(
        "Hei, %(name)s. %(by)s har laget en lenke som du kan velge passord med. Du får lenken av %(by)s. "
        "Venter du ingen, må du si fra til en administrator med en gang."
    )
    _tell(
        user, user.email, f"link:{at.isoformat()}", N_("Du får en lenke for å velge passord"), body, at, by, by=by.name
    )


def link_mailed(user: User, until: datetime, *, at: datetime, by: Actor) -> str:
    """The way to a new password, to the person alone; gives the key of what is sent. The outbox holds no link."""
    body = N_(
        "Hei, %(name)s. %(by)s har laget en lenke som du kan velge nytt passord med. Den virker én gang, og varer til "
        "%(until)s. Venter du ingen, må du la den være og si fra til en administrator med en gang.\n\n%(link)s"
    )
    subject, what = N_("Velg nytt passord i Tilsagn"), f"link:{at.isoformat()}"
    _tell(user, user.email, what, subject, body, at, by, kind=KIND, by=by.name, until=until, link=PLACE)
    return _key(user, what)


def address_changed(user: User, before: str, *, at: datetime, by: Actor) -> None:
    """To the address that was: whoever took it over would not tell."""
    body = N_("Hei, %(name)s. %(by)s har gitt deg en annen e-postadresse i Tilsagn. Er det feil, må du si fra.")
    _tell(user, before, f"address:{user.version}", N_("E-postadressen din er endret"), body, at, by, by=by.name)


def _key(user: User, what: str) -> str:
    return f"person:{user.id}:{what}"


def _tell(
    user: User,
    address: str,
    what: str,
    subject: str,
    body: str,
    at: datetime,
    hand: Actor | None,
    *,
    kind: str = "access",
    **facts: Any,
) -> None:
    if not address:
        return
    queue_notice(
        key=_key(user, what),
        case=None,
        party_id=None,
        kind=kind,
        address=address,
        language=Language.NB,
        subject=say(Language.NB, subject),
        body=say(Language.NB, body, name=user.name, **facts),
        at=at,
        by=hand,
    )
