"""Open to everybody: schemes, calls, rules, who got grants, and the two statements."""

from collections.abc import Iterable
from datetime import MAXYEAR, datetime

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.access.domain import Permission
from app.access.guards import actor_or_none, open_to_all
from app.access.routes import home_of
from app.budget.queries import frame_of
from app.db.clock import now
from app.parties.domain import Kind
from app.public import exports, queries
from app.public.caching import ask_again
from app.rules import queries as rules_queries
from app.rules.domain import PARTS, changed_parts
from app.rules.models import Call, RuleVersion
from app.spreadsheet import CSV_TYPE, XLSX_TYPE
from app.values.clock import local_date
from app.values.wholenumber import small_number

bp = Blueprint("public", __name__)
bp.after_request(ask_again)
KINDS = {kind.value: kind.word for kind in Kind}


@bp.get("/")
@open_to_all
def index() -> AnyResponse:
    """Everybody to where their day starts."""
    actor = actor_or_none()
    home = home_of(actor) if actor is not None else "/"
    return redirect(home if home != "/" else url_for("public.schemes"), 303)


@bp.get("/ordninger")
@open_to_all
def schemes() -> str:
    """Open calls first, then what opens next, then every scheme."""
    at = now()
    today = local_date(at)
    coming = [call for call in rules_queries.published_calls() if call.opens_on > today]
    return render_template(
        "public/schemes.html", open_calls=rules_queries.open_calls(at), coming=coming, schemes=queries.schemes()
    )


@bp.get("/ordninger/<code>")
@open_to_all
def scheme(code: str) -> str:
    """A scheme: its purpose, pots, calls and rules."""
    found = rules_queries.scheme_by_code(code) or abort(404)
    return render_template(
        "public/scheme.html",
        scheme=found,
        pots=queries.pots_of(found.id),
        calls=rules_queries.calls_of_scheme(found.id),
        versions=queries.published_rules(found.id),
        today=local_date(now()),
    )


@bp.get("/utlysninger/<public_id>")
@open_to_all
def call(public_id: str) -> str:
    """A call: when, who, how much, what not, how, dates, rules (pages.md 14)."""
    found = rules_queries.call_by_public_id(public_id) or abort(404)
    version = rules_queries.newest_rules(found)
    return render_template(
        "public/call.html",
        call=found,
        version=version,
        rules=rules_queries.rules_of(version.id),
        pot_frame=frame_of(found.pot_id, found.year),
        kinds=KINDS,
        start=_start(found, now()),
        today=local_date(now()),
    )


@bp.get("/ordninger/regelverk/<pot>/<int:year>")
@bp.get("/ordninger/regelverk/<pot>/<int:year>/<int:number>")
@open_to_all
def rules(pot: str, year: int, number: int | None = None) -> str:
    """A published rule version; without a number the newest of the year."""
    found = _version(pot, year, number)
    content = rules_queries.rules_of(found.id)
    before = rules_queries.published_version(found.pot_id, year - 1)
    return render_template(
        "public/rules.html",
        version=found,
        rules=content,
        parts=PARTS,
        kinds=KINDS,
        before=before,
        changed=changed_parts(rules_queries.rules_of(before.id), content) if before else (),
    )


@bp.get("/tilskudd")
@open_to_all
def awards() -> str:
    """Who got grants in a year."""
    years = queries.award_years()
    year = request.args.get("aar", type=small_number) or (years[0] if years else local_date(now()).year)
    rows = queries.awards(year, _after())
    shown, more = rows[: queries.PAGE], len(rows) > queries.PAGE
    onward = url_for("public.awards", aar=year, etter=shown[-1].sort, sak=shown[-1].case_id) if more else None
    count, sum_ore = queries.award_sum(year)
    return render_template(
        "public/awards.html", years=years, year=year, rows=shown, onward=onward, count=count, sum_ore=sum_ore
    )


@bp.get("/tilskudd.csv")
@open_to_all
def awards_csv() -> Response:
    """The same as a file, the whole year."""
    year = _asked_year()
    return _file(exports.awards_csv(queries.all_awards(year)), CSV_TYPE, f"tilskudd-{year}.csv")


@bp.get("/tilskudd.xlsx")
@open_to_all
def awards_xlsx() -> Response:
    """The same as a spreadsheet."""
    year = _asked_year()
    return _file(exports.awards_xlsx(queries.all_awards(year), year), XLSX_TYPE, f"tilskudd-{year}.xlsx")


def _asked_year() -> int:
    asked = request.args.get("aar", type=small_number)
    return asked if asked and asked <= MAXYEAR else local_date(now()).year


def _file(chunks: Iterable[bytes], kind: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(b"".join(chunks), mimetype=kind, headers={"Content-Disposition": disposition})


@bp.get("/tilgjengelighet")
@open_to_all
def accessibility() -> str:
    """What is tested and what is not."""
    return render_template("public/accessibility.html")


@bp.get("/personvern")
@open_to_all
def privacy() -> str:
    """What is kept about persons, and why."""
    return render_template("public/privacy.html")


@bp.get("/robots.txt")
@open_to_all
def robots() -> Response:
    """What search engines may read: the pages open to all. Everything else is told shut without being named."""
    lines = ["User-agent: *", *(f"Allow: {path}" for path in sorted(_open_paths())), "Disallow: /", ""]
    return Response("\n".join(lines), mimetype="text/plain")


def _open_paths() -> set[str]:
    """Where pages open to all begin; an exact end (`$`, RFC 9309) or a query for those that have nothing below them."""
    rules = [rule for rule in current_app.url_map.iter_rules() if rule.endpoint.startswith("public.")]
    fixed = {f"{rule.rule}{end}" for rule in rules if not rule.arguments for end in "$?"}
    return fixed | {rule.rule.partition("<")[0] for rule in rules if rule.arguments} | {"/static/"}


def _after() -> queries.Place | None:
    sort, case_id = request.args.get("etter"), request.args.get("sak", type=small_number)
    return (sort, case_id) if sort is not None and case_id is not None else None


def _version(pot: str, year: int, number: int | None) -> RuleVersion:
    """Drafts are not found here."""
    if number is None:
        row = rules_queries.pot_by_code(pot) or abort(404)
        return rules_queries.published_version(row.id, year) or abort(404)
    found = rules_queries.version_at(pot, year, number) or abort(404)
    return found if found.published_at is not None else abort(404)


def _start(call: Call, at: datetime) -> str | None:
    """Where an application begins; None while the call is not open, and for those who handle applications."""
    actor = actor_or_none()
    applies = actor is None or actor.may(Permission.OWN_PORTAL)
    if not applies or not call.opens_on <= local_date(at) <= call.deadline_on:
        return None
    return url_for("applications.start", public_id=call.public_id)
