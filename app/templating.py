"""Everything the templates know beyond Jinja: filters, the language of the page, and the frame round it.

The factory calls `install(app, shell)` once. `shell` answers, for each request, who is logged in, what the menu
holds and what the clock says; nothing here asks the database itself.
"""

from base64 import b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from flask import Flask, current_app, g, request, session, url_for
from flask_babel import Babel, get_locale, ngettext
from markupsafe import Markup

from app.page_output import PageEnvironment
from app.translations.lookup import spoken
from app.values import clock, dates, identity, money
from app.values.language import P_, Language, Worded
from app.way_back import LANGUAGE_KEY, way_back

# Endpoints the frame links to.
PLACES = {
    "home": "public.index",
    "log_in": "access.log_in",
    "log_out": "access.log_out",
    "sessions": "access.sessions",
    "password": "people.own_password",
    "accessibility": "public.accessibility",
    "privacy": "public.privacy",
}

# Tone of a state, by the bokmål word that stands on every page (one word per state). Colour is never alone: each
# tone has its own icon in macros/status.html.
TONES = {
    "success": "Innvilget|Delvis innvilget|Akseptert|Utbetalt|Avsluttet|Betalt|Godkjent|Ferdig|I rute|Oppfylt|Mottatt"
    "|Godkjent i del|Sendt|Publisert|Kunngjort|Avtale inngått|Nådd|Betalt tilbake",
    "info": "Sendt inn|Registrert|Til vurdering|Innstilt|Delvis utbetalt|Attestert|Sendt til betaling|Levert"
    "|Under kontroll|Bekreftet av området|Klar til attestasjon|Påbegynt|Åpen|I kø|Klar til sending|Sendes",
    "warning": "Venter på svar fra søker|Venter på aksept|Mangler noe|Venter på midler|Usikker|Må avklares|Mangler"
    "|Delvis nådd|Venter på bekreftelse|Skal betales tilbake",
    "danger": "Avslått|Avvist|Utbetaling stanset|Falt bort|Avvist av banken|Ikke godkjent|Forsinket|Ikke oppfylt"
    "|Feilet|Ikke nådd",
}
_TONE_OF = {word: tone for tone, words in TONES.items() for word in words.split("|")}


@dataclass(frozen=True)
class Shell:
    """What stands round every page: the authority, the menu of this reader, and the program's clock.

    `held`: the bokmål words of every role the reader has; `role` the first of them. `under_name`: the groups of what is
    seldom wanted, each with its heading.
    """

    authority: str
    contact_email: str
    contact_phone: str
    at: datetime
    demo: bool = False
    person: str | None = None
    role: str | None = None
    held: Collection[str] = ()
    nav_items: Sequence[tuple[str, str]] = ()
    under_name: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()


def choose_locale() -> str:
    """The reader's own choice, else nynorsk where the browser asks for it, else bokmål."""
    chosen = session.get(LANGUAGE_KEY)
    if chosen in set(Language):
        return str(chosen)
    return request.accept_languages.best_match(["nb", "nn"], default="nb") or "nb"


def current_language() -> Language:
    """The language this page is in; decided once a request, for a page asks a hundred times."""
    kept: Language | None = g.get("page_language")
    if kept is None:
        kept = g.page_language = Language.NN if str(get_locale()) == "nn" else Language.NB
    return kept


def place(name: str) -> str:
    """Address of one of PLACES."""
    return fixed_address(PLACES[name])


def fixed_address(endpoint: str, filename: str = "") -> str:
    """Address of a page or file that is the same for everybody, built once a process.

    The frame holds some twenty of them, and building is dear.
    """
    known: dict[tuple[str, str, str], str] = current_app.extensions["addresses"]
    key = (request.script_root, endpoint, filename)
    if key not in known:
        known[key] = url_for(endpoint, filename=filename) if filename else url_for(endpoint)
    return known[key]


def said(msgid: str) -> str:
    """The text in the reader's language."""
    return spoken(current_language().value, msgid)


def printed(msgid: str, **facts: Any) -> Markup:
    """What `_("…")` in a template is: the text as markup, its facts escaped."""
    language = current_language()
    return _markup(language, msgid) % facts if facts else _whole(language, msgid)


@cache
def _markup(language: Language, msgid: str) -> Markup:
    return Markup(spoken(language.value, msgid))


@cache
def _whole(language: Language, msgid: str) -> Markup:
    """Without facts «%%» is one sign all the same."""
    return _markup(language, msgid) % {}


def words(text: Any) -> str:
    """Translate a text marked with N_ elsewhere, a code by its word, a text of the rules by its own two forms.

    Anything without a translation is shown as it is.
    """
    if isinstance(text, Worded):
        return word(text)
    if hasattr(text, "in_"):
        return str(text.in_(current_language()))
    return said(str(text)) if text else ""


def word(member: Worded | None) -> str:
    """The word of a code in the reader's language; nothing for None."""
    return said(member.word) if member is not None else ""


def tone(member: Any) -> str:
    """Which of the five tones a state is drawn in; `member` is a Worded or its bokmål word."""
    return _TONE_OF.get(getattr(member, "word", str(member)), "neutral")


def reason(why: Any) -> str:
    """A Reason (text and facts) as a sentence in the reader's language; a plain text is translated."""
    if not hasattr(why, "text"):
        return words(why)
    facts: Mapping[str, Any] = dict(why.facts or {})
    sentence = words(why.text)
    return sentence % {name: fact(name, value) for name, value in facts.items()} if facts else sentence


def event(entry: Any) -> str:
    """An entry of the record as a sentence; its facts are JSON, so dates are read back first."""
    known = current_app.extensions["events"].get(entry.event)
    facts = {name: fact(name, _from_json(name, value)) for name, value in entry.facts.items()}
    facts["by"] = entry.by_name
    return words(known.words) % facts if known else str(entry.event)


def _from_json(name: str, value: Any) -> Any:
    if name.endswith("_on") and isinstance(value, str) and value:
        return date.fromisoformat(value)
    return value


def fact(name: str, value: Any) -> str:
    """One fact as people read it: `*_ore` is money, a date is a date, a code is its word."""
    if isinstance(value, tuple):
        return ", ".join(fact(name, each) for each in value)
    if isinstance(value, Worded) or hasattr(value, "in_"):
        return words(value)
    if hasattr(value, "text") and hasattr(value, "facts"):
        return reason(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return date_long(value)
    if name.endswith("_ore") and isinstance(value, int):
        return money.format_kr(value)
    return str(value)


def date_long(on: date | None) -> str:
    """«15. februar 2025», for running text."""
    return dates.format_date(on, current_language()) if on else ""


def date_short(on: date | None) -> str:
    """«15.02.2025», for tables."""
    return dates.format_short(on) if on else ""


def time_of_day(at: datetime | None) -> str:
    """Local time of a UTC moment, as «kl. 23.59»."""
    return dates.format_time(at) if at else ""


def moment(at: datetime | None) -> str:
    """«15.02.2025 kl. 23.59» in Oslo, for tables."""
    return dates.format_moment_short(at) if at else ""


def moment_long(at: datetime | None) -> str:
    """«15. februar 2025 kl. 23.59» in Oslo, for running text."""
    return dates.format_moment(at, current_language()) if at else ""


def relative(on: date) -> str:
    """How far away a deadline is: stands beside the date, never instead of it."""
    return dates.until_due(on, program_today(), current_language())


def left(on: date) -> str:
    """«12 dager igjen», beside a deadline the reader works towards."""
    return dates.days_left(on, program_today(), current_language())


def since(on: date) -> str:
    """«for 3 dager siden», beside the date."""
    return dates.since(on, program_today(), current_language())


def days(count: int) -> str:
    """«3 dager»."""
    return dates.format_days(count, current_language())


def program_today() -> date:
    """The date in Oslo by the program's clock, which in the demo is not the machine's."""
    return clock.local_date(_shell().at)


def days_left(on: date) -> int:
    """Days until `on`; below nought when it has passed."""
    return (on - program_today()).days


def png(picture: bytes) -> str:
    """A small picture as a data address, which the content policy allows for images."""
    return "data:image/png;base64," + b64encode(picture).decode("ascii")


def _shell() -> Shell:
    if "shell" not in g:
        g.shell = current_app.extensions["shell"]()
    shell: Shell = g.shell
    return shell


FILTERS: dict[str, Callable[..., Any]] = {
    "kr": money.format_kr,
    "kr_ore": money.format_kr_ore,
    "mill": money.format_million,
    "date": date_short,
    "date_long": date_long,
    "date_weekday": lambda on: dates.format_date_with_weekday(on, current_language()),
    "local_day": clock.local_date,
    "iso": dates.format_iso,
    "time": time_of_day,
    "moment": moment,
    "moment_long": moment_long,
    "orgnr": identity.format_orgnr,
    "account": identity.format_account,
    "relative": relative,
    "left": left,
    "since": since,
    "days": days,
    "days_left": days_left,
    "word": word,
    "words": words,
    "tone": tone,
    "reason": reason,
    "event": event,
    "png": png,
}


def install(app: Flask, shell: Callable[[], Shell]) -> None:
    """Give `app` its languages, filters and frame. `shell` is asked once a request, and only if a page is drawn."""
    app.extensions["shell"] = shell
    app.extensions["addresses"] = {}
    if "babel" not in app.extensions:
        Babel(app, default_locale="nb", default_timezone="Europe/Oslo", locale_selector=choose_locale)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(place=place, fixed_address=fixed_address, language=current_language, shell=_shell)
    app.jinja_env.globals.update(way_back=way_back)
    # Flask-Babel asks for the domain, the locale and the catalogue anew for every text; ours has them at hand.
    app.jinja_env.install_gettext_callables(said, ngettext, newstyle=True, pgettext=lambda *known: said(P_(*known)))  # type: ignore[attr-defined]  # the i18n extension adds it
    app.jinja_env.globals.update(_=printed)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if isinstance(app.jinja_env, PageEnvironment):
        app.jinja_env.speak(current_language, lambda language, msgid: _whole(Language(language), msgid))
