"""Which rules hold, which are to come in the year, and what differs between them: shared by the plan and the switch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.compensation.deliveries.pot import POT
from app.rules.domain import Rules, UnitPrice, Words, from_data
from app.rules.models import RuleVersion
from app.rules.queries import pot_by_code, versions
from app.rules.workflow import RulesStatus
from app.summaries.domain import Cell, Column, Table, TableRow, Unit, both, shown
from app.values.dates import format_date
from app.values.language import N_, Language, Worded

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


def day(on: date) -> Words:
    """«1. desember 2025», in both forms."""
    return Words(format_date(on, Language.NB), format_date(on, Language.NN))


def changes(present: Version | None, planned: Version | None) -> Table:
    """Every setting that is another, as it is and as it will be."""
    columns = (
        Column("what", both(N_("Hva som endres")), Unit.TEXT),
        Column("present", both(N_("Nå")), Unit.TEXT),
        Column("planned", both(N_("Etter endringen")), Unit.TEXT),
    )
    before, after = _settings(present), _settings(planned)
    rows = [
        TableRow(key, ((before | after)[key][0], _told(before, key), _told(after, key)))
        for key in dict.fromkeys([*before, *after])
        if _told(before, key) != _told(after, key)
    ]
    return Table("changes", both(N_("Hva som endres")), columns, tuple(rows))


def _told(settings: dict[str, tuple[Words, Cell]], key: str) -> Cell:
    return settings[key][1] if key in settings else None


def _settings(of: Version | None) -> dict[str, tuple[Words, Cell]]:
    if of is None:
        return {}
    rules = of.rules
    found = {
        "cap": (both(N_("Høyeste beløp for hver avtale")), _money(rules.cap_ore)),
        "legal_form": (both(N_("Rettslig form")), _word(rules.legal_form)),
        "change_clause": (both(N_("Avtalene kan endres underveis")), _yes(rules.change_clause)),
        "claims_until": (both(N_("Siste dag for krav")), day(rules.claims_until) if rules.claims_until else None),
        "paid_through": (both(N_("Utbetales gjennom")), _word(rules.paid_through)),
    }
    return found | {key: told for price in rules.unit_prices for key, told in _of_price(price)}


def _of_price(price: UnitPrice) -> Iterator[tuple[str, tuple[Words, Cell]]]:
    for key, msgid, value in (
        ("price", N_("sats"), _money(price.unit_price_ore)),
        ("max_units", N_("høyst per fastlege"), str(price.max_units)),
        ("max_per_period", N_("høyst per krav"), None if price.max_per_period is None else str(price.max_per_period)),
        ("documented", N_("krever vedlegg"), _yes(price.documented)),
    ):
        ours = both(msgid)
        name = Words(f"{price.words.nb}: {ours.nb}", f"{price.words.nn}: {ours.nn}")
        yield f"{price.code}.{key}", (name, value)


def _money(ore: int | None) -> str | None:
    return None if ore is None else shown(ore, Unit.ORE, Language.NB)


def _yes(holds: bool) -> Words:
    return both(N_("ja")) if holds else both(N_("nei"))


def _word(code: Worded) -> Words:
    return both(code.word)
