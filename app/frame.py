"""What stands round every page: who reads it, the menu, and what is the same every time and drawn once."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeAlias

from flask import Flask, current_app, g, get_template_attribute, request, session, url_for
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer

from app.page_language import current_language
from app.values.language import Language
from app.way_back import way_back

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

# Pages of a menu: endpoint and words; under headings; and as drawn: address, words, mark.
Items: TypeAlias = tuple[tuple[str, str], ...]
Groups: TypeAlias = tuple[tuple[str, Items], ...]
Marked: TypeAlias = tuple[tuple[str, str, str], ...]
MOST_DRAWN = 2048


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
    nav_items: Items = ()
    under_name: Groups = ()


def shell() -> Shell:
    """That of this request, asked for once."""
    if "shell" not in g:
        g.shell = current_app.extensions["shell"]()
    found: Shell = g.shell
    return found


def csrf_token() -> str:
    """What the forms of a page carry: Flask-WTF's token, signed once a session and not for every page."""
    raw = session.get("csrf_token")
    if raw is None or "csrf_token" in g:
        return str(generate_csrf())
    g.csrf_token = token = _signed(str(current_app.secret_key), raw)
    return token


@lru_cache(MOST_DRAWN)
def _signed(key: str, raw: str) -> str:
    """As Flask-WTF signs it; its tokens last as long as the session."""
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))


class Drawing:
    """How pages of one application, language and root are drawn: what is the same for all of them is kept."""

    def __init__(self) -> None:
        self.addresses: dict[tuple[str, str], str] = {}
        self.menus: dict[Items, tuple[tuple[str, str, str], ...]] = {}
        self.draw = lru_cache(MOST_DRAWN)(_draw)


def _drawing() -> Drawing:
    """That of this request's root, in the language that holds just here: a page may change it on its way."""
    kept: dict[tuple[Language, str], Drawing] = current_app.extensions["drawing"]
    key = current_language(), request.script_root
    return kept.get(key) or kept.setdefault(key, Drawing())


def place(name: str) -> str:
    """Address of one of PLACES."""
    return fixed_address(PLACES[name])


def fixed_address(endpoint: str, filename: str = "") -> str:
    """Address of a page or file that is the same for everybody, built once a process.

    The frame holds some twenty of them, and building is dear.
    """
    known, key = _drawing().addresses, (endpoint, filename)
    if key not in known:
        known[key] = url_for(endpoint, filename=filename) if filename else url_for(endpoint)
    return known[key]


def drawn(template: str, macro: str, *facts: Hashable) -> str:
    """What the macro draws of these facts, in the reader's language: drawn once, as it knows nothing else.

    Most of what stands round a page is the same on every page of the same reader.
    """
    return _drawing().draw(template, macro, facts)


def _draw(template: str, macro: str, facts: tuple[Hashable, ...]) -> str:
    draw: Callable[..., str] = get_template_attribute(template, macro)
    return draw(*facts)


def marked(items: Items) -> Marked:
    """Pages of the menu, each with its address and whether it is open («page») or a part of it is («true»)."""
    menus, path = _drawing().menus, request.path
    if (menu := menus.get(items)) is None:
        menu = menus[items] = tuple(_place_in_menu(*item) for item in items)
    return tuple(
        (href, text, "page" if path == href else "true" if path.startswith(below) else "") for href, below, text in menu
    )


def _place_in_menu(endpoint: str, text: str) -> tuple[str, str, str]:
    """Address of the page, what the addresses of its parts begin with, and its words. The front page has no parts."""
    href = fixed_address(endpoint)
    return href, f"{href}/" if len(href) > 1 else "//", text


def marked_groups(groups: Groups) -> tuple[tuple[str, Marked], ...]:
    """The same, group by group."""
    return tuple((heading, marked(items)) for heading, items in groups)


def install(app: Flask, shell_of: Callable[[], Shell]) -> None:
    """Give `app` its frame. `shell_of` is asked once a request, and only if a page is drawn."""
    app.extensions["shell"] = shell_of
    app.extensions["drawing"] = {}
    known: dict[str, Any] = {"place": place, "fixed_address": fixed_address, "shell": shell, "way_back": way_back}
    app.jinja_env.globals.update(known, drawn=drawn, marked=marked, marked_groups=marked_groups)
