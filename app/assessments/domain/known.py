"""What the program itself knows about a formal requirement: a fact to rest the answer on. The officer answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.assessments.domain.codes import Met
from app.flow.domain import Reason
from app.rules.domain import Known, Requirement, Rules
from app.values.language import N_

_DATE = re.compile(
    r"\b\d{1,2}\.\s?(?:\d{1,2}\.\s?\d{4}|(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november"
    r"|desember)(?:\s\d{4})?)",
    re.IGNORECASE,
)
_MOST_DATES = 3


@dataclass(frozen=True)
class Sent:
    """What is known of an application that was sent in. Sums are whole øre; `words` is all its answers."""

    submitted_on: date | None
    deadline_on: date | None
    late: bool
    signed_by: str
    signed_title: str
    applied_ore: int
    own_funding_ore: int
    lines_ore: Sequence[int] = ()
    words: Sequence[str] = ()


@dataclass(frozen=True)
class Suggested:
    """A fact, and the answer it suggests: None where it leaves the answer open."""

    fact: Reason
    met: Met | None


def suggested(rules: Rules, sent: Sent | None) -> dict[str, Suggested]:
    """What the program can say of each requirement that asks for it, by code."""
    found = {r.code: _judged(r, sent) for r in rules.requirements} if sent else {}
    return {code: each for code, each in found.items() if each is not None}


def _judged(requirement: Requirement, sent: Sent) -> Suggested | None:
    match requirement.known:
        case Known.IN_TIME:
            return _in_time(sent)
        case Known.SIGNED:
            return _signed(sent)
        case Known.BUDGET:
            return _budget(sent)
        case Known.DATES:
            return _dates(sent)
    return None


def _in_time(sent: Sent) -> Suggested | None:
    if sent.submitted_on is None or sent.deadline_on is None:
        return None
    facts = {"submitted_on": sent.submitted_on, "deadline_on": sent.deadline_on}
    text = N_("Sendt inn %(submitted_on)s. Fristen var %(deadline_on)s.")
    return Suggested(Reason(text, facts), None if sent.late else Met.YES)


def _signed(sent: Sent) -> Suggested | None:
    """Who may not sign for the organisation cannot send in, so whoever did was a signatory that day."""
    if not sent.signed_by:
        return None
    text = N_("Signert av %(name)s (%(title)s).") if sent.signed_title else N_("Signert av %(name)s.")
    return Suggested(Reason(text, {"name": sent.signed_by, "title": sent.signed_title}), Met.YES)


def _budget(sent: Sent) -> Suggested:
    costs, covered = sum(sent.lines_ore), sent.applied_ore + sent.own_funding_ore
    facts = {"costs_ore": costs, "applied_ore": sent.applied_ore, "own_ore": sent.own_funding_ore}
    text = N_("Kostnadene er %(costs_ore)s. Det er søkt om %(applied_ore)s, og egne midler er %(own_ore)s.")
    return Suggested(Reason(text, facts), Met.YES if sent.lines_ore and costs == covered else None)


def _dates(sent: Sent) -> Suggested:
    dates = list(dict.fromkeys(found for each in sent.words for found in _DATE.findall(each)))
    if not dates:
        return Suggested(Reason(N_("Svarene nevner ingen datoer.")), None)
    facts: Mapping[str, object] = {"dates": ", ".join(dates[:_MOST_DATES])}
    return Suggested(Reason(N_("Svarene nevner disse datoene: %(dates)s."), facts), Met.YES)
