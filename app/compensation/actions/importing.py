"""Claims of many GPs from a pilot area's file, judged as each would be if its GP had typed it.

The same for a trial and in earnest: whoever calls keeps what was done, or undoes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.access.domain import Actor
from app.cases.models import Case
from app.compensation import judgement, queries
from app.compensation.actions.making import New, make_all
from app.compensation.domain import ClaimFacts, Reckoned, importing
from app.compensation.domain.importing import Asked
from app.compensation.models import GpAgreement
from app.compensation.queries import Standing
from app.compensation.queries.importing import There
from app.compensation.workflow import HELD, Status
from app.db import reference
from app.flow import Reason
from app.orders.domain import FileRow, Heading, Judged, Outcome
from app.values.clock import local_date
from app.values.language import N_


@dataclass
class _Ground:
    """What the rows of a batch are judged by; a claim that is to be made counts for the rows after it."""

    area_id: int | None
    by: Actor
    today: date
    agreements: Mapping[str, list[GpAgreement]]
    cases: Mapping[int, Case]
    standings: dict[int, Standing]
    chains: Mapping[int, list[int]]
    there: Mapping[int, list[There]]
    # Who else wrote what a row says, by its number: they lay it in as well.
    menders: Mapping[int, int]
    # Claims and who confirmed or reviewed them, or stands in the same way: they are not laid in anew by them.
    opposed: set[tuple[int, int]]


def import_claims(
    area_id: int | None, lines: Sequence[FileRow], codes: Sequence[Heading], *, by: Actor, at: datetime
) -> list[Judged]:
    """Make the claims these rows ask for, and tell of each row what came of it; no statement a row."""
    asked = [importing.read(each.row_no, each.says, codes) for each in lines]
    menders = {each.row_no: each.mended_by for each in lines if each.mended_by not in (None, by.id)}
    ground = _ground(area_id, {each.hpr_no for each in asked if each.facts}, menders, by, local_date(at))
    results: list[Judged] = []
    new: dict[int, New] = {}
    for each in asked:
        judged = _judge(each, ground)
        if isinstance(judged, New):
            new[each.row_no] = judged
        else:
            results.append(judged)
    keys = make_all(list(new.values()), by=by, at=at) if new else []
    for (row_no, made), key in zip(new.items(), keys, strict=True):
        left_out = tuple(line.reason for line in made.reckoned.lines if line.reason)
        results.append(Judged(row_no, Outcome.MADE, left_out, reference("claim", key)))
    return results


def _ground(area_id: int | None, numbers: set[str], menders: Mapping[int, int], by: Actor, today: date) -> _Ground:
    agreements = queries.agreements_by_hpr(numbers) if numbers else {}
    of_area = [each for found in agreements.values() for each in found if each.area_id == area_id]
    case_ids = [each.case_id for each in of_area]
    cases = queries.cases_of(case_ids) if case_ids else {}
    standings = queries.standings_on(case_ids, lock=True) if case_ids else {}
    # Agreements that continue each other have one cap between them.
    chains: dict[int, list[int]] = {}
    for key, each in standings.items():
        chains.setdefault(each.counted.id, []).append(key)
    there = queries.claims_there([each.id for each in of_area]) if of_area else {}
    fallen = [each.claim_id for found in there.values() for each in found if each.is_fallen]
    opposed = queries.opposed_to_import(fallen, {by.id, *menders.values()}) if fallen else set()
    return _Ground(area_id, by, today, agreements, cases, standings, chains, there, menders, opposed)


def _judge(asked: Asked, ground: _Ground) -> Judged | New:
    """The claim to be made, or what else comes of the row."""
    if asked.facts is None:
        return Judged(asked.row_no, Outcome.WRONG, asked.wrong)
    agreement = _agreement(asked.hpr_no, asked.facts, ground)
    if isinstance(agreement, Reason):
        return Judged(asked.row_no, Outcome.WRONG, (agreement,))
    standing, case = ground.standings[agreement.case_id], ground.cases[agreement.case_id]
    wanted = {code: units for code, units in asked.facts.units.items() if units}
    same = [each for each in ground.there.get(agreement.id, ()) if _is_same(each, asked.facts, wanted)]
    if same:
        return Judged(asked.row_no, Outcome.EXISTS, (_there(same[-1]),), reference("claim", same[-1].claim_id))
    over = [each for each in ground.there.get(agreement.id, ()) if _is_over(each, asked.facts)]
    opposed = {person for each in over for claim_id, person in ground.opposed if claim_id == each.claim_id}
    reasons = judgement.why_not_import(case, ground.area_id, ground.by, opposed=ground.by.id in opposed)
    mended_by = ground.menders.get(asked.row_no)
    reasons += judgement.why_not_mended_by(case, mended_by, opposed)
    reasons += judgement.why_not_under(standing)
    known = {price.code for price in standing.rules_on(asked.facts.period.from_on).unit_prices}
    reasons += [_no_price(code) for code in wanted if code not in known]
    reasons += [wrong.reason for wrong in standing.why_not(asked.facts, ground.today)]
    if reasons:
        return Judged(asked.row_no, Outcome.WRONG, tuple(reasons))
    reckoned = standing.reckon(asked.facts)
    for key in ground.chains[standing.counted.id]:
        ground.standings[key] = _with(ground.standings[key], asked.facts, reckoned)
    period, version = asked.facts.period, standing.version_on(asked.facts.period.from_on)
    late = asked.facts.late_reason if standing.is_late(period.from_on, ground.today) else ""
    told = {"over_fallen": bool(over), "is_imported": True}
    return New(
        standing.agreement, version, case.party_id, period, reckoned, late_reason=late, mended_by=mended_by, **told
    )


def _agreement(hpr_no: str, facts: ClaimFacts, ground: _Ground) -> GpAgreement | Reason:
    """The GP's agreement in this area that the period is of, else the one nearest to it, which says what is wrong."""
    found = ground.agreements.get(hpr_no, [])
    ours = [each for each in found if each.area_id == ground.area_id]
    ours = [each for each in ours if each.status in HELD] or ours
    if not ours:
        text = (
            N_("Fastlegen med HPR-nummer %(hpr)s har avtale i et annet utprøvingsområde.")
            if found
            else N_("Ingen fastlege med HPR-nummer %(hpr)s har avtale.")
        )
        return Reason(text, {"hpr": hpr_no})
    days = facts.period
    return min(ours, key=lambda each: (max(each.from_on - days.from_on, days.to_on - each.last_on).days, -each.id))


def _is_same(there: There, facts: ClaimFacts, wanted: Mapping[str, int]) -> bool:
    """Whether this very claim is there: the same days and units, whatever the answer to it was."""
    return (there.from_on, there.to_on) == (facts.period.from_on, facts.period.to_on) and there.units == wanted


def _is_over(there: There, facts: ClaimFacts) -> bool:
    """Whether it fell on days of the same period: it is the same matter."""
    return there.is_fallen and there.from_on <= facts.period.to_on and facts.period.from_on <= there.to_on


def _with(standing: Standing, facts: ClaimFacts, reckoned: Reckoned) -> Standing:
    """How the agreement stands when this claim is there too."""
    used = dict(standing.used)
    for each in reckoned.lines:
        used[each.code] = used.get(each.code, 0) + each.paid_units
    return replace(
        standing,
        periods=[*standing.periods, facts.period],
        used=used,
        pending_ore=standing.pending_ore + reckoned.sum_ore,
    )


def _no_price(code: str) -> Reason:
    return Reason(N_("Avtalen har ingen sats med koden %(code)s."), {"code": code})


def _there(same: There) -> Reason:
    """What its own people have withdrawn, no file brings back."""
    if same.status is Status.WITHDRAWN:
        return Reason(N_("Legekontoret har trukket dette kravet. Det er ikke laget på nytt."))
    return Reason(N_("Kravet finnes allerede. Det er ikke laget på nytt."))
