"""Grants as a CSV file that Norwegian spreadsheets open as it is."""

import csv
import io
from collections.abc import Iterable, Iterator

from app.public.domain import GivenGrant
from app.values.clock import local_date
from app.values.money import ORE_PER_KRONE

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
# A cell that begins with one of these is run as a formula by a spreadsheet.
RISKY = ("=", "+", "-", "@", "\t", "\r")


def awards_csv(rows: Iterable[GivenGrant]) -> Iterator[bytes]:
    """Semicolons, UTF-8 with a mark, whole kroner, ISO dates."""
    yield b"\xef\xbb\xbf" + _line(HEADINGS)
    for row in rows:
        yield _line(
            (
                row.scheme_nb,
                str(row.year),
                row.chapter_post,
                row.orgnr,
                row.recipient,
                row.purpose,
                str(row.applied_ore // ORE_PER_KRONE),
                str(row.granted_ore // ORE_PER_KRONE),
                local_date(row.decided_at).isoformat(),
                " ".join(DEMO_NAMES[field] for field in sorted(row.demo & DEMO_NAMES.keys())),
            )
        )


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(
        "'" + cell if cell.startswith(RISKY) else cell for cell in cells
    )
    return out.getvalue().encode()
