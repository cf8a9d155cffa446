"""Remind of acceptance: a week before the deadline and the day after it. Lapse is a person's act (domain J.1.8)."""

from datetime import date, datetime, timedelta

from app.audit import record
from app.awards import queries
from app.db import writing
from app.dispatch.actions import queue_notice
from app.dispatch.words import say
from app.values.clock import local_date
from app.values.language import N_

BEFORE, AFTER = timedelta(days=7), timedelta(days=1)
# How far back a deadline that has passed is still told of: longer than any stop of the worker.
LOOKS_BACK = timedelta(days=60)

COMING = N_(
    "Tilskuddet på %(amount_ore)s venter på at dere aksepterer det og bekrefter kontonummeret. "
    "Fristen er %(accept_by_on)s. Den som kan signere, gjør det på siden deres."
)
PASSED = N_(
    "Fristen for å akseptere tilskuddet på %(amount_ore)s gikk ut %(accept_by_on)s. "
    "Ta kontakt med saksbehandleren hvis dere vil ta imot det. Ellers kan tilskuddet falle bort."
)


def remind_acceptance(at: datetime) -> int:
    """How many notices were queued: one for each award and step, however often it runs."""
    today = local_date(at)
    coming = queries.awaiting_between(today, today + BEFORE, "before")
    passed = queries.awaiting_between(today - LOOKS_BACK, today - AFTER, "after")
    steps = [(award_id, "before", COMING) for award_id in coming] + [(a, "after", PASSED) for a in passed]
    for award_id, step, words in steps:
        with writing():
            _remind(award_id, step, words, at)
    return len(steps)


def _remind(award_id: int, step: str, words: str, at: datetime) -> None:
    award, case = queries.award_and_case(award_id)
    language = queries.decision(award.decision_id).language
    accept_by_on = queries.accept_by(award) or award.accept_by_on
    facts: dict[str, int | date] = {"amount_ore": award.amount_ore, "accept_by_on": accept_by_on}
    queue_notice(
        key=queries.reminder_key(award_id, step),
        case=case,
        party_id=award.party_id,
        kind="acceptance_reminder",
        address=queries.application_of(case.id).contact_email,
        language=language,
        subject=say(language, N_("Tilskuddet i sak %(number)s venter på aksept"), number=case.number),
        body=say(language, words, **facts),
        at=at,
    )
    told = {"accept_by_on": accept_by_on.isoformat()}
    record(award.stream, "award.reminded", told, by=None, at=at, case_id=case.id)
