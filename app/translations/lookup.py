"""One text in one language, from catalogues read once a process."""

from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

from app.values.language import CONTEXT_ENDS

_FOLDER = Path(__file__).parent


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(_FOLDER, [language])


def spoken(language: str, msgid: str) -> str:
    """The text in this language («nb», «nn»); bokmål is the text itself, and so is one that nobody has translated."""
    return str(_catalogue(language).gettext(msgid)).rpartition(CONTEXT_ENDS)[2]


def counted(language: str, one: str, several: str, number: int) -> str:
    """The same of a text with a number in it, its places not filled in yet."""
    return str(_catalogue(language).ngettext(one, several, number))
