"""The receipt for an application, which is also the interim reply (forvaltningsloven § 11 a)."""

from datetime import datetime

from app.access.domain import Actor
from app.applications.models import Application
from app.cases.models import Case
from app.dispatch.actions import queue_letter
from app.dispatch.letterhead import letterhead
from app.dispatch.words import say
from app.parties.models import Party
from app.rules.models import Call
from app.values.clock import local_date
from app.values.language import N_, Choice, Language, choose_language

_WHY = N_("Alle søknader på utlysningen blir vurdert samlet etter at fristen har gått ut.")
_SUBJECT = N_("Vi har fått søknaden %(number)s")
_BODY = N_(
    "Vi har fått søknaden «%(title)s» og gitt den saksnummer %(number)s. "
    "Alle søknader blir vurdert samlet. Dere får svar innen %(answer_by_on)s. "
    "Logg inn for å lese brevet og følge saken."
)


def language_of(party: Party, application: Application) -> Choice:
    """Which form of Norwegian we write to the applicant in, and why (språklova)."""
    return choose_language(party.language_decision, Language(application.language))


def queue_receipt(case: Case, party: Party, application: Application, call: Call, *, by: Actor, at: datetime) -> None:
    """Queue the receipt: what came when, why the answer takes more than a month, and when it can be expected."""
    language = language_of(party, application).language.value
    scheme = call.pot
    facts = {
        "head": letterhead(case, party, None, language=language, dated_on=local_date(at)),
        "scheme_name": scheme.name_nn if language == Language.NN else scheme.name_nb,
        "scheme_year": case.year,
        "project_title": case.title,
        "received_on": local_date(at).isoformat(),
        "waiting_reason": say(language, _WHY),
        "expected_by": call.answer_by_on.isoformat(),
        "received": [],
    }
    told = {"number": case.number, "title": case.title, "answer_by_on": call.answer_by_on}
    queue_letter(
        key=f"receipt:{case.id}",
        case=case,
        kind="receipt",
        letter="receipt",
        facts=facts,
        language=language,
        subject=say(language, _SUBJECT, number=case.number),
        body=say(language, _BODY, **told),
        at=at,
        by=by,
        even_unmade=True,  # in time is in time, whatever our receipt lacks
    )
