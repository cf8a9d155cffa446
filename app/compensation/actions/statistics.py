"""Helfo's monthly statistics laid in from a file: each figure once, and never a claim.

The same for a trial and in earnest: whoever calls keeps what was done, or undoes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.access.domain import Actor
from app.compensation import queries
from app.compensation.domain import statistics
from app.compensation.domain.statistics import Told
from app.compensation.models import GpAgreement, HelfoFigure
from app.compensation.queries import Standing
from app.compensation.workflow import HELD
from app.db import db, reference
from app.flow import Reason
from app.orders.domain import FileRow, Judged, Outcome
from app.rules.domain import PaidThrough
from app.values.clock import local_date
from app.values.language import N_

NAME = "helfo_figure"
Of = tuple[date, str, str, str]


@dataclass
class _Ground:
    """What the rows of a batch are judged by; what is laid in counts for the rows after it."""

    today: date
    agreements: dict[str, list[GpAgreement]]
    orgnrs: dict[int, str]
    standings: dict[int, Standing]
    there: dict[tuple[date, str, str, str, int], tuple[int, int, str]] = field(default_factory=dict)
    sums: dict[Of, tuple[int, int]] = field(default_factory=dict)

    def count(self, told: Told, thing: str) -> None:
        """It is there from now on."""
        self.there[told.key] = (told.units, told.amount_ore, thing)
        units, ore = self.sums.get(told.of, (0, 0))
        self.sums[told.of] = (units + told.units, ore + told.amount_ore)


def import_statistics(lines: Sequence[FileRow], *, by: Actor, at: datetime) -> list[Judged]:
    """Lay in the figures these rows tell, and say of each row what came of it; a fixed number of statements."""
    asked = [statistics.read(each.row_no, each.says) for each in lines]
    ground = _ground({each.told.hpr_no for each in asked if each.told}, local_date(at))
    results: list[Judged] = []
    made: list[tuple[int, Told, Standing, tuple[Reason, ...]]] = []
    for each in asked:
        judged = _judge(each, ground)
        if isinstance(judged, Judged):
            results.append(judged)
        else:
            assert each.told is not None
            made.append((each.row_no, each.told, judged, _notes(each.told, judged)))
    keys = _lay_in([(told, standing) for _, told, standing, _ in made], by, at) if made else []
    for (row_no, _, _, notes), key in zip(made, keys, strict=True):
        results.append(Judged(row_no, Outcome.MADE, notes, reference(NAME, key)))
    return results


def _ground(numbers: set[str], today: date) -> _Ground:
    agreements = {
        number: [each for each in found if each.status in HELD]
        for number, found in (queries.agreements_by_hpr(numbers) if numbers else {}).items()
    }
    every = [each for found in agreements.values() for each in found]
    standings = queries.standings_on([each.case_id for each in every]) if every else {}
    ground = _Ground(today, agreements, queries.orgnrs_of({each.payee_id for each in every}), standings)
    for row in queries.told_there(numbers) if numbers else ():
        told = Told(row.from_on, row.hpr_no, row.orgnr, row.code, row.units, row.amount_ore, row.correction)
        ground.count(told, reference(NAME, row.id))
    return ground


def _judge(asked: statistics.Read, ground: _Ground) -> Standing | Judged:
    """The agreement the figure is of, or what else comes of the row."""
    told = asked.told
    if told is None:
        return Judged(asked.row_no, Outcome.WRONG, asked.wrong)
    if same := ground.there.get(told.key):
        units, ore, thing = same
        if (units, ore) == (told.units, told.amount_ore):
            there = Reason(N_("Tallet finnes allerede. Det er ikke lagt inn på nytt."))
            return Judged(asked.row_no, Outcome.EXISTS, (there,), thing)
        text = N_("Måneden har andre tall fra før: %(units)s og %(amount_ore)s. Legg inn forskjellen som en rettelse.")
        return Judged(asked.row_no, Outcome.WRONG, (Reason(text, {"units": units, "amount_ore": ore}),))
    standing = _standing(told, ground)
    reasons = [standing] if isinstance(standing, Reason) else _why_not(told, standing, ground)
    if isinstance(standing, Reason) or reasons:
        return Judged(asked.row_no, Outcome.WRONG, tuple(reasons))
    ground.count(told, "")
    return standing


def _standing(told: Told, ground: _Ground) -> Standing | Reason:
    """The GP's agreement with this payee in the month, or why there is none."""
    found = ground.agreements.get(told.hpr_no, [])
    if not found:
        return Reason(N_("Ingen fastlege med HPR-nummer %(hpr)s har avtale."), {"hpr": told.hpr_no})
    theirs = [each for each in found if ground.orgnrs.get(each.payee_id) == told.orgnr]
    if not theirs:
        return Reason(N_("Fastlegen har ingen avtale med dette organisasjonsnummeret."))
    held = [each for each in theirs if each.from_on <= told.last_on and each.last_on >= told.month]
    if not held:
        return Reason(N_("Fastlegen hadde ingen avtale i denne måneden."))
    return ground.standings[held[-1].case_id]


def _day(told: Told, standing: Standing) -> date:
    """The first day of the month that the agreement holds."""
    return max(told.month, standing.agreement.from_on)


def _why_not(told: Told, standing: Standing, ground: _Ground) -> list[Reason]:
    reasons: list[Reason] = []
    rules = standing.rules_on(_day(told, standing))
    if told.last_on > ground.today:
        reasons.append(Reason(N_("Måneden er ikke over ennå.")))
    if rules.paid_through is not PaidThrough.HELFO_STATISTICS:
        reasons.append(Reason(N_("Etter regelverket for måneden kommer det ingen statistikk fra Helfo.")))
    if told.code not in {price.code for price in rules.unit_prices}:
        reasons.append(Reason(N_("Avtalen har ingen sats med koden %(code)s."), {"code": told.code}))
    units, ore = ground.sums.get(told.of, (0, 0))
    if told.correction and told.of not in ground.sums:
        reasons.append(Reason(N_("Det er ikke noe å rette: måneden har ingen tall fra før.")))
    elif units + told.units < 0 or ore + told.amount_ore < 0:
        reasons.append(Reason(N_("Rettelsen trekker fra mer enn det som er der.")))
    return reasons


def _notes(told: Told, standing: Standing) -> tuple[Reason, ...]:
    """What is strange, and stops nothing: Helfo has paid."""
    prices = {price.code: price for price in standing.rules_on(_day(told, standing)).unit_prices}
    reckoned_ore = told.units * prices[told.code].unit_price_ore
    if reckoned_ore == told.amount_ore:
        return ()
    return (Reason(N_("Antallet ganger satsen er %(reckoned_ore)s."), {"reckoned_ore": reckoned_ore}),)


def _lay_in(made: Sequence[tuple[Told, Standing]], by: Actor, at: datetime) -> list[int]:
    figures = [
        HelfoFigure(
            from_on=told.month,
            to_on=told.last_on,
            hpr_no=told.hpr_no,
            orgnr=told.orgnr,
            code=told.code,
            correction=told.correction,
            units=told.units,
            amount_ore=told.amount_ore,
            agreement_id=standing.agreement.id,
            area_id=standing.agreement.area_id,
            rule_version_id=standing.version_on(_day(told, standing)),
            told_by=by.id,
            told_at=at,
        )
        for told, standing in made
    ]
    db.session.add_all(figures)
    db.session.flush()
    return [figure.id for figure in figures]
