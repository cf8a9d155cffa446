"""Grants as open data, in files that Norwegian spreadsheets open as they are. Amounts to the øre."""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter

from app.public.domain import GivenGrant
from app.spreadsheet import Column, Kroner, cells_of, csv_file, heads_of, xlsx_file
from app.values.clock import local_date
from app.values.dates import format_iso

# What the last column calls the invented fields of a row; empty where all is published.
DEMO_NAMES = {
    "recipient": "mottaker_navn",
    "title": "formål",
    "applied_ore": "søkt_kr",
    "granted_ore": "tildelt_kr",
    "dates": "vedtaksdato",
}


def _decided_on(row: GivenGrant) -> date:
    return local_date(row.decided_at)


def _demo(row: GivenGrant) -> str:
    return " ".join(DEMO_NAMES[field] for field in sorted(row.demo & DEMO_NAMES.keys()))


_XLSX: tuple[Column[GivenGrant], ...] = (
    Column("ordning", attrgetter("scheme_nb")),
    Column("år", attrgetter("year")),
    Column("kapittel_post", attrgetter("chapter_post")),
    Column("mottaker_orgnr", attrgetter("orgnr")),
    Column("mottaker_navn", attrgetter("recipient")),
    Column("formål", attrgetter("purpose")),
    Column("søkt_kr", lambda row: Kroner(row.applied_ore)),
    Column("tildelt_kr", lambda row: Kroner(row.granted_ore)),
    Column("vedtaksdato", _decided_on),
    Column("demodata", _demo),
)
_DAY = Column[GivenGrant]("vedtaksdato", lambda row: format_iso(_decided_on(row)))
# Days as 2025-03-02, which machines read too.
_CSV = tuple(_DAY if each.head == _DAY.head else each for each in _XLSX)


def awards_csv(rows: Iterable[GivenGrant]) -> Iterator[bytes]:
    """As CSV."""
    return csv_file(heads_of(_CSV), (cells_of(_CSV, row) for row in rows))


def awards_xlsx(rows: Iterable[GivenGrant], year: int) -> Iterator[bytes]:
    """As a spreadsheet. Its own date is the last day of the year it tells of, so that it can be made again alike."""
    cells = (cells_of(_XLSX, row) for row in rows)
    return xlsx_file(f"Tilskudd {year}", heads_of(_XLSX), cells, date(year, 12, 31))
