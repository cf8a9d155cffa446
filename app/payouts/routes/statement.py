"""The statement of a year for a practice's accounts: the page, and the same as CSV."""

from flask import Response, abort, current_app, render_template

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.config import Settings
from app.db.clock import now
from app.page_language import current_language
from app.parties.models import Party
from app.payouts import queries
from app.payouts.exports import statement_csv, statement_pdf
from app.payouts.routes import bp
from app.spreadsheet import CSV_TYPE
from app.summaries.exports import Sender
from app.values.clock import local_date
from app.values.identity import format_orgnr

PDF_TYPE = "application/pdf"
FIRST_YEAR = 2024


def _payee(orgnr: str, year: int) -> Party:
    if not FIRST_YEAR <= year <= local_date(now()).year:
        abort(404)
    return queries.payee(orgnr, current_actor()) or abort(404)


@bp.get("/arsoppgave/<orgnr>/<int:year>")
@needs(Permission.CLAIM_OWN, Permission.READ_PAYOUTS)
def statement(orgnr: str, year: int) -> str:
    """What was paid in the year, claim by claim; for the payee's own people and for us."""
    party = _payee(orgnr, year)
    rows = queries.paid_in(party.id, year)
    return render_template(
        "payouts/statement.html",
        party=party,
        year=year,
        years=range(local_date(now()).year, FIRST_YEAR - 1, -1),
        rows=rows,
        own=current_actor().may(Permission.CLAIM_OWN),
        sums={name: sum(getattr(row, name) for row in rows) for name in ("gross_ore", "set_off_ore", "net_ore")},
        reversed_ore=sum(row.reversed_ore for row in rows),
    )


@bp.get("/arsoppgave/<orgnr>/<int:year>/oppgave.<suffix>")
@needs(Permission.CLAIM_OWN, Permission.READ_PAYOUTS)
def statement_file(orgnr: str, year: int, suffix: str) -> Response:
    """The same as tagged PDF, or for a spreadsheet."""
    party = _payee(orgnr, year)
    rows = queries.paid_in(party.id, year)
    if suffix == "pdf":
        settings: Settings = current_app.config["SETTINGS"]
        by = Sender(settings.authority, format_orgnr(settings.authority_orgnr), settings.base_url, settings.demo)
        today, language, number = local_date(now()), current_language(), format_orgnr(orgnr)
        data = statement_pdf(party.display_name, number, year, rows, by=by, made_on=today, language=language)
    elif suffix == "csv":
        data = b"".join(statement_csv(rows))
    else:
        abort(404)
    named = {"Content-Disposition": f'attachment; filename="arsoppgave-{orgnr}-{year}.{suffix}"'}
    return Response(data, mimetype=PDF_TYPE if suffix == "pdf" else CSV_TYPE, headers=named)
