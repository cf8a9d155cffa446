"""What stands round every tab of the case page: its identity, what to do now, deadlines, people and sums."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import abort, render_template, request

from app.access.domain import Actor, Permission
from app.access.guards import current_actor
from app.addresses import address
from app.applications.models import InformationRequest
from app.applications.queries import asked_of
from app.cases.models import NO_DUE, Case
from app.db.clock import now
from app.desk.queries import case as queries
from app.desk.queries.assessed import READERS
from app.desk.routes import after
from app.desk.routes.worklist import way_back
from app.page_language import current_language, said
from app.rules.domain import scheme_year
from app.values.language import N_, Language, choose_language

Asked = Sequence[tuple[InformationRequest, date | None]]


@dataclass(frozen=True)
class Tab:
    """One part of the case: who may read it (one of these), and what of it must be there (nothing: always shown)."""

    endpoint: str
    words: str
    readers: tuple[Permission, ...] = (Permission.READ_CASES,)
    holds: frozenset[str] = frozenset()


TABS = (
    Tab("desk.case", N_("Oversikt")),
    Tab("desk.application", N_("Søknad"), holds=frozenset({"application"})),
    Tab("desk.assessment", N_("Vurdering"), READERS, frozenset({"assessment", "recommendation", "assessing"})),
    Tab("desk.decision", N_("Vedtak og brev"), holds=frozenset({"recommendation", "decision", "letter"})),
    Tab(
        "desk.payments",
        N_("Utbetalinger"),
        (Permission.READ_PAYOUTS,),
        frozenset({"award", "payable", "claim", "repayment"}),
    ),
    Tab("desk.reports", N_("Rapporter"), holds=frozenset({"report"})),
    Tab("desk.documents", N_("Dokumenter"), holds=frozenset({"document"})),
    Tab("desk.events", N_("Hendelser")),
)


@dataclass(frozen=True)
class Frame:
    """The case with what is read for every tab. `to_come`: what a decided case waits for."""

    case: Case
    actor: Actor
    at: datetime
    near: queries.Around
    to_come: queries.After | None
    asked: Asked
    values: dict[str, Any]

    def page(self, name: str, **values: Any) -> str:
        """The tab of this template."""
        return render_template(f"desk/case/{name}.html", **self.values, **values)


def framed(number: str, *, with_asked: bool = False, judged: bool = False) -> Frame:
    """The case of this number for who asks, or 404.

    `with_asked`: the tab shows the questions to the applicant; `judged`: it judges the reader's steps.
    """
    actor, at = current_actor(), now()
    case, near = queries.found(number, actor, with_hands=judged) or abort(404)
    asked: Asked = asked_of(case.id) if "request" in near.holds and (with_asked or case.waits_for_applicant) else ()
    to_come = queries.after(case, near.ahead)
    application = near.application
    language = choose_language(case.party.language_decision, Language(application.language)) if application else None
    here = request.endpoint or ""
    values = {
        "case": case,
        "scheme": scheme_year(near.scheme_nn if current_language() is Language.NN else near.scheme_nb, case.year),
        "near": near,
        "ended": to_come.ended if to_come else None,
        "deadlines": list(after.deadlines(to_come) if to_come else _while_judged(case, asked)),
        "tabs": [_link(tab, case) for tab in _shown(case, near, actor, here)],
        "address": address(here, number=case.number),
        "here": next((tab.words for tab in TABS[1:] if tab.endpoint == here), ""),
        "declares": actor.may(Permission.ASSESS) or actor.may(Permission.DECIDE),
        "repays": actor.may(Permission.READ_PAYOUTS),
        "language_choice": language,
        "back": way_back(),
    }
    return Frame(case, actor, at, near, to_come, asked, values)


def _link(tab: Tab, case: Case) -> tuple[str, str, None]:
    return address(tab.endpoint, number=case.number), said(tab.words), None


def _shown(case: Case, near: queries.Around, actor: Actor, here: str) -> Iterator[Tab]:
    """The tabs the reader may open of which there is something, and the one that is open."""
    there = near.holds | ({"assessing"} if case.is_assessed_now else set())
    if near.application is not None and case.call_id is not None:
        there |= {"application"}
    for tab in TABS:
        may_read = any(actor.may(each) for each in tab.readers)
        if tab.endpoint == here or (may_read and (not tab.holds or tab.holds & there)):
            yield tab


def _while_judged(case: Case, asked: Asked) -> Sequence[tuple[str, date]]:
    """The applicant's day to answer, when we wait for that, and ours: the day the round promised an answer."""
    their_days = [due_on for each, due_on in asked if each.answered_at is None and due_on is not None]
    theirs = [(N_("Svar fra søkeren"), their_days[-1])] if case.waits_for_applicant and their_days else []
    ours = [(N_("Svar til søkeren"), case.due_on)] if case.due_on and case.due_order < NO_DUE else []
    return [*theirs, *ours]
