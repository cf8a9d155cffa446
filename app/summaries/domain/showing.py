"""How a cell is written to people."""

from app.rules.domain import Words
from app.summaries.domain.counted import Cell, Unit
from app.values.language import Language
from app.values.money import format_kr
from app.values.wholenumber import format_whole_number

NOTHING = "–"


def shown(value: Cell, unit: Unit, language: Language | str) -> str:
    """«12 500 kr», «1 240», the text as it is; a dash where there was nothing to count."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Words):
        return value.in_(language)
    if isinstance(value, str):
        return value
    return format_kr(value) if unit is Unit.ORE else format_whole_number(value)
