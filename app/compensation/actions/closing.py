"""A practice is closed in the register, or was not after all: who gets the money is told, and nothing more is promised.

What it closes is judged where agreements and claims are (`judgement.why_not_closed`); nothing of it is changed here.
"""

from datetime import date, datetime

from app.access.domain import Actor
from app.compensation import judgement, letter_facts, queries
from app.dispatch.actions import queue_notices
from app.dispatch.domain import Notice
from app.dispatch.words import say
from app.flow import Reason, Refused
from app.parties import actions as parties
from app.parties import queries as known
from app.parties.models import Party
from app.values.clock import local_date
from app.values.language import N_

_CLOSED = N_("%(party)s er registrert som nedlagt")
_TO_PARTY = N_(
    "Vi har registrert at %(party)s ble lagt ned %(closed_on)s. "
    "Det kan ikke sendes flere krav eller søknader om avtale. "
    "Er det feil, eller skal et annet legekontor ha avtalene, så ta kontakt med oss."
)
_TO_AREA = N_(
    "%(party)s ble lagt ned %(closed_on)s. Det kan ikke sendes flere krav for fastlegene der. "
    "En fastlege som har flyttet, trenger en ny avtale."
)
_OPENED = N_("%(party)s er ikke lenger registrert som nedlagt")
_AGAIN = N_("Det var feil at %(party)s er lagt ned. Det kan sendes krav og søknader om avtale igjen.")


def close_practice(party_id: int, on: date, source: str, reason: str, *, by: Actor, at: datetime) -> None:
    """It was closed on this day, says the source. Raises Refused."""
    party = _seen(party_id, by)
    reasons = _why_not_told(source, reason)
    if on > local_date(at):
        reasons.append(Reason(N_("Datoen kan ikke være fram i tid."), of="on"))
    if party.closed_on is not None:
        reasons.append(Reason(N_("%(party)s er registrert som nedlagt allerede."), {"party": party.display_name}))
    if reasons:
        raise Refused(reasons)
    parties.close_party(party, on, source.strip(), reason.strip(), by=by, at=at)
    _tell(party, "closed", _CLOSED, (_TO_PARTY, _TO_AREA), by, at, closed_on=on)


def open_practice(party_id: int, source: str, reason: str, *, by: Actor, at: datetime) -> None:
    """It is not closed after all. Raises Refused."""
    party = _seen(party_id, by)
    reasons = _why_not_told(source, reason)
    if party.closed_on is None:
        reasons.append(not_closed(party))
    if reasons:
        raise Refused(reasons)
    parties.close_party(party, None, source.strip(), reason.strip(), by=by, at=at)
    _tell(party, "opened", _OPENED, (_AGAIN, _AGAIN), by, at)


def not_closed(party: Party) -> Reason:
    """That there is nothing to take back."""
    return Reason(N_("%(party)s er ikke registrert som nedlagt."), {"party": party.display_name})


def _seen(party_id: int, by: Actor) -> Party:
    """Locked, so that it is closed once. Raises Refused."""
    if reasons := judgement.why_not_make(by):
        raise Refused(reasons)
    known.lock_party(party_id)
    return known.get(party_id)


def _why_not_told(source: str, reason: str) -> list[Reason]:
    found = [] if source.strip() else [Reason(N_("Skriv hvor opplysningen kommer fra."), of="source")]
    return found + ([] if reason.strip() else [Reason(N_("Skriv hva som har skjedd."), of="reason")])


def _tell(
    party: Party, what: str, subject: str, bodies: tuple[str, str], by: Actor, at: datetime, **facts: object
) -> None:
    """The practice, and those who confirm for the areas of its agreements; once for each time it is told."""
    language, key = letter_facts.language_of(party), f"party:{party.id}:{what}:{at.isoformat()}"
    facts = {"party": party.display_name, **facts}
    to: list[tuple[str, int | None, str, str, str]] = []
    if party.email:
        to.append((f"{key}:own", party.id, party.email, language, bodies[0]))
    to += [
        (f"{key}:{user.id}", None, user.email, letter_facts.language_of(host), bodies[1])
        for user, host in queries.who_confirm_for(queries.areas_of_payee(party.id))
    ]
    queue_notices(
        [
            Notice(
                key=each,
                case_id=None,
                party_id=whose,
                kind="practice_closed",
                address=address,
                language=form,
                subject=say(form, subject, **facts),
                body=say(form, body, **facts),
            )
            for each, whose, address, form, body in to
        ],
        by=by,
        at=at,
    )
