"""What differs between two sets of rules, setting by setting: for the plan, the switch, and those it concerns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.rules.domain import Rules, UnitPrice, Words
from app.summaries.domain import Cell, Unit, both, shown
from app.values.dates import format_date
from app.values.language import N_, Language, Worded


@dataclass(frozen=True)
class Changed:
    """A setting that is another: its key and name, as it is, and as it will be (None where there is none)."""

    key: str
    name: Words
    present: Cell
    planned: Cell


def changed(present: Rules | None, planned: Rules | None) -> list[Changed]:
    """Every setting that is another, in the order the rules have them."""
    before, after = _settings(present), _settings(planned)
    found = [
        Changed(key, (before | after)[key][0], _told(before, key), _told(after, key))
        for key in dict.fromkeys([*before, *after])
    ]
    return [each for each in found if each.present != each.planned]


def day(on: date) -> Words:
    """«1. desember 2025», in both forms."""
    return Words(format_date(on, Language.NB), format_date(on, Language.NN))


def _told(settings: dict[str, tuple[Words, Cell]], key: str) -> Cell:
    return settings[key][1] if key in settings else None


def _settings(rules: Rules | None) -> dict[str, tuple[Words, Cell]]:
    if rules is None:
        return {}
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
