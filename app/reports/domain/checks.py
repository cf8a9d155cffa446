"""The automatic checks an officer reads first: each one sentence, with how serious it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.flow.domain import Reason
from app.reports.domain.report import (
    Snapshot,
    auditor_need,
    deviates,
    unexplained,
    unused_ore,
    used_ore,
)
from app.rules.domain import ReportKind
from app.values.language import N_


@dataclass(frozen=True)
class Check:
    """One check. `tone`: success, warning or danger."""

    words: Reason
    tone: str = "success"


def checks(snapshot: Snapshot, *, late: bool, due_on: date, delivered_on: date | None) -> list[Check]:
    """Everything that can be checked without judgement, in the order of the page."""
    return [
        *_in_time(late, due_on, delivered_on),
        *_deviations(snapshot),
        *_money(snapshot),
        *_signed(snapshot),
        *_auditor(snapshot),
    ]


def _in_time(late: bool, due_on: date, delivered_on: date | None) -> Iterator[Check]:
    if delivered_on is None:
        yield Check(Reason(N_("Rapporten er ikke levert. Fristen er %(due_on)s."), {"due_on": due_on}), "warning")
    elif late:
        yield Check(Reason(N_("Rapporten kom etter fristen %(due_on)s."), {"due_on": due_on}), "warning")
    else:
        yield Check(Reason(N_("Rapporten kom innen fristen %(due_on)s."), {"due_on": due_on}))


def _deviations(snapshot: Snapshot) -> Iterator[Check]:
    percent = snapshot.rules.deviation_percent
    off = [line for line in snapshot.lines if deviates(line, percent, snapshot.kind)]
    if not off:
        yield Check(
            Reason(N_("Ingen linjer avviker mer enn %(percent)s prosent fra budsjettet."), {"percent": percent})
        )
    silent = {line.position for line in unexplained(snapshot)}
    for line in off:
        facts = {"line": line.text, "used_ore": line.used_ore, "budget_ore": line.budget_ore}
        if line.position in silent:
            text = N_("«%(line)s»: brukt %(used_ore)s av %(budget_ore)s, uten forklaring.")
            yield Check(Reason(text, facts), "danger")
        else:
            text = N_("«%(line)s»: brukt %(used_ore)s av %(budget_ore)s, med forklaring.")
            yield Check(Reason(text, facts), "warning")


def _money(snapshot: Snapshot) -> Iterator[Check]:
    used = used_ore(snapshot.lines)
    unused = unused_ore(snapshot.received_ore, used)
    if used is None or unused is None:
        yield Check(Reason(N_("Regnskapet er ikke fylt ut.")), "warning")
    elif unused:
        facts = {"unused_ore": unused, "received_ore": snapshot.received_ore}
        text = N_("%(unused_ore)s av %(received_ore)s er ikke brukt.")
        yield Check(Reason(text, facts), "success" if snapshot.kind is ReportKind.STATUS else "warning")
    else:
        yield Check(Reason(N_("Alt som er utbetalt, er brukt.")))


def _signed(snapshot: Snapshot) -> Iterator[Check]:
    if snapshot.accounts_given:
        yield Check(Reason(N_("Signert regnskap er lagt ved.")))
    elif snapshot.rules.needs_accounts(snapshot.kind):
        yield Check(Reason(N_("Signert regnskap mangler.")), "danger")


def _auditor(snapshot: Snapshot) -> Iterator[Check]:
    if not auditor_need(snapshot.kind, snapshot.award_ore, snapshot.rules).needed:
        yield Check(Reason(N_("Revisoruttalelse er ikke påkrevd.")))
    elif snapshot.auditor_given:
        yield Check(Reason(N_("Revisoruttalelsen er lagt ved.")))
    elif snapshot.auditor_by_on:
        facts = {"on": snapshot.auditor_by_on}
        yield Check(Reason(N_("Revisoruttalelsen ettersendes innen %(on)s."), facts), "warning")
    else:
        yield Check(Reason(N_("Revisoruttalelsen mangler.")), "danger")
