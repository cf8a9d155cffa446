"""The data set of the evaluation, due 1 October: each area in each quarter, with small numbers hidden.

Numbers of GPs and of units below the rules' `smallest_count` are hidden, and so many others that none of them can be
found from sums (app.summaries.domain.hiding). What cannot be told of one GP is told of none.
"""

from collections.abc import Collection
from datetime import datetime

from app.compensation.deliveries import pot
from app.compensation.deliveries.blocks import gone_counts, gone_sums
from app.compensation.deliveries.pot import POT, Prices
from app.compensation.domain.figures import AreaFigures, quarters, together
from app.compensation.queries.counting import area_names, with_whole
from app.rules.queries import pot_by_code, published_version, rules_of
from app.summaries.domain import HIDDEN, Cell, Column, Counted, Figure, Kind, Section, Table, TableRow, Unit, both
from app.values.clock import local_date
from app.values.language import N_

_SECTIONS = (
    Section("measured", N_("Hva som er målt"), N_("Hvilke spørsmål tallene svarer på, og hva de ikke svarer på.")),
    Section("effect", N_("Effekt"), N_("Hva ordningen har ført til, og hva det bygger på.")),
    Section("advised", N_("Anbefaling om varighet og omfang"), N_("Hvor lenge og hvor stor ordningen bør være.")),
)
# Where the rules say nothing.
SMALLEST = 5
_YEAR, _SO_FAR = N_("Hele året"), N_("Året hittil")

# How each column is named in the data, told to people, and documented.
_TOLD = {
    "area": (pot.AREA, Unit.TEXT, N_("Utprøvingsområdet, eller alle områdene samlet.")),
    "period": (
        N_("Periode"),
        Unit.TEXT,
        N_("Kvartal eller hele året. Et krav hører til kvartalet der den siste dagen i kravet er."),
    ),
    "agreed": (pot.AGREED, Unit.NUMBER, N_("Fastleger med en avtale som gjaldt minst én dag i perioden.")),
    "started": (
        pot.STARTED,
        Unit.NUMBER,
        N_("Fastleger som har sendt krav innen perioden var slutt, i denne perioden eller tidligere."),
    ),
    "claimed": (pot.CLAIMED, Unit.NUMBER, N_("Fastleger med minst ett krav i perioden som ikke er avslått.")),
    "silent": (pot.SILENT, Unit.NUMBER, N_("Fastleger med avtale i perioden og uten krav i den.")),
    "claimed_sum": (pot.CLAIMED_ORE, Unit.ORE, N_("Kroner krevd i perioden, uten krav som er avslått.")),
    "approved_sum": (pot.APPROVED_ORE, Unit.ORE, N_("Kroner innvilget av krav i perioden.")),
    "paid_sum": (pot.PAID_ORE, Unit.ORE, N_("Kroner utbetalt av krav i perioden.")),
    "waiting_sum": (pot.WAITING_ORE, Unit.ORE, N_("Kroner i krav som venter på at det blir penger i rammen.")),
    "days": (
        pot.DAYS,
        Unit.NUMBER,
        N_("Median av hele døgn fra kravet kom til det ble betalt, for krav i perioden som er betalt."),
    ),
    "per_patient": (
        pot.PER_PATIENT,
        Unit.ORE,
        N_("Kroner innvilget i alt, delt på godkjente pasienter, rundet ned."),
    ),
}
_COUNTS = ("agreed", "started", "claimed", "silent")
_SUMS = ("claimed_sum", "approved_sum", "paid_sum", "waiting_sum", "days", "per_patient")


def count(year: int, at: datetime) -> Counted:
    """The data set, and a few figures of it: of a year that is not over, the quarters that have begun."""
    names, prices, today = area_names(), pot.prices(), local_date(at)
    every = quarters(year)
    named = [each for each in every if each[1].from_on <= today] or every[:1]
    periods = [both(words) for words, _ in named] + [both(_YEAR if every[-1][1].to_on < today else _SO_FAR)]
    by_period = with_whole(POT, [period for _, period in named])
    least = _least(year)
    cells: dict[tuple[str, int], AreaFigures] = {
        (str(area), place): areas[area] for place, areas in enumerate(by_period) for area in names
    }
    cells |= {("all", place): together(areas) for place, areas in enumerate(by_period)}
    codes = prices.in_order([code for of in cells.values() for code in of.codes])
    hidden = {*gone_counts(cells, least), *gone_sums(cells, codes, least)}
    told: list[tuple[str, Cell]] = [(str(area), name) for area, name in names.items()]
    told.append(("all", both(pot.ALL_AREAS)))
    rows = [
        # The year has the same key however many quarters there are: two versions are compared by it.
        TableRow(
            f"{area}:{place if place < len(named) else len(every)}",
            (name, period, *_row(of, codes, prices, _gone(hidden, area, place))),
        )
        for area, name in told
        for place, period in enumerate(periods)
        for of in [cells[area, place]]
    ]
    table = Table("data", both(N_("Data per område og kvartal")), _columns(codes, prices), tuple(rows), named=2)
    figures = (
        Figure("smallest", both(N_("Minste antall som vises")), least),
        Figure("hidden", both(N_("Skjulte celler")), sum(cell == HIDDEN for row in rows for cell in row.cells)),
        *(
            Figure(f"year.{code}", both(_TOLD[code][0]), value, _TOLD[code][1])
            for code, value in zip(
                [*_COUNTS, *_SUMS[:4]], _plain(cells["all", len(named)], _gone(hidden, "all", len(named))), strict=True
            )
        ),
    )
    return Counted(figures, (table,))


def _least(year: int) -> int:
    gp = pot_by_code(POT)
    version = published_version(gp.id, year) if gp else None
    return rules_of(version.id).smallest_count if version else SMALLEST


def _gone(hidden: Collection[tuple[str, int, str]], area: str, place: int) -> frozenset[str]:
    return frozenset(what for at, period, what in hidden if (at, period) == (area, place))


def _plain(of: AreaFigures, gone: frozenset[str]) -> list[Cell]:
    counts = [of.agreed, of.started, of.claimed, of.silent]
    sums = [of.claimed_ore, of.approved_ore, of.paid_ore, of.waiting_ore]
    shown: list[Cell] = [HIDDEN if code in gone else value for code, value in zip(_COUNTS, counts, strict=True)]
    return shown + [HIDDEN if "sums" in gone else value for value in sums]


def _row(of: AreaFigures, codes: list[str], prices: Prices, gone: frozenset[str]) -> list[Cell]:
    """In the order of `_columns`."""
    units: list[Cell] = [
        HIDDEN if f"units.{code}" in gone else of.codes[code].approved if code in of.codes else 0 for code in codes
    ]
    # Of the sum and the patients the price of one is found, and each of them from it.
    patients = {f"units.{code}" for code in prices.per_patient}
    per_patient: Cell = of.per_patient_ore(prices.per_patient)
    days: Cell = of.median_days
    if "sums" in gone:
        days = HIDDEN
    if gone & (patients | {"sums"}):
        per_patient = HIDDEN
    return [*_plain(of, gone), days, per_patient, *units]


def _columns(codes: list[str], prices: Prices) -> tuple[Column, ...]:
    told = [Column(code, both(name), unit, both(words)) for code, (name, unit, words) in _TOLD.items()]
    words = N_("Enheter av denne satsen som er godkjent i krav i perioden.")
    units = [
        Column(f"units.{code}", pot.plus(prices.name(code), pot.UNITS), Unit.NUMBER, both(words)) for code in codes
    ]
    return (*told, *units)


EVALUATION = Kind(
    name="gp-evaluering",
    scheme=POT,
    words=N_("Evaluering av kompensasjonsordningen for fastleger"),
    told=N_(
        "Data per område og kvartal for å måle effekt, med dokumenterte kolonner. «:» er skjult fordi tallet er lite."
    ),
    day=(10, 1),
    sections=_SECTIONS,
    count=count,
    first_year=pot.FIRST_YEAR,
)
