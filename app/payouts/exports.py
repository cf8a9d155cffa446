"""A locked list as CSV and XLSX for finance's own system. Pure: the same lines always give the same bytes."""

import hashlib
from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from app.payouts.domain import FileLine
from app.spreadsheet import Cell, Column, Kroner, cells_of, csv_file, heads_of, plain, xlsx_file

# Heads as the finance systems know them (domain E.1). Account kind, cost centre and project are finance's own to fill.
_TOLD: tuple[Column[FileLine], ...] = (
    Column("liste", attrgetter("list_number")),
    Column("linje", attrgetter("line_no")),
    Column("saksnr", attrgetter("case_number")),
    Column("tilsagn", attrgetter("award_no")),
    Column("ordning", attrgetter("scheme")),
    Column("kap", lambda line: line.chapter_post.partition(".")[0]),
    Column("post", lambda line: line.chapter_post.partition(".")[2]),
    Column("budsjettår", attrgetter("budget_year")),
    Column("mottaker", attrgetter("recipient")),
    Column("orgnr", attrgetter("orgnr")),
    Column("kontonr", attrgetter("account_no")),
    # What is sent to the account: nought where all of it is set off.
    Column("beløp", lambda line: Kroner(line.net_ore)),
    Column("forfall", attrgetter("due_on")),
    # The bank day that was chosen for the list: what has fallen due before is paid on that day.
    Column("betalingsdag", attrgetter("pay_on")),
    Column("tekst", attrgetter("text")),
    Column("artskonto", lambda _: ""),
    Column("koststed", lambda _: ""),
    Column("prosjekt", lambda _: ""),
    Column("mottakertype", attrgetter("recipient_type")),
    Column("rate", attrgetter("instalment")),
    Column("akseptert", attrgetter("accepted_on")),
    Column("attestert av", attrgetter("attested_by")),
    Column("attestert", attrgetter("attested_at")),
    Column("bdm", attrgetter("approved_by")),
    Column("godkjent", attrgetter("approved_at")),
    Column("vedtak", attrgetter("decision")),
    Column("brutto", lambda line: Kroner(line.amount_ore)),
    Column("motregnet", lambda line: Kroner(line.set_off_ore)),
)
# The last is the SHA-256 of the others as text.
HEADS = (*heads_of(_TOLD), "sha256")
_AMOUNT = HEADS.index("beløp")


def csv_bytes(lines: Sequence[FileLine]) -> bytes:
    """The lines as CSV."""
    return b"".join(csv_file(HEADS, map(cells, lines)))


def xlsx_bytes(lines: Sequence[FileLine], number: str, made_on: date) -> bytes:
    """The lines as XLSX with the sum below; `made_on` stands as its date, so it can be made again alike."""
    foot: list[Cell] = ["Sum", *[None] * (_AMOUNT - 1), Kroner(sum(line.net_ore for line in lines))]
    return b"".join(xlsx_file(f"Utbetalingsliste {number}", HEADS, [*map(cells, lines), foot], made_on))


def cells(line: FileLine) -> list[Cell]:
    """The cells of a line, one for each head."""
    told = cells_of(_TOLD, line)
    return [*told, hashlib.sha256("\x1f".join(map(plain, told)).encode()).hexdigest()]
