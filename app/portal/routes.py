"""The recipient's own workspace: one page for the organisation, one for each case."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from app.access.domain import Actor, Permission
from app.access.guards import current_actor, needs
from app.applications import judgement as applications_room
from app.applications import queries as applications
from app.awards import judgement as awards
from app.awards.content import ended
from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.cases import queries as cases
from app.cases.models import Case
from app.cases.workflow import Status
from app.compensation import judgement as compensation
from app.compensation import queries as claims
from app.compensation.queries import Standing
from app.db.clock import now
from app.flow import Offer, Reason
from app.page_language import current_language
from app.parties.models import BankAccount, Party
from app.parties.queries import last_account, paid_to
from app.payouts import judgement as payouts
from app.payouts.queries import takes_account
from app.portal import queries
from app.portal.domain import Task, by_deadline, first_day, following, paid_ore, waits_for
from app.portal.queries import OWED, Mine, Organisation
from app.reports import judgement as reports_room
from app.reports.domain.reminders import is_at_hand
from app.reports.models import Report
from app.reports.queries import act_by as act_by_all
from app.reports.queries import reports_of
from app.reports.workflow import Status as ReportStatus
from app.rules.domain import ReportKind, Words
from app.rules.models import Call, Track
from app.values.clock import local_date
from app.values.language import N_
from app.values.wholenumber import large_number

bp = Blueprint("portal", __name__, url_prefix="/vaar-side")

# How many GPs a task names.
_NAMED = 3
_NO_ACCESS = "Du har ikke tilgang til dette."
_REPORTS = {
    ReportKind.STATUS: N_("Lever statusrapporten"),
    ReportKind.YEAR: N_("Lever årsrapporten"),
    ReportKind.FINAL: N_("Lever sluttrapporten"),
}
_LACKING = {
    ReportKind.STATUS: N_("Lever det som mangler i statusrapporten"),
    ReportKind.YEAR: N_("Lever det som mangler i årsrapporten"),
    ReportKind.FINAL: N_("Lever det som mangler i sluttrapporten"),
}


@bp.get("")
@needs(Permission.OWN_PORTAL)
def home() -> str:
    """What must be done, the grants that run, drafts, letters, open calls, who has access, closed cases.

    Of one who acts for many: the organisation that was asked for, else the one that must do something first.
    """
    actor, at = current_actor(), now()
    organisations = queries.organisations(actor)
    if not organisations:
        abort(404)
    ids = [each.party.id for each in organisations]
    everyones, all_reports = queries.mine(ids), queries.reports(ids)
    act_by = act_by_all(all_reports)

    def now_due(report: Report) -> bool:
        """What is asked for is to be done at once; the rest when there is something to tell."""
        asked = report.status is ReportStatus.LACKING
        return asked or is_at_hand(report.cutoff_on, report.due_on, local_date(at))

    def to_do(each: Organisation) -> list[Task]:
        own = [one for one in everyones if one.case.party_id == each.party.id]
        due = [report for report in all_reports if now_due(report)]
        return [*_number(own, each.account), *_debts(own), *_tasks(own, at), *_reports(own, due, act_by)]

    waits = {each.party.id: to_do(each) for each in organisations}
    # The way back from a page of a case leads to whose case it is.
    left = next((one.case.party_id for one in everyones if one.case.public_id == request.args.get("sak")), None)
    asked = request.args.get("virksomhet")
    chosen = next((each for each in organisations if asked == each.party.public_id or left == each.party.id), None)
    organisation = chosen or min(organisations, key=lambda each: first_day(waits[each.party.id]))
    party, people = organisation.party, organisation.people
    own = [each for each in everyones if each.case.party_id == party.id]
    reports = [each for each in all_reports if each.party_id == party.id]
    return render_template(
        "portal/home.html",
        party=party,
        organisations=[(each.party, len(waits[each.party.id])) for each in organisations],
        tasks=by_deadline(waits[party.id], people),
        later=by_deadline(_reports(own, [r for r in reports if not now_due(r)], act_by), people),
        act_by=act_by,
        grants=_grants(own, reports, organisation.account),
        drafts=[each for each in own if each.case.status is Status.DRAFT and each.case.track is Track.GRANT],
        waiting=[each for each in own if _is_waiting(each)],
        over=[each for each in own if each.is_over],
        more=_is_more(own),
        letters=queries.letters(party.id, actor),
        agreements=_agreements(own, actor, local_date(at)),
        calls=_calls(party, at),
        contacts={each.officer.id: each.officer for each in own if each.officer}.values(),
        people=people,
    )


def _is_more(own: list[Mine]) -> bool:
    """Whether the organisation may have cases that do not stand on the page."""
    ended = sum(each.case.status in queries.OVER for each in own)
    return ended >= queries.ENDED or len(own) - ended >= queries.RUNNING


@bp.get("/saker")
@needs(Permission.OWN_PORTAL)
def all_cases() -> str:
    """Everything an organisation has sent in, newest first, a page at a time."""
    organisations = applications.organisations_of(current_actor())
    asked = request.args.get("virksomhet")
    party = next((each for each in organisations if each.public_id == asked), None) if asked else None
    party = party or (organisations[0] if organisations and not asked else abort(404))
    found, following = queries.all_of(party.id, request.args.get("foer", type=large_number))
    onward = url_for("portal.all_cases", virksomhet=party.public_id, foer=following) if following else None
    return render_template("portal/cases.html", party=party, cases=found, onward=onward)


def _number(own: list[Mine], newest: BankAccount | None) -> Iterator[Task]:
    """Another account number, once, when the one we have is refused or closed, and money is still to come."""
    if newest is None or not (newest.is_rejected or newest.closed_at):
        return
    case = next((each.case for each in own if takes_account(each.case.id)), None)
    if case is not None:
        text, values = Reason(N_("Gi oss et nytt kontonummer")), {"public_id": case.public_id}
        yield Task(text, case.title or case.number or "", None, Permission.SIGN_OWN, "payouts.give_account", values)


def _debts(own: list[Mine]) -> Iterator[Task]:
    """Money to pay back, and where that is told. What is set off asks nothing: a GP's debt is, in the next payment."""
    owed = [each for each in own if each.case.status is not Status.AGREEMENT]
    for case, claim in sorted(
        ((each.case, claim) for each in owed for claim in each.debts if claim.open_ore), key=lambda pair: pair[1].id
    ):
        text = Reason(N_("Betal tilbake %(open_ore)s"), {"open_ore": claim.open_ore})
        yield Task(text, case.title, None, None, "portal.case", {"public_id": case.public_id, "_anchor": "tilbake"})


def _signatures(unsigned: list[Mine]) -> Iterator[Task]:
    """The agreements on compensation that wait for a signature: the one itself, or the page where several stand."""
    named = ", ".join(each.to_sign or "" for each in unsigned[:_NAMED]) + ("…" if len(unsigned) > _NAMED else "")
    if len(unsigned) == 1:
        text, values = Reason(N_("Signer avtalen om kompensasjon")), {"public_id": unsigned[0].case.public_id}
        yield Task(text, named, None, Permission.SIGN_OWN, "compensation.sign_agreement", values)
    elif unsigned:
        text = Reason(N_("Signer avtalene om kompensasjon"))
        yield Task(text, named, None, Permission.SIGN_OWN, "compensation.own")


def _agreements(own: list[Mine], actor: Actor, today: date) -> list[tuple[Case, Standing, list[Reason]]]:
    """The agreements on compensation, each with what is left of it and why nothing can be claimed now."""
    agreed = [each.case for each in own if each.case.status is Status.AGREEMENT]
    found = compensation.claimable(agreed, actor, today)
    return [(case, *found[case.id]) for case in agreed if case.id in found]


def _tasks(own: list[Mine], at: datetime) -> Iterator[Task]:
    """Sign, accept, answer, finish drafts while there is time."""
    yield from _signatures([each for each in own if each.to_sign])
    for each in own:
        yield from _case_tasks(each, at)


def _reports(own: list[Mine], reports: Iterable[Report], act_by: Mapping[int, date | None]) -> Iterator[Task]:
    """The reports of these that are owed."""
    titles = {each.case.id: each.case.title for each in own}
    for report in reports:
        if report.status in OWED and report.case_id in titles:
            yield Task(
                Reason((_LACKING if report.status is ReportStatus.LACKING else _REPORTS)[report.kind]),
                titles[report.case_id],
                act_by[report.id],
                Permission.SIGN_OWN,
                "reports.edit",
                {"public_id": report.public_id},
            )


def _case_tasks(each: Mine, at: datetime) -> Iterator[Task]:
    case, values = each.case, {"public_id": each.case.public_id}
    if each.award is not None and each.award.status is AwardStatus.AWAITING and each.accept_by_on is not None:
        yield Task(
            Reason(N_("Aksepter tilskuddet og bekreft kontonummeret")),
            case.title,
            each.accept_by_on,
            Permission.SIGN_OWN,
            "awards.accept",
            {"public_id": each.award.public_id},
        )
    if case.status is Status.AWAITING_APPLICANT:
        text = Reason(N_("Svar på spørsmålene våre"))
        yield Task(text, case.title, each.asked_due_on, Permission.WRITE_OWN, "applications.answer", values)
    if case.status is Status.DRAFT and each.call is not None and each.call.deadline_on >= local_date(at):
        text = Reason(N_("Gjør ferdig søknaden og send den inn"))
        about = case.title or Words(each.call.title_nb, each.call.title_nn).in_(current_language())
        yield Task(text, about, each.call.deadline_on, Permission.SIGN_OWN, "applications.tasks", values)


def _grants(own: list[Mine], reports: Any, newest: BankAccount | None) -> list[dict[str, Any]]:
    running = [(each, each.award) for each in own if _runs(each) and each.award]
    if not running:
        return []
    parts = queries.parts([award.id for _, award in running])
    return [_grant(each, award, parts.get(award.id, []), reports, newest) for each, award in running]


def _runs(each: Mine) -> bool:
    return queries.is_running(each.award) and each.case.status is not Status.CLOSED


def _grant(each: Mine, award: Award, parts: Any, reports: Any, newest: BankAccount | None) -> dict[str, Any]:
    # Of a grant that fell away nothing is paid.
    parts = [] if each.fell_away else parts
    coming = following(parts)
    owed: list[Report] = [r for r in reports if r.award_id == award.id and r.status in OWED]
    account = paid_to(newest, award.account_id, each.applied_no or "") if newest and award.accepted_at else None
    return {
        "case": each.case,
        "award": award,
        "account": account if coming else None,
        "paid_ore": paid_ore(parts),
        "next": coming,
        "waits_for": waits_for(coming, award.status.value, account) if coming else None,
        "report": owed[0] if owed else None,
        "parts": parts,
    }


def _is_waiting(each: Mine) -> bool:
    """Sent in and not decided, or decided and neither a running grant nor over."""
    return each.case.status is not Status.DRAFT and not each.is_over and not _runs(each)


def _calls(party: Party, at: datetime) -> list[tuple[Call, int]]:
    """Open calls the organisation may apply to, each with how many applications it has on it already."""
    return [
        (call, there)
        for call, rules_id, there in queries.calls(party.id, at)
        if not applications_room.not_startable(call, [party], [party.id] if there else [], at, rules_id)
    ]


@bp.get("/sak/<public_id>")
@needs(Permission.OWN_PORTAL)
def case(public_id: str) -> str:
    """One case: what can be done, the money, the letters, what has happened."""
    actor, at = current_actor(), now()
    found = cases.by_public_id(public_id, actor)
    if found is None or found.party_id not in actor.party_ids or found.status is Status.DRAFT:
        abort(404)
    mine = queries.mine([found.party_id], found.id)[0]
    reports = reports_of(found.id)
    grant = None
    if award := mine.award:
        parts = queries.parts([award.id]).get(award.id, [])
        grant = _grant(mine, award, parts, reports, last_account(found.party_id))
    return render_template(
        "portal/case.html",
        case=found,
        mine=mine,
        ended=ended(mine.award),
        grant=grant,
        offers=own_offers(found, actor, at),
        reports=reports,
        act_by=act_by_all(reports),
        letters=queries.letters(found.party_id, actor, found.id),
        debts=queries.debts(found.id),
        agreements=_agreements([mine], actor, local_date(at)),
        claims=claims.of_cases([found.id]) if found.status is Status.AGREEMENT else (),
        asked=applications.requests(found.id),
        entries=queries.timeline(mine),
    )


def own_offers(found: Case, actor: Actor, at: datetime) -> list[Offer]:
    """The recipient's own steps in every room; steps that are the directorate's are left out."""
    made = [
        offer for room in (awards, reports_room, applications_room, payouts) for offer in room.offers(found, actor, at)
    ]
    own_words = {"kan signere", "kan skrive"}
    return [offer for offer in made if not any(r.text == _NO_ACCESS and r.who not in own_words for r in offer.reasons)]
