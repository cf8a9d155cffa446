"""A locked list as CSV and XLSX for finance's own system. Pure: the same lines always give the same bytes."""

import hashlib
from collections.abc import Sequence
from datetime import date

from app.payouts.domain import FileLine
from app.spreadsheet import Cell, Kroner, csv_file, plain, xlsx_file

# Names as the finance systems know them (domain E.1). Account kind, cost centre and project are finance's own to fill.
COLUMNS = (
    "liste",
    "linje",
    "saksnr",
    "tilsagn",
    "ordning",
    "kap",
    "post",
    "budsjettår",
    "mottaker",
    "orgnr",
    "kontonr",
    "beløp",
    "forfall",
    "tekst",
    "artskonto",
    "koststed",
    "prosjekt",
    "mottakertype",
    "rate",
    "akseptert",
    "attestert av",
    "attestert",
    "bdm",
    "godkjent",
    "vedtak",
    "sha256",
)
_AMOUNT = COLUMNS.index("beløp")


def csv_bytes(lines: Sequence[FileLine]) -> bytes:
    """The lines as CSV."""
    return b"".join(csv_file(COLUMNS, map(cells, lines)))


def xlsx_bytes(lines: Sequence[FileLine], number: str, made_on: date) -> bytes:
    """The lines as XLSX with the sum below; `made_on` stands as its date, so it can be made again alike."""
    foot: list[Cell] = ["Sum", *[None] * (_AMOUNT - 1), Kroner(sum(line.amount_ore for line in lines))]
    return b"".join(xlsx_file(f"Utbetalingsliste {number}", COLUMNS, [*map(cells, lines), foot], made_on))


def cells(line: FileLine) -> list[Cell]:
    """The cells of a line, one for each column; the last is the SHA-256 of the others as text."""
    chapter, _, post = line.chapter_post.partition(".")
    told: list[Cell] = [
        line.list_number,
        line.line_no,
        line.case_number,
        line.award_no,
        line.scheme,
        chapter,
        post,
        line.budget_year,
        line.recipient,
        line.orgnr,
        line.account_no,
        Kroner(line.amount_ore),
        line.due_on,
        line.text,
        *line.extra,
        line.recipient_type,
        line.instalment,
        line.accepted_on,
        line.attested_by,
        line.attested_at,
        line.approved_by,
        line.approved_at,
        line.decision,
    ]
    return [*told, hashlib.sha256("\x1f".join(map(plain, told)).encode()).hexdigest()]
