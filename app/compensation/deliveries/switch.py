"""The switch of rules, due 1 December: what changes, whom it reaches, what is announced, and what is in force."""

from datetime import datetime

from app.compensation.deliveries import pot
from app.compensation.deliveries.changing import Version, changes, present_and_planned
from app.compensation.deliveries.pot import POT
from app.compensation.domain.changes import day
from app.compensation.queries.counting import agreed_on, area_names
from app.compensation.queries.terms import told_count
from app.rules.domain import LegalForm, RegulationStep, Told
from app.rules.queries import regulation_steps, rules_of
from app.rules.workflow import RulesStatus
from app.summaries.domain import Cell, Column, Counted, Figure, Kind, Section, Table, TableRow, Unit, both
from app.values.clock import local_date
from app.values.language import N_

GAZETTED = RegulationStep.GAZETTED
_SECTIONS = (
    Section("changed", N_("Hva som er endret"), N_("Endringene i korte trekk, og hva de bygger på.")),
    Section("told", N_("Hvem som har fått beskjed"), N_("Hvem endringene er kunngjort for, hvordan og når.")),
    Section("routines", N_("Rutiner etter endringen"), N_("Hva områdene og saksbehandlerne gjør annerledes.")),
)


def count(year: int, at: datetime) -> Counted:
    """The version that takes over, how far it has come, and the GPs it reaches on its first day."""
    present, planned = present_and_planned(year)
    table = changes(present, planned)
    if planned is None:
        return Counted(lacks=("no_version",))
    reached, kept, areas = _reach(planned)
    published = planned.row.status is RulesStatus.PUBLISHED
    in_force = published and planned.from_on <= local_date(at)
    figures = (
        Figure("switch.from", both(N_("Gjelder fra")), day(planned.from_on), Unit.TEXT),
        Figure("switch.in_force", both(N_("Gjelder nå")), both(N_("ja")) if in_force else both(N_("nei")), Unit.TEXT),
        Figure("switch.gps", both(N_("Fastleger med avtale den dagen")), reached + kept),
        Figure("switch.reached", both(N_("Fastleger endringen gjelder for")), reached),
        Figure("switch.kept", both(N_("Fastleger som beholder vilkårene sine")), kept),
        Figure("switch.told", both(N_("Avtaler det er gitt beskjed om endringen for")), told_count(planned.row.id)),
        Figure("switch.changes", both(N_("Innstillinger som er endret")), len(table.rows)),
    )
    return Counted(figures, (table, areas, _steps(planned)), () if published else ("not_published",))


def _reach(planned: Version) -> tuple[int, int, Table]:
    """As a regulation it reaches every agreement; as an agreement, those with a clause, and those signed under it."""
    names, held = area_names(), agreed_on(POT, planned.from_on)
    rows, reached, kept = [], 0, 0
    for area, name in names.items():
        of_area = held.get(area, {})
        here = sum(gps for version, gps in of_area.items() if _reaches(planned, version))
        rest = sum(of_area.values()) - here
        reached, kept = reached + here, kept + rest
        rows.append(TableRow(str(area), (name, here + rest, here, rest)))
    columns = (
        Column("area", both(pot.AREA), Unit.TEXT),
        Column("agreed", both(pot.AGREED)),
        Column("reached", both(N_("Endringen gjelder for"))),
        Column("kept", both(N_("Beholder vilkårene"))),
    )
    return reached, kept, Table("areas", both(N_("Hvem endringen gjelder for")), columns, tuple(rows))


def _reaches(planned: Version, version_id: int) -> bool:
    if planned.rules.legal_form is LegalForm.REGULATION or version_id == planned.row.id:
        return True
    return rules_of(version_id).change_clause


def _steps(planned: Version) -> Table:
    row = planned.row
    moments = (
        (N_("Utkastet er skrevet"), row.drafted_at, None),
        (N_("Regelverket er godkjent"), row.approved_at, row.approval_basis or None),
        (N_("Regelverket er publisert"), row.published_at, None),
    )
    rows: list[tuple[Cell, ...]] = [
        (both(msgid), day(local_date(at)) if at else None, basis) for msgid, at, basis in moments
    ]
    told = regulation_steps([row.id])[row.id]
    rows[1:1] = [_noted(told[step]) for step in RegulationStep if step in told and step is not GAZETTED]
    rows[-1:-1] = [_noted(told[GAZETTED])] if GAZETTED in told else []
    rows.append((both(N_("Gjelder fra")), day(planned.from_on), None))
    columns = (
        Column("step", both(N_("Steg")), Unit.TEXT),
        Column("on", both(N_("Dato")), Unit.TEXT),
        Column("basis", both(N_("Bygger på")), Unit.TEXT),
    )
    shown = tuple(TableRow(str(place), cells) for place, cells in enumerate(rows))
    return Table("steps", both(N_("Stegene")), columns, shown)


def _noted(told: Told) -> tuple[Cell, ...]:
    return both(told.step.word), day(told.on), told.reference or told.words or None


SWITCH = Kind(
    name="gp-iverksetting",
    scheme=POT,
    words=N_("Iverksetting av endringer i kompensasjonsordningen for fastleger"),
    told=N_("Hva som endres, hvem det gjelder for, hva som er kunngjort, og hva som gjelder."),
    day=(12, 1),
    sections=_SECTIONS,
    count=count,
    first_year=pot.FIRST_YEAR,
    lacks={
        "no_version": N_("Det finnes ikke noe regelverk som skal gjelde fra senere i året."),
        "not_published": N_("Regelverket er ikke publisert ennå."),
    },
)
