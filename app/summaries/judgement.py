"""Why a step on a delivery is closed: the same functions for the verb, the page and the list of tasks."""

from datetime import date

from app.access.domain import Actor, Permission, holders
from app.flow import Offer, Reason, why_not, why_not_hand
from app.summaries import queries
from app.summaries.domain import Counted, Kind, faults_of
from app.summaries.models import Summary
from app.summaries.workflow import SUMMARY, Status, Step, Writing
from app.values.language import N_


def why_not_begin(kind: Kind, year: int, actor: Actor, today: date) -> list[Reason]:
    """Why this person may not begin on the delivery of the year."""
    reasons = _not_a_writer(actor)
    if not kind.first_year <= year <= today.year:
        reasons.append(Reason(N_("Leveranser skrives for årene %(first)s til %(last)s."), _years(kind, today)))
    if queries.newest(kind.name, year) is not None:
        reasons.append(Reason(N_("Noen har alt begynt på denne leveransen.")))
    return reasons


def why_not_edit(summary: Summary, actor: Actor) -> list[Reason]:
    """Why this person may not change the text."""
    standing = summary.standing()
    closed = [] if standing.status is Status.DRAFT else [Reason(N_("Bare utkast kan endres."))]
    return closed + _not_a_writer(actor) + why_not_hand(SUMMARY.name, "drafted", standing.people, actor)


def why_not_revise(summary: Summary, actor: Actor) -> list[Reason]:
    """Why this person may not begin on a new version after this one."""
    reasons = _not_a_writer(actor)
    if summary.standing().status is not Status.APPROVED:
        reasons.append(Reason(N_("Denne versjonen er ikke godkjent ennå. Skriv videre på den.")))
    elif queries.last_number(summary.kind, summary.year) != summary.number:
        reasons.append(Reason(N_("Det er alt begynt på en nyere versjon.")))
    return reasons


def lacking(summary: Summary, kind: Kind, counted: Counted) -> list[Reason]:
    """What the delivery lacks before anybody can approve it: texts, figures they refer to, and what its kind asks."""
    texts = summary.texts
    reasons = [
        Reason(N_("Teksten «%(section)s» mangler."), {"section": Reason(section.heading)})
        for section in kind.sections
        if section.wanted and not str(texts.get(section.code, "")).strip()
    ]
    for section in kind.sections:
        reasons += [each for each in faults_of(str(texts.get(section.code, "")), counted) if each not in reasons]
    return reasons + [Reason(kind.lacks[code]) for code in counted.lacks]


def offers(summary: Summary, kind: Kind, counted: Counted, actor: Actor) -> list[Offer]:
    """What can be done with it, open or closed with every reason; an approved one can only be followed by a new."""
    where = {"public_id": summary.public_id}
    if summary.standing().status is Status.APPROVED:
        return [Offer(Writing.REVISE, tuple(why_not_revise(summary, actor)), "summaries.revise", where, aside=True)]
    lacks = lacking(summary, kind, counted)
    edit = Offer(Writing.EDIT, tuple(why_not_edit(summary, actor)), "summaries.edit", where)
    steps: tuple[tuple[Step, str, list[Reason]], ...] = (
        (Step.SUBMIT, "summaries.submit", lacks),
        (Step.APPROVE, "summaries.approve", lacks),
        (Step.SEND_BACK, "summaries.send_back", []),
    )
    standing = summary.standing()
    return [
        *([edit] if standing.status is Status.DRAFT else []),
        *(
            Offer(
                step,
                tuple(why_not(SUMMARY, step, standing, actor, also)),
                endpoint,
                where,
                aside=step is Step.SEND_BACK,
            )
            for step, endpoint, also in steps
            if standing.status in SUMMARY.move(step).start
        ),
    ]


def _not_a_writer(actor: Actor) -> list[Reason]:
    if actor.may(Permission.WRITE_SUMMARY):
        return []
    return [Reason(N_("Du har ikke tilgang til dette."), who=holders(Permission.WRITE_SUMMARY)[0])]


def _years(kind: Kind, today: date) -> dict[str, object]:
    return {"first": str(kind.first_year), "last": str(today.year)}
