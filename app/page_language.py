"""The language of the page, and our own texts in it."""

from functools import cache
from typing import Any

from babel import Locale
from flask import g, has_request_context, request, session
from flask_babel import get_locale
from markupsafe import Markup

from app.translations.lookup import counted, spoken
from app.values.language import Language
from app.way_back import LANGUAGE_KEY


def choose_locale() -> str:
    """The reader's own choice, else nynorsk where the browser asks for it, else bokmål."""
    chosen = session.get(LANGUAGE_KEY)
    if chosen in set(Language):
        return str(chosen)
    return request.accept_languages.best_match(["nb", "nn"], default="nb") or "nb"


def chosen_locale() -> Locale:
    """The same as Flask-Babel wants it."""
    return _locale(choose_locale())


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)


def current_language() -> Language:
    """The language this page is in; decided once a request, for a page asks a hundred times."""
    kept: Language | None = g.get("page_language")
    if kept is None:
        # Of a page Flask-Babel asks the same, but looks for itself first; of a job it knows the letter's language.
        chosen = choose_locale() if has_request_context() else str(get_locale())
        kept = g.page_language = Language.NN if chosen == "nn" else Language.NB
    return kept


def said(msgid: str) -> str:
    """The text in the reader's language."""
    return spoken(current_language().value, msgid)


def said_of(one: str, several: str, number: int) -> str:
    """What `ngettext` in a template chooses; the template fills in its places, the number's and any other."""
    return counted(current_language().value, one, several, number)


def printed(msgid: str, **facts: Any) -> Markup:
    """What `_("…")` in a template is: the text as markup, its facts escaped."""
    language = current_language()
    return _markup(language, msgid) % facts if facts else whole(language, msgid)


@cache
def _markup(language: Language, msgid: str) -> Markup:
    return Markup(spoken(language.value, msgid))


@cache
def whole(language: Language, msgid: str) -> Markup:
    """Without facts «%%» is one sign all the same."""
    return _markup(language, msgid) % {}
