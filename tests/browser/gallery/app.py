"""A small app that draws every macro and error page with made-up content, for the eye and for axe. Never
served to people.

Run `python -m tests.browser.gallery` and open http://127.0.0.1:5055.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, flash, g, render_template, request
from flask_wtf import CSRFProtect
from werkzeug.datastructures import MultiDict

from app.frame import Shell
from app.templating import install
from app.way_back import switch_language
from tests.browser.gallery.content import CONTENT, ExampleForm

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
APP = Path(__file__).resolve().parents[3] / "app"
NAV = (("gallery.pieces", "Mine oppgaver"), ("gallery.form", "Søknader"), ("cases.all", "Utbetalinger"))


@dataclass
class Why:
    """Looks like flow.Reason."""

    text: str
    facts: dict[str, Any] = field(default_factory=dict)
    who: str | None = None


def make_app(catalogues: Path) -> Flask:
    """The gallery with the nynorsk of `app/translations/nn/*.po` compiled into `catalogues`."""
    compile_nynorsk(catalogues)
    app = Flask("app", root_path=str(APP))
    app.config.update(SECRET_KEY="gallery", BABEL_TRANSLATION_DIRECTORIES=str(catalogues), WTF_CSRF_CHECK_DEFAULT=False)
    CSRFProtect(app)
    install(app, shell)
    app.jinja_loader.searchpath.append(str(Path(__file__).parent))  # type: ignore[union-attr]
    app.add_url_rule("/sprak", "language", switch_language, methods=["POST"])
    app.add_url_rule("/", "gallery.pieces", pieces)
    app.add_url_rule("/skjema", "gallery.form", form, methods=["GET", "POST"])
    app.add_url_rule("/utbetalinger", "cases.all", pieces)
    app.add_url_rule("/forsiden", "public.index", pieces)
    app.add_url_rule("/logg-inn", "access.log_in", pieces)
    app.add_url_rule("/konto", "access.log_out", pieces, methods=["POST"])
    app.add_url_rule("/tilgjengelighet", "public.accessibility", pieces)
    app.add_url_rule("/personvern", "public.privacy", pieces)
    app.add_url_rule("/feil/<int:code>/<way>", "gallery.fault", fault, methods=["GET", "POST"])
    app.add_template_global(lambda why: "/skjema" if "habil" in why.text else None, "declare_here")
    # Kari Demo is logged in, as the frame of each page says.
    app.add_template_global(SimpleNamespace(is_authenticated=True), "current_user")
    app.after_request(with_policy)
    return app


def with_policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    return response


def shell() -> Shell:
    at = datetime(2025, 2, 10, 8, 0, tzinfo=UTC)
    return Shell("Helsedirektoratet", "tilskudd@example.no", "81 00 00 00", at, True, "Kari Demo", "saksbehandler", NAV)


def pieces() -> str:
    flash("Søknaden er registrert.", "success")
    return render_template("pieces.html", **CONTENT)


def form() -> tuple[str, int]:
    typed = MultiDict({"purpose": "Ny legemiddelliste", "amount": "1 250 000,5x", "period": "31.02.2025"})
    g.csrf_valid = True  # as CSRFProtect has found before a real form is read
    example = ExampleForm(typed)
    example.validate()
    return render_template("form.html", form=example), 422


def fault(code: int, way: str) -> tuple[str, int]:
    why = Why("Rapporten for %(year)s er ikke godkjent.", {"year": 2024}, "Kari Demo")
    conflict = {
        "by": "Ola Demo",
        "at": shell().at,
        "version": 4,
        "action": "/",
        "fields": [
            {"name": "purpose", "words": "Formål", "mine": "Min tekst om formålet", "theirs": "Olas tekst om formålet"}
        ],
    }
    told = {"refused": {"reasons": [why, why]}, "stale": {"conflict": conflict}}.get(way, {})
    typed = list(request.form.items(multi=True))
    return render_template(f"errors/{code}.html", reference="a1b2-c3d4", typed=typed, **told), code


def compile_nynorsk(catalogues: Path) -> None:
    merged = None
    for path in sorted((APP / "translations" / "nn").glob("*.po")):
        with path.open("rb") as file:
            read = read_po(file, locale="nn")
        if merged is None:
            merged = read
        for message in read:
            if message.id:
                merged[message.id] = message
    target = catalogues / "nn" / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    if merged is not None:
        with (target / "messages.mo").open("wb") as file:
            write_mo(file, merged)
