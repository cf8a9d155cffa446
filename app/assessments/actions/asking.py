"""Ask the applicant for what is missing («mangelbrev», forvaltningsloven § 11): one letter, one deadline."""

from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor
from app.applications.models import Application, InformationRequest
from app.cases import queries as cases
from app.cases.models import Case
from app.cases.workflow import CASE, Step
from app.db import db
from app.dispatch.actions import queue_notice
from app.dispatch.words import say
from app.flow import Reason, Stale, advance
from app.values.clock import local_date
from app.values.dates import format_date
from app.values.language import N_, Language, choose_language

SUBJECT = N_("Vi trenger flere opplysninger om søknaden %(number)s")
BODY = N_(
    "Vi trenger flere opplysninger for å behandle søknaden deres, %(title)s (sak %(number)s).\n\n"
    "%(questions)s\n\n"
    "Svar innen %(due)s. Logg inn på saken og svar der. Svar bare på det vi spør om: søknaden kan ikke endres ellers "
    "etter søknadsfristen. Får vi ikke svar innen fristen, behandler vi søknaden med de opplysningene vi har.\n\n"
    "Har dere spørsmål, kontakt %(officer)s."
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
        also=_against(questions, due_on, local_date(at)),
        facts={"due_on": due_on.isoformat()},
    )
    request = InformationRequest(
        case_id=case.id, questions=questions.strip(), due_on=due_on, asked_by=by.id, asked_at=at
    )
    db.session.add(request)
    db.session.flush()
    _send(case, request, by, at)
    return request


def _against(questions: str, due_on: date, today: date) -> list[Reason]:
    reasons = [] if questions.strip() else [Reason(N_("Skriv hva søkeren skal svare på."))]
    if due_on <= today:
        reasons.append(Reason(N_("Fristen må være etter i dag.")))
    return reasons


def _send(case: Case, request: InformationRequest, by: Actor, at: datetime) -> None:
    application = db.session.scalar(sa.select(Application).where(Application.case_id == case.id))
    chosen = Language(application.language) if application else None
    language = choose_language(case.party.language_decision, chosen).language
    facts = {
        "number": case.number,
        "title": case.title,
        "questions": request.questions,
        "due": format_date(request.due_on, language),
        "officer": by.name,
    }
    queue_notice(
        key=f"ask:{request.id}",
        case=case,
        party_id=case.party_id,
        kind="missing_information",
        address=(application.contact_email if application else "") or case.party.email,
        language=language,
        subject=say(language, SUBJECT, **facts),
        body=say(language, BODY, **facts),
        at=at,
        by=by,
    )
