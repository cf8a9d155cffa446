"""The plan of changes, due 15 May: what is to change, and what it would have cost on claims that have been made.

The plan is the draft of the rules as it stands when the delivery is approved; its consequence is frozen with it.
"""

from collections.abc import Mapping
from datetime import datetime

from app.compensation.deliveries import pot
from app.compensation.deliveries.changing import Version, changes, present_and_planned
from app.compensation.deliveries.pot import POT, until_now
from app.compensation.domain.changes import day
from app.compensation.domain.consequence import Asked, judged
from app.compensation.domain.figures import whole_year
from app.compensation.queries.counting import area_names, asked_in
from app.summaries.domain import Column, Counted, Figure, Kind, Section, Table, TableRow, Unit, both
from app.values.language import N_

_SECTIONS = (
    Section("why", N_("Hvorfor ordningen bør endres"), N_("Hva anbefalingen og tallene har vist.")),
    Section("how", N_("Hva som endres, og når"), N_("Endringene, dagen de gjelder fra, og hva de betyr for avtalene.")),
    Section("effect", N_("Konsekvenser"), N_("For fastlegene, områdene og rammen.")),
    Section("steps", N_("Stegene fram til endringen gjelder"), N_("Høring, fastsetting og kunngjøring, med datoer.")),
)
Sums = Mapping[tuple[int, str], tuple[int, int]]
_SUM_HEADS = (N_("Med satsene nå"), N_("Med satsene i planen"), N_("Forskjell"))


def count(year: int, at: datetime) -> Counted:
    """The claims of the year before, judged by the rules that hold and by those of the plan."""
    present, planned = present_and_planned(year)
    if planned is None:
        # What holds now is not what is changed.
        return Counted(lacks=("no_plan",))
    table = changes(present, planned)
    if present is None:
        return Counted(tables=(table,) if table.rows else (), lacks=("no_plan",))
    basis, claims = both(N_("krav fra %(year)s"), year=str(year - 1)), list(asked_in(POT, whole_year(year - 1)))
    if not claims:
        basis, claims = both(N_("krav fra %(year)s hittil"), year=str(year)), list(asked_in(POT, until_now(year, at)))
    now, new = _judged(claims, present), _judged(claims, planned)
    now_ore, new_ore = _sum(now), _sum(new)
    figures = (
        Figure("plan.from", both(N_("Planen gjelder fra")), day(planned.from_on), Unit.TEXT),
        Figure("plan.basis", both(N_("Regnet på")), basis, Unit.TEXT),
        Figure("plan.claims", both(N_("Krav det er regnet på")), len(claims)),
        Figure("plan.gps", both(N_("Fastleger det er regnet på")), len({each.agreement_id for each in claims})),
        Figure("plan.present_sum", both(_SUM_HEADS[0]), now_ore, Unit.ORE),
        Figure("plan.planned_sum", both(_SUM_HEADS[1]), new_ore, Unit.ORE),
        Figure("plan.difference", both(_SUM_HEADS[2]), new_ore - now_ore, Unit.ORE),
    )
    lacks = () if table.rows else ("no_change",)
    return Counted(figures, (table, _by_code(present, planned, now, new), _by_area(now, new)), lacks)


def _judged(claims: list[Asked], version: Version) -> Sums:
    return judged(claims, version.rules.unit_prices, version.rules.cap_ore)


def _sum(sums: Sums) -> int:
    return sum(ore for _, ore in sums.values())


def _by_code(present: Version, planned: Version, now: Sums, new: Sums) -> Table:
    names = {price.code: price.words for version in (present, planned) for price in version.rules.unit_prices}
    columns = (Column("code", both(N_("Sats")), Unit.TEXT), Column("units", both(N_("Enheter krevd"))), *_heads())
    rows = []
    for code, name in names.items():
        units = max(sum(units for (_, its), (units, _) in sums.items() if its == code) for sums in (now, new))
        sums = [sum(ore for (_, its), (_, ore) in of.items() if its == code) for of in (now, new)]
        rows.append(TableRow(code, (name, units, *sums, sums[1] - sums[0])))
    return Table("codes", both(N_("Konsekvens per sats")), columns, tuple(rows))


def _by_area(now: Sums, new: Sums) -> Table:
    rows = []
    for area, name in area_names().items():
        sums = [sum(ore for (its, _), (_, ore) in of.items() if its == area) for of in (now, new)]
        rows.append(TableRow(str(area), (name, *sums, sums[1] - sums[0])))
    columns = (Column("area", both(pot.AREA), Unit.TEXT), *_heads())
    return Table("areas", both(N_("Konsekvens per område")), columns, tuple(rows))


def _heads() -> list[Column]:
    codes = ("present", "planned", "difference")
    return [Column(code, both(msgid), Unit.ORE) for code, msgid in zip(codes, _SUM_HEADS, strict=True)]


PLAN = Kind(
    name="gp-plan",
    scheme=POT,
    words=N_("Plan for endringer i kompensasjonsordningen for fastleger"),
    told=N_("Hva som skal endres, fra hvilken dag, og hva det ville ha kostet på kravene som er sendt."),
    day=(5, 15),
    sections=_SECTIONS,
    count=count,
    first_year=pot.FIRST_YEAR,
    lacks={
        "no_plan": N_("Det finnes ikke noe utkast til regelverk som skal gjelde fra senere i året."),
        "no_change": N_("Utkastet til regelverk endrer ingenting."),
    },
)
