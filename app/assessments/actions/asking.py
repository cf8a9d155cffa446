"""Ask the applicant for what is missing («mangelbrev», forvaltningsloven § 11): one letter, one deadline."""

from datetime import date, datetime

from app.access.domain import Actor
from app.access.models import User
from app.applications.models import InformationRequest
from app.applications.queries import asking_key, language_of
from app.assessments import judgement
from app.cases import queries as cases
from app.cases.models import Case
from app.cases.workflow import CASE, Step
from app.db import db
from app.dispatch.actions import queue_letter
from app.dispatch.letterhead import letterhead
from app.dispatch.words import say
from app.flow import Stale, advance
from app.rules.queries import scheme_of
from app.values.clock import local_date
from app.values.dates import format_date
from app.values.language import N_, Language, choose_language

SUBJECT = N_("Vi trenger flere opplysninger om søknaden %(number)s")
BODY = N_(
    "Vi har spørsmål til søknaden deres, %(title)s (sak %(number)s). Svar innen %(due)s. "
    "Logg inn for å lese brevet og svare."
)


def ask_applicant(
    case_id: int, questions: str, due_on: date, *, by: Actor, at: datetime, version: int
) -> InformationRequest:
    """Send the questions and let the case wait until they are answered. Raises Refused or Stale."""
    case = cases.locked(case_id)
    if case.version != version:
        raise Stale
    advance(
        case,
        CASE,
        Step.ASK,
        by=by,
        at=at,
        standing=cases.standing(case, by),
        also=judgement.why_not_ask(questions, due_on, local_date(at)),
        facts={"due_on": due_on.isoformat()},
    )
    request = InformationRequest(
        case_id=case.id, questions=questions.strip(), due_on=due_on, asked_by=by.id, asked_at=at
    )
    db.session.add(request)
    db.session.flush()
    _send(case, request, by, at)
    return request


def go_on(case_id: int, *, by: Actor, at: datetime, version: int) -> Case:
    """Take the case on without the answer, when the last day to give it is past. Raises Refused or Stale.

    The questions stay with the case as not answered (forvaltningsloven § 17: it is judged by what is there).
    """
    case = cases.locked(case_id)
    if case.version != version:
        raise Stale
    due_on, closed = judgement.answer_due(case.id, local_date(at))
    facts = {"due_on": due_on.isoformat() if due_on else ""}
    advance(case, CASE, Step.GO_ON, by=by, at=at, standing=cases.standing(case, by), also=closed, facts=facts)
    return case


def _send(case: Case, request: InformationRequest, by: Actor, at: datetime) -> None:
    """The letter in the applicant's language, with the facts frozen as they are now."""
    chosen = language_of(case.id)
    language = choose_language(case.party.language_decision, Language(chosen) if chosen else None).language
    scheme = scheme_of(case.pot_id)
    words = {"number": case.number, "title": case.title, "due": format_date(request.due_on, language)}
    queue_letter(
        key=asking_key(request.id),
        case=case,
        kind="missing_information",
        letter="missing_information",
        facts={
            "head": letterhead(
                case, case.party, db.session.get(User, by.id), language=language, dated_on=local_date(at)
            ),
            "scheme_name": scheme.name_nn if language is Language.NN else scheme.name_nb,
            "scheme_year": case.year,
            "project_title": case.title,
            "applied_on": local_date(case.submitted_at).isoformat() if case.submitted_at else None,
            "questions": [line.strip() for line in request.questions.splitlines() if line.strip()],
            "answer_by": request.due_on.isoformat(),
        },
        language=language,
        subject=say(language, SUBJECT, **words),
        body=say(language, BODY, **words),
        at=at,
        by=by,
    )
