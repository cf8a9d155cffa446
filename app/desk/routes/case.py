"""The case page: what I may do now, what stands in the way, the money, and what has happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, render_template, request, url_for

from app.access.domain import Actor, Permission
from app.access.guards import current_actor, needs
from app.applications.queries import asked_of
from app.budget.domain import OpenDebt
from app.cases.models import NO_DUE, Case
from app.cases.queries import by_number
from app.cases.workflow import Status
from app.db.clock import now
from app.desk.queries import case as queries
from app.desk.routes.after import told as telling
from app.desk.routes.blueprint import bp
from app.desk.routes.worklist import way_back
from app.flow import Offer, Reason
from app.templating import current_language
from app.values.clock import local_date
from app.values.language import N_, Language, Worded, choose_language

MOST_WARNINGS = 3
# Steps that are for exceptions: never the primary button.
ASIDE = (
    "declare",
    "settle",
    "distribute",
    "take_back",
    "send_back",
    "ask",
    "go_on",
    "close",
    "stop",
    "lapse",
    "correct_title",
)
_DECIDED = (Status.GRANTED, Status.PARTLY_GRANTED, Status.REFUSED, Status.CLOSED)
# Pages of other rooms about the case: who may open them, and from which states there is something on them.
PAGES = (
    ("assessments.sheet", N_("Vurdering"), (Permission.ASSESS,), (Status.ASSESSING, Status.RECOMMENDED)),
    ("awards.decision", N_("Vedtak og brev"), (Permission.READ_CASES,), (Status.RECOMMENDED, *_DECIDED)),
    ("payouts.repayments", N_("Tilbakebetaling"), (Permission.READ_CASES,), _DECIDED),
    ("cases.declare", N_("Habilitet"), (Permission.ASSESS, Permission.DECIDE), tuple(Status)),
)


@bp.get("/saker/<number>", endpoint="case")
@needs(Permission.READ_CASES)
def case_page(number: str) -> str:
    """One case."""
    actor, at = current_actor(), now()
    case = by_number(number, actor)
    if case is None:
        abort(404)
    near = queries.around(case)
    steps = queries.steps(case, actor, at, has_payables=near.has_payables)
    others = queries.others(case, local_date(at))
    after = queries.after(case)
    told, due_on = telling(case, after) if after else (None, case.due_on if case.due_order < NO_DUE else None)
    letters_only = request.args.get("vis") == "brev"
    opened = [offer for offer in steps.offers if offer.is_open and _exists(offer)]
    primary = _primary(opened, must_declare=steps.must_declare)
    application = near.application
    return render_template(
        "desk/case.html",
        case=case,
        scheme=f"{near.scheme_nn if current_language() is Language.NN else near.scheme_nb} {case.year}",
        near=near,
        steps=steps,
        opened=[_shown(offer) for offer in sorted(opened, key=_rank) if offer is not primary],
        closed=[offer for offer in steps.offers if not offer.is_open],
        primary=_shown(primary) if primary else None,
        warnings=list(_warnings(case, steps, others, queries.debt(case)))[:MOST_WARNINGS],
        others=others,
        last_year=next((o for o in others if o.pot_id == case.pot_id and o.year == case.year - 1), None),
        choice=choose_language(case.party.language_decision, Language(application.language)) if application else None,
        events=queries.timeline(case.id, letters_only=letters_only),
        letters_only=letters_only,
        documents=queries.documents(case.id, actor),
        pages=_pages(case, actor),
        asked=asked_of(case.id),
        back=way_back(),
        told=told,
        due_on=due_on,
        next_step=_next(opened, steps.offers),
    )


@dataclass(frozen=True)
class Button:
    """A step as it is drawn: where it leads, and what a POST carries along."""

    step: Worded
    address: str
    post: bool
    hidden: dict[str, str]


def _shown(offer: Offer) -> Button:
    """A button that sends keeps the version that was seen out of its address."""
    hidden = {"version": offer.values["version"]} if offer.post and "version" in offer.values else {}
    place: dict[str, Any] = {name: value for name, value in offer.values.items() if name not in hidden}
    return Button(offer.step, url_for(offer.endpoint, **place), offer.post, hidden)


def _pages(case: Case, actor: Actor) -> list[tuple[str, str]]:
    """The tabs that lead to pages of other rooms."""
    return [
        (url_for(endpoint, number=case.number), words)
        for endpoint, words, needed, states in PAGES
        if endpoint in current_app.view_functions and any(actor.may(each) for each in needed) and case.status in states
    ]


def _exists(offer: Offer) -> bool:
    """Whether the page behind the step is there yet."""
    return offer.endpoint in current_app.view_functions


def _rank(offer: Offer) -> int:
    return ASIDE.index(offer.step.value) + 1 if offer.step.value in ASIDE else 0


def _primary(opened: Sequence[Offer], *, must_declare: bool) -> Offer | None:
    """The one step worded as the act; declaring comes first where it must (fvl §§ 6–10)."""
    if must_declare:
        declare = next((o for o in opened if o.step.value == "declare"), None)
        if declare is not None:
            return declare
    return next((o for o in sorted(opened, key=_rank) if _rank(o) == 0), None)


def _next(opened: Sequence[Offer], offers: Sequence[Offer]) -> Any:
    """The next step of the case, whoever takes it: named in the sentence on top."""
    forward = [o for o in (*opened, *offers) if _rank(o) == 0]
    return forward[0].step if forward else None


def _warnings(
    case: Case, steps: queries.Steps, others: Sequence[Any], debt: OpenDebt | None
) -> Iterator[tuple[str, Reason]]:
    """Worst first."""
    if debt is not None:
        text = N_("Søkeren skylder %(owed_ore)s som skal betales tilbake (%(cases)s).")
        yield "danger", Reason(text, {"owed_ore": debt.owed_ore, "cases": debt.cases})
    if steps.declared in ("partial", "in_doubt"):
        yield "danger", Reason(N_("Du har meldt at du er inhabil eller i tvil i denne saken."))
    if case.late:
        yield "warning", Reason(N_("Søknaden kom inn etter fristen."))
    late = [o for o in others if o.report_late]
    if late:
        yield (
            "warning",
            Reason(N_("Rapport er ikke godkjent i sak %(number)s, og fristen er ute."), {"number": late[0].number}),
        )
    same = [o for o in others if case.call_id is not None and o.call_id == case.call_id]
    if same:
        yield "warning", Reason(N_("Søkeren har en sak til i samme runde: %(number)s."), {"number": same[0].number})
    if steps.must_declare:
        yield "info", Reason(N_("Du har ikke svart på om du er habil i saken."))
