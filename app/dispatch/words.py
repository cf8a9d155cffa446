"""Words in the recipient's language, said outside a request: subjects and bodies of what is sent."""

from datetime import date, datetime
from typing import Any

from app.translations.lookup import spoken
from app.values import dates, money
from app.values.language import Language, Worded


def say(language: str, msgid: str, **facts: Any) -> str:
    """The words in this language ("nb", "nn") with their facts: `*_ore` is money, a date is written out.

    Needs neither request nor application. Raises ValueError for a language the house does not write.
    """
    form = Language(language)
    words = spoken(form.value, msgid)
    said = {name: _fact(form, name, value) for name, value in facts.items()}
    return words % said if said else words


def title_in(language: str, title: str) -> str:
    """A person's title as a letter in this language writes it, where the house knows the word; blank stays blank."""
    return say(language, title) if title else ""


def _fact(language: Language, name: str, value: Any) -> str:
    if isinstance(value, Worded):
        return spoken(language.value, value.word)
    if isinstance(value, datetime):
        return dates.format_moment(value, language)
    if isinstance(value, date):
        return dates.format_date(value, language)
    if name.endswith("_ore") and isinstance(value, int):
        return money.format_kr(value)
    return str(value)
