"""Everything the templates know beyond Jinja: filters, our own texts, and the frame round the page.

The factory calls `install(app, shell)` once. `shell` answers, for each request, who is logged in, what the menu
holds and what the clock says; nothing here asks the database itself.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app
from flask_babel import Babel

from app import frame
from app.addresses import address
from app.frame import Shell, shell
from app.page_language import chosen_locale, current_language, printed, said, said_of, whole
from app.page_output import PageEnvironment
from app.values import clock, dates, identity, money
from app.values.language import CONTEXT_ENDS, P_, Language, Worded
from app.values.wholenumber import format_whole_number

# Tone of a state, by the bokmål word that stands on every page (one word per state). Colour is never alone: each
# tone has its own icon in macros/status.html.
TONES = {
    "success": "Innvilget|Delvis innvilget|Akseptert|Utbetalt|Avsluttet|Betalt|Godkjent|Ferdig|I rute|Oppfylt|Mottatt"
    "|Godkjent i del|Sendt|Publisert|Kunngjort|Avtale inngått|Nådd|Betalt tilbake|Bekreftet",
    "info": "Sendt inn|Registrert|Til vurdering|Innstilt|Delvis utbetalt|Attestert|Sendt til betaling|Levert"
    "|Under kontroll|Bekreftet av området|Klar til attestasjon|Påbegynt|Åpen|I kø|Klar til sending|Sendes"
    "|Arbeides med|Klar til gjennomføring|Til godkjenning",
    "warning": "Venter på svar fra søker|Venter på aksept|Mangler noe|Venter på midler|Usikker|Må avklares|Mangler"
    "|Delvis nådd|Venter på bekreftelse|Skal betales tilbake|Foreslått",
    "danger": "Avslått|Avvist|Utbetaling stanset|Falt bort|Avvist av banken|Ikke godkjent|Forsinket|Ikke oppfylt"
    "|Feilet|Ikke nådd|Kunne ikke gjennomføres",
}
_TONE_OF = {word: tone for tone, words in TONES.items() for word in words.split("|")}


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
    return _TONE_OF.get(getattr(member, "word", str(member)).rpartition(CONTEXT_ENDS)[2], "neutral")


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
    return clock.local_date(shell().at)


def days_left(on: date) -> int:
    """Days until `on`; below nought when it has passed."""
    return (on - program_today()).days


def png(picture: bytes) -> str:
    """A small picture as a data address, which the content policy allows for images."""
    return "data:image/png;base64," + b64encode(picture).decode("ascii")


FILTERS: dict[str, Callable[..., Any]] = {
    "kr": money.format_kr,
    "kr_ore": money.format_kr_ore,
    "mill": money.format_million,
    "date": date_short,
    "date_long": date_long,
    "date_weekday": lambda on: dates.format_date_with_weekday(on, current_language()),
    "local_day": clock.local_date,
    "month": dates.format_month,
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
    "count": format_whole_number,
    "png": png,
}


def install(app: Flask, shell_of: Callable[[], Shell]) -> None:
    """Give `app` its languages, filters and frame."""
    if "babel" not in app.extensions:
        Babel(app, default_locale="nb", default_timezone="Europe/Oslo", locale_selector=chosen_locale)
    app.jinja_env.filters.update(FILTERS)
    frame.install(app, shell_of)
    # Flask-Babel asks for the domain, the locale and the catalogue anew for every text; ours has them at hand.
    app.jinja_env.install_gettext_callables(said, said_of, newstyle=True, pgettext=lambda *known: said(P_(*known)))  # type: ignore[attr-defined]  # the i18n extension adds it
    app.jinja_env.globals.update(_=printed, language=current_language, url_for=address)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if isinstance(app.jinja_env, PageEnvironment):
        app.jinja_env.speak(current_language, lambda language, msgid: whole(Language(language), msgid))
