"""Figures for the recommendation on how the scheme goes on, due 1 March: who takes part, and what it has cost."""

from collections.abc import Iterator
from datetime import datetime

from app.budget.queries import frame_of
from app.compensation.deliveries import pot
from app.compensation.deliveries.pot import POT, Prices, until_now
from app.compensation.domain.figures import AreaFigures, together, whole_year
from app.compensation.queries.counting import area_names, figures_of
from app.rules.domain import Words
from app.rules.queries import pot_by_code
from app.summaries.domain import Cell, Column, Counted, Figure, Kind, Section, Table, TableRow, Unit, both
from app.values.language import N_

_SECTIONS = (
    Section("use", N_("Hvordan ordningen er brukt"), N_("Hvem som er med, hva de har krevd, og hva det har kostet.")),
    Section("works", N_("Om ordningen virker"), N_("Hva som går godt og dårlig i områdene, og hva det bygger på.")),
    Section("recommended", N_("Anbefaling om videre innretning"), N_("Hva som bør fortsette, endres eller avvikles.")),
    Section("forums", N_("Hvem anbefalingen er lagt fram for"), N_("Forum og dato for hvert av dem."), wanted=False),
)


def count(year: int, at: datetime) -> Counted:
    """The year so far and the year before it, in all and for each area."""
    names, prices = area_names(), pot.prices()
    before, now = figures_of(POT, [whole_year(year - 1), until_now(year, at)])
    figures = [
        *_figures("year", both(N_("%(year)s hittil"), year=str(year)), together(now), prices),
        *_figures("before", both(N_("%(year)s"), year=str(year - 1)), together(before), prices),
        *_frame(year),
    ]
    tables = (
        _table("areas", both(N_("Per område i %(year)s hittil"), year=str(year)), names, now, prices),
        _table("areas_before", both(N_("Per område i %(year)s"), year=str(year - 1)), names, before, prices),
    )
    return Counted(tuple(figures), tables)


def _figures(prefix: str, when: Words, all_areas: AreaFigures, prices: Prices) -> Iterator[Figure]:
    def figure(code: str, words: Words, value: Cell, unit: Unit = Unit.NUMBER) -> Figure:
        name = Words(f"{words.nb}, {when.nb}", f"{words.nn}, {when.nn}")
        return Figure(f"{prefix}.{code}", name, value, unit)

    for code, msgid, value, unit in _values(all_areas, prices):
        yield figure(code, both(msgid), value, unit)
    for code in prices.in_order(list(all_areas.codes)):
        words = pot.plus(prices.name(code), pot.UNITS)
        yield figure(f"units.{code}", words, all_areas.codes[code].approved)


def _values(of: AreaFigures, prices: Prices) -> list[tuple[str, str, Cell, Unit]]:
    return [
        ("agreed", pot.AGREED, of.agreed, Unit.NUMBER),
        ("started", pot.STARTED, of.started, Unit.NUMBER),
        ("claimed", pot.CLAIMED, of.claimed, Unit.NUMBER),
        ("silent", pot.SILENT, of.silent, Unit.NUMBER),
        ("claims", N_("Krav"), of.claims, Unit.NUMBER),
        ("claimed_sum", pot.CLAIMED_ORE, of.claimed_ore, Unit.ORE),
        ("approved_sum", pot.APPROVED_ORE, of.approved_ore, Unit.ORE),
        ("paid_sum", pot.PAID_ORE, of.paid_ore, Unit.ORE),
        ("waiting_sum", pot.WAITING_ORE, of.waiting_ore, Unit.ORE),
        ("days", pot.DAYS, of.median_days, Unit.NUMBER),
        ("per_patient", pot.PER_PATIENT, of.per_patient_ore(prices.per_patient), Unit.ORE),
    ]


def _frame(year: int) -> Iterator[Figure]:
    gp = pot_by_code(POT)
    frame = frame_of(gp.id, year) if gp else None
    if frame is None:
        return
    for code, words, ore in (
        ("frame", N_("Rammen for året"), frame.frame_ore),
        ("carried", N_("Overført fra tidligere år"), frame.carried_in_ore),
        ("committed", N_("Bundet av rammen"), frame.committed_ore),
        ("left", N_("Igjen av rammen"), frame.left_ore),
    ):
        yield Figure(f"money.{code}", both(words), ore, Unit.ORE)


def _table(code: str, name: Words, names: dict[int, str], areas: dict[int, AreaFigures], prices: Prices) -> Table:
    heads = [Column(key, both(words), unit) for key, words, _value, unit in _values(AreaFigures(None), prices)]
    told = [(area_name, areas[area]) for area, area_name in names.items()]
    rows = [
        TableRow(str(of.area_id), (area, *(value for _key, _words, value, _unit in _values(of, prices))))
        for area, of in told
    ]
    return Table(code, name, (Column("area", both(pot.AREA), Unit.TEXT), *heads), tuple(rows))


RECOMMENDATION = Kind(
    name="gp-anbefaling",
    scheme=POT,
    words=N_("Anbefaling om kompensasjonsordningen for fastleger"),
    told=N_("Vurdering og anbefaling om videre innretning, med tall for bruken så langt."),
    day=(3, 1),
    sections=_SECTIONS,
    count=count,
    first_year=pot.FIRST_YEAR,
)
