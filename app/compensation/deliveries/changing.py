"""Which rules hold, which are to come in the year, and what differs between them: shared by the plan and the switch."""

from dataclasses import dataclass
from datetime import date

from app.compensation.deliveries.pot import POT
from app.compensation.domain.changes import changed
from app.rules.domain import Rules, from_data
from app.rules.models import RuleVersion
from app.rules.queries import pot_by_code, versions
from app.rules.workflow import RulesStatus
from app.summaries.domain import Column, Table, TableRow, Unit, both
from app.values.language import N_

# The day the plan is due: what begins to hold after it, and by the turn of the year, is what it plans.
PLANNED = (5, 15)


@dataclass(frozen=True)
class Version:
    """A rule version, its rules, and the first day it holds."""

    row: RuleVersion
    rules: Rules

    @property
    def from_on(self) -> date:
        """The first day it holds."""
        return self.rules.in_force_on or date(self.row.year, 1, 1)


def present_and_planned(year: int) -> tuple[Version | None, Version | None]:
    """What holds on the day the plan is due, and the newest version that begins after it, a draft too."""
    gp = pot_by_code(POT)
    found = [Version(row, from_data(row.content)) for row in (versions(gp.id) if gp else ())]
    due, turn = date(year, *PLANNED), date(year + 1, 1, 1)
    published = [each for each in found if each.row.status is RulesStatus.PUBLISHED and each.from_on <= due]
    planned = [each for each in found if due < each.from_on <= turn]
    return (
        max(published, key=lambda each: (each.from_on, each.row.number), default=None),
        max(planned, key=lambda each: (each.row.year, each.row.number), default=None),
    )


def changes(present: Version | None, planned: Version | None) -> Table:
    """Every setting that is another, as it is and as it will be."""
    columns = (
        Column("what", both(N_("Hva som endres")), Unit.TEXT),
        Column("present", both(N_("Nå")), Unit.TEXT),
        Column("planned", both(N_("Etter endringen")), Unit.TEXT),
    )
    found = changed(present.rules if present else None, planned.rules if planned else None)
    rows = tuple(TableRow(each.key, (each.name, each.present, each.planned)) for each in found)
    return Table("changes", both(N_("Hva som endres")), columns, rows)
