"""Approved claims as a file for Helfo. The columns are our own: nobody has published a format for this.

Each claim has one line and keeps its «Krav» for ever. The heads are the same whoever makes the file.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from app.compensation.queries.helfo import ForHelfo
from app.spreadsheet import Column, Kroner, cells_of, csv_file, heads_of
from app.values.clock import local_date
from app.values.language import N_


def _units(row: ForHelfo) -> str:
    return " ".join(f"{code}={units}" for code, units in row.lines if units)


def _approved_on(row: ForHelfo) -> date | None:
    at = row.claim.reviewed_at or row.claim.ruled_at
    return local_date(at) if at else None


# Each head is a bokmål msgid.
COLUMNS: tuple[Column[ForHelfo], ...] = (
    Column(N_("Krav"), lambda row: row.claim.public_id),
    Column(N_("Sak"), lambda row: row.number),
    Column(N_("HPR-nummer"), lambda row: row.hpr_no),
    Column(N_("Organisasjonsnummer"), lambda row: row.orgnr),
    Column(N_("Periode fra"), lambda row: row.claim.from_on),
    Column(N_("Periode til"), lambda row: row.claim.to_on),
    Column(N_("Godkjente enheter"), _units),
    Column(N_("Godkjent beløp"), lambda row: Kroner(row.claim.approved_ore or 0)),
    Column(N_("Godkjent dato"), _approved_on),
)


def helfo_csv(rows: Sequence[ForHelfo]) -> Iterator[bytes]:
    """As CSV: UTF-8 with a mark of it, semicolons, days as 31.12.2026 and kroner with a comma."""
    return csv_file(heads_of(COLUMNS), (cells_of(COLUMNS, row) for row in rows))
