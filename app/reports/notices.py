"""What is said to the recipient about a report, in the recipient's language (domain D.7)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.access.domain import Actor
from app.access.models import User
from app.cases.models import Case
from app.db import db
from app.dispatch.actions import queue_letter, queue_notice
from app.dispatch.letterhead import letterhead
from app.dispatch.words import say
from app.parties.models import Party
from app.reports import queries
from app.reports.models import Report
from app.reports.workflow import Status
from app.rules.models import Scheme
from app.rules.queries import scheme_by_code
from app.values.clock import local_date
from app.values.language import N_, Language, choose_language

ANSWER_DAYS = 14


@dataclass(frozen=True)
class To:
    """Who hears about a case, and in which language."""

    party: Party
    address: str
    language: str


def recipient(case: Case) -> To:
    """The project's own contact where there is one, else the organisation's address."""
    party, contact, chosen = queries.contact_of(case)
    language = choose_language(party.language_decision, Language(chosen) if chosen else None).language
    return To(party, contact or party.email, language.value)


def language_of(case: Case) -> str:
    """The language the recipient is written to in."""
    return recipient(case).language


def received(report: Report, case: Case, *, at: datetime, by: Actor) -> None:
    """A receipt, one for each delivery."""
    subject = N_("%(report)s er levert")
    body = N_(
        "Vi har fått %(report)s for «%(project)s» i sak %(case)s. %(by)s leverte den %(on)s. "
        "Vi sier fra når vi har kontrollert den. Dere trenger ikke gjøre noe nå."
    )
    _notice(
        "delivered", f"report:{report.id}:delivered:{report.version}", report, case, subject, body, at, by, by=by.name
    )


def lacking(report: Report, case: Case, *, at: datetime, by: Actor) -> None:
    """What is missing, and by when; one for each time it is asked."""
    subject = N_("%(report)s: vi trenger mer")
    body = N_(
        "Vi har sett på %(report)s for «%(project)s» i sak %(case)s. Dette mangler:\n\n%(lacking)s\n\n"
        "Rett rapporten og lever den på nytt innen %(by_on)s. Det dere har skrevet, står der fortsatt. "
        "Kontakt %(by)s hvis noe er uklart."
    )
    facts = {"lacking": report.lacking, "by_on": report.lacking_by_on, "by": by.name}
    _notice("lacking", f"report:{report.id}:lacking:{report.version}", report, case, subject, body, at, by, **facts)


def settled(report: Report, case: Case, *, at: datetime, by: Actor) -> None:
    """The outcome of the control."""
    if report.status is Status.APPROVED:
        subject = N_("%(report)s er godkjent")
        body = N_("Vi har kontrollert og godkjent %(report)s for «%(project)s» i sak %(case)s.")
    else:
        subject = N_("%(report)s er ikke godkjent")
        body = N_(
            "Vi har kontrollert %(report)s for «%(project)s» i sak %(case)s. Den er ikke godkjent. "
            "%(by)s tar kontakt om det som skjer videre. Før vi bestemmer noe som går ut over dere, får dere et "
            "varsel og kan uttale dere."
        )
    _notice("settled", f"report:{report.id}:settled", report, case, subject, body, at, by, by=by.name)


def told_key(report_id: int) -> str:
    """The key of the first word about a report."""
    return f"report:{report_id}:told"


def first_word(report: Report, case: Case, *, at: datetime) -> None:
    """The date of a report whose date in the rules had passed, or that no accepted letter told of."""
    subject = N_("%(report)s: fristen er %(due_on)s")
    body = N_(
        "Dere skal levere %(report)s for «%(project)s» i sak %(case)s innen %(due_on)s. "
        "Skjemaet er delvis fylt ut. Den som kan signere for dere, må levere rapporten. "
        "Står det en annen dato i vedtaksbrevet, er det denne datoen som gjelder."
    )
    _notice("expected", told_key(report.id), report, case, subject, body, at, None)


def coming(report: Report, case: Case, step: int, *, at: datetime) -> None:
    """A reminder up to the deadline (domain F.4)."""
    today = local_date(at)
    if today <= report.due_on:
        subject = N_("%(report)s: fristen er %(due_on)s")
        body = N_(
            "%(report)s for «%(project)s» i sak %(case)s skal leveres innen %(due_on)s. "
            "Skjemaet er delvis fylt ut. Den som kan signere for dere, må levere rapporten."
        )
    else:
        subject = N_("%(report)s: fristen var %(due_on)s")
        body = N_(
            "%(report)s for «%(project)s» i sak %(case)s skulle vært levert innen %(due_on)s. "
            "Vi har ikke fått den. Skjemaet er fortsatt åpent."
        )
    _notice("reminder", key_of(report.id, step), report, case, subject, body, at, None)


def overdue(report: Report, case: Case, step: int, number: int, *, at: datetime) -> None:
    """A letter of reminder («purring»), the first or the second."""
    to = recipient(case)
    handler = db.session.get(User, case.officer_id) if case.officer_id else None
    scheme = scheme_by_code(case.scheme_code)
    facts = {
        "head": letterhead(case, to.party, handler, language=to.language, dated_on=local_date(at)),
        "scheme_name": _name(scheme, to.language) or case.scheme_code,
        "scheme_year": case.year,
        "project_title": case.title,
        "report": report.kind.value,
        "was_due_on": report.due_on.isoformat(),
        "answer_by": date.fromordinal(local_date(at).toordinal() + ANSWER_DAYS).isoformat(),
        "number": number,
    }
    said = {"report": report.name, "project": case.title}
    queue_letter(
        key=key_of(report.id, step),
        case=case,
        kind="report_reminder",
        letter="report_reminder",
        facts=facts,
        language=to.language,
        subject=say(to.language, N_("Påminnelse: vi mangler %(report)s"), **said),
        body=say(to.language, N_("Vi har ikke fått %(report)s for «%(project)s». Les brevet som følger med."), **said),
        at=at,
        by=None,
        even_unmade=True,  # one letter must not stop the others of the job
    )


def key_of(report_id: int, step: int) -> str:
    """One key for each report and step: a step is sent once, whatever happens."""
    return f"report:{report_id}:reminder:{step}"


def _name(scheme: Scheme | None, language: str) -> str:
    if scheme is None:
        return ""
    return scheme.name_nn if language == Language.NN else scheme.name_nb


def _notice(
    kind: str,
    key: str,
    report: Report,
    case: Case,
    subject: str,
    body: str,
    at: datetime,
    hand: Actor | None,
    **facts: Any,
) -> None:
    to = recipient(case)
    said = {
        "report": report.name,
        "project": case.title,
        "case": case.number or "",
        "due_on": report.due_on,
        "on": at,
        **facts,
    }
    queue_notice(
        key=key,
        case=case,
        party_id=case.party_id,
        kind=f"report_{kind}",
        address=to.address,
        language=to.language,
        subject=say(to.language, subject, **said),
        body=say(to.language, body, **said),
        at=at,
        by=hand,
    )
