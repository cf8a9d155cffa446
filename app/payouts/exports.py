"""A locked list as CSV and XLSX for finance's own system. Pure: the same lines always give the same bytes."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from flask_babel import gettext

from app.payouts.domain import FileLine
from app.payouts.queries import PaidClaim
from app.spreadsheet import Cell, Column, Kroner, cells_of, csv_file, heads_of, plain, xlsx_file
from app.summaries.exports import Sender
from app.values.dates import format_date, format_short
from app.values.language import N_, Language
from app.values.money import format_kr_ore
from letters import blocks as sheet
from letters import print_letter
from letters.wording import clean

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


# The statement of a year; each head is a bokmål msgid.
_STATED: tuple[Column[PaidClaim], ...] = (
    Column(N_("Fastlege"), attrgetter("gp_name")),
    Column(N_("Krav"), attrgetter("number")),
    Column(N_("Periode fra"), attrgetter("from_on")),
    Column(N_("Periode til"), attrgetter("to_on")),
    Column(N_("Betalt"), attrgetter("paid_on")),
    Column(N_("Betalt av"), lambda row: "Helfo" if row.by_helfo else gettext(N_("Helsedirektoratet"))),
    Column(N_("Godkjent beløp"), lambda row: Kroner(row.gross_ore)),
    Column(N_("Motregnet"), lambda row: Kroner(row.set_off_ore)),
    Column(N_("Utbetalt"), lambda row: Kroner(row.net_ore)),
    Column(N_("Tatt tilbake"), lambda row: Kroner(row.reversed_ore)),
)


_PRINTED = (N_("Krav"), N_("Betalt"), N_("Godkjent beløp"), N_("Motregnet"), N_("Utbetalt"), N_("Tatt tilbake"))
_SUMS = ("gross_ore", "set_off_ore", "net_ore", "reversed_ore")


def statement_csv(rows: Sequence[PaidClaim]) -> Iterator[bytes]:
    """The statement of a year as CSV, heads in the reader's language."""
    told = [Column(gettext(column.head), column.value) for column in _STATED]
    return csv_file(heads_of(told), (cells_of(told, row) for row in rows))


def statement_pdf(
    payee: str, orgnr: str, year: int, rows: Sequence[PaidClaim], *, by: Sender, made_on: date, language: Language
) -> bytes:
    """The statement as tagged PDF, in the reader's language. Raises CannotSet."""
    title = f"{gettext(N_('Årsoppgave %(year)s')) % {'year': year}}: {payee}"
    heads = [gettext(words) for words in _PRINTED]
    made: list[sheet.Block] = [
        sheet.Letterhead(
            sender=by.name,
            unit="",
            recipient=(clean(payee), orgnr),
            references=((gettext(N_("Dato:")), format_date(made_on, language)),),
            notice=gettext(N_("Demodata")) if by.demo else "",
        ),
        sheet.Heading((sheet.Span(clean(title)),), level=1),
    ]
    beside = (sheet.Column(head, 2, money=bool(place)) for place, head in enumerate(heads[1:]))
    columns = (sheet.Column(heads[0], 4), *beside)
    for name, group in groupby(rows, key=attrgetter("gp_name")):
        of_gp = list(group)
        cells = [_stated(row) for row in of_gp]
        cells.append(_summed(gettext(N_("Sum")), of_gp))
        made.append(sheet.Table(clean(name), columns, tuple(cells)))
    if rows:
        made.append(sheet.Table(gettext(N_("Alle fastleger")), columns, (_summed(gettext(N_("Sum")), rows),)))
    else:
        made.append(sheet.Paragraph((sheet.Span(gettext(N_("Ingen krav er betalt i dette året."))),)))
    return print_letter(
        sheet.Letter(
            kind="statement",
            language=language,
            title=clean(title),
            subject=clean(title),
            author=by.name,
            running=clean(f"{by.name} · {title}"),
            footer=" · ".join(filter(None, (by.name, by.web))),
            page_words=gettext(N_("Side {page} av {pages}")),
            dated=str(made_on),
            blocks=tuple(made),
        )
    )


def _stated(row: PaidClaim) -> tuple[str, ...]:
    period = f"{format_short(row.from_on)}–{format_short(row.to_on)}"
    paid = (format_short(row.paid_on) if row.paid_on else "–") + (gettext(N_(", av Helfo")) if row.by_helfo else "")
    return (period, paid, *(format_kr_ore(getattr(row, name)) for name in _SUMS))


def _summed(words: str, rows: Sequence[PaidClaim]) -> tuple[str, ...]:
    sums = (sum(getattr(row, name) for row in rows) for name in _SUMS)
    return (words, "", *map(format_kr_ore, sums))


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
