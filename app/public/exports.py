"""Grants as open data, in files that Norwegian spreadsheets open as they are. Amounts to the øre."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.public.domain import GivenGrant
from app.spreadsheet import Cell, Kroner, csv_file, xlsx_file
from app.values.clock import local_date
from app.values.dates import format_iso

HEADINGS = (
    "ordning",
    "år",
    "kapittel_post",
    "mottaker_orgnr",
    "mottaker_navn",
    "formål",
    "søkt_kr",
    "tildelt_kr",
    "vedtaksdato",
    "demodata",
)
# What the last column calls the invented fields of a row; empty where all is published.
DEMO_NAMES = {
    "recipient": "mottaker_navn",
    "title": "formål",
    "applied_ore": "søkt_kr",
    "granted_ore": "tildelt_kr",
    "dates": "vedtaksdato",
}


def awards_csv(rows: Iterable[GivenGrant]) -> Iterator[bytes]:
    """As CSV; dates as 2025-03-02, which machines read too."""
    return csv_file(HEADINGS, ([*_told(row), format_iso(_decided_on(row)), _demo(row)] for row in rows))


def awards_xlsx(rows: Iterable[GivenGrant], year: int) -> Iterator[bytes]:
    """As a spreadsheet. Its own date is the last day of the year it tells of, so that it can be made again alike."""
    cells = ([*_told(row), _decided_on(row), _demo(row)] for row in rows)
    return xlsx_file(f"Tilskudd {year}", HEADINGS, cells, date(year, 12, 31))


def _told(row: GivenGrant) -> list[Cell]:
    return [
        row.scheme_nb,
        row.year,
        row.chapter_post,
        row.orgnr,
        row.recipient,
        row.purpose,
        Kroner(row.applied_ore),
        Kroner(row.granted_ore),
    ]


def _decided_on(row: GivenGrant) -> date:
    return local_date(row.decided_at)


def _demo(row: GivenGrant) -> str:
    return " ".join(DEMO_NAMES[field] for field in sorted(row.demo & DEMO_NAMES.keys()))
