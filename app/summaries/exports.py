"""A delivery as tagged PDF and as a spreadsheet: the same words and figures as its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.rules.domain import Words
from app.spreadsheet import Cell, Kroner, Sheet, xlsx_book
from app.summaries.domain import Cell as Counting
from app.summaries.domain import Column, Counted, Kind, Table, Unit, both, filled, shown
from app.summaries.models import Summary
from app.values.clock import local_date
from app.values.dates import format_date, format_moment
from app.values.language import N_
from letters import blocks as sheet
from letters import print_letter
from letters.wording import blocks_of, clean

# An upright page holds so many columns beside the one that names the row; a wider table is set in pieces.
BESIDE = 5
_SHARE, _BESIDE_SHARE = 3, 2
# Signs of a word that breaks in the narrowest column: then there is one less.
_LONG = 13


@dataclass(frozen=True)
class Sender:
    """Who delivers, and what stands at the foot of each page."""

    name: str
    orgnr: str
    web: str
    demo: bool


def as_pdf(summary: Summary, kind: Kind, counted: Counted, sender: Sender, today: date) -> bytes:
    """Tagged PDF (PDF/A-2a, PDF/UA-1); the same bytes for the same frozen delivery. Raises CannotSet."""
    language = summary.language

    def say(msgid: str, **facts: object) -> str:
        return both(msgid, **facts).in_(language)

    title = f"{say(kind.words)} {summary.year}"
    on = local_date(summary.approved_at) if summary.approved_at else today
    notices = [say(N_("Utkast – ikke godkjent"))] if summary.approved_at is None else []
    notices += [say(N_("Demodata"))] if sender.demo else []
    made: list[sheet.Block] = [
        sheet.Letterhead(
            sender=sender.name,
            unit="",
            recipient=("Helse- og omsorgsdepartementet",),
            references=(
                (say(N_("Dato:")), format_date(on, language)),
                (say(N_("Frist:")), format_date(summary.due_on, language)),
                (say(N_("Versjon:")), str(summary.number)),
            ),
            notice=" · ".join(notices),
        ),
        sheet.Heading((sheet.Span(title),), level=1),
    ]
    for section in kind.sections:
        if text := filled(str(summary.texts.get(section.code, "")), counted, language).strip():
            made += [sheet.Heading((sheet.Span(say(section.heading)),)), *blocks_of(text)]
    made.append(sheet.Heading((sheet.Span(say(N_("Tallene"))),)))
    when = format_moment(summary.counted_at, language) if summary.counted_at else ""
    told = say(N_("Tallene er telt %(when)s, og endres ikke av det som kommer senere."), when=when)
    made.append(sheet.Paragraph((sheet.Span(told if when else say(N_("Tallene er ikke frosset ennå."))),)))
    if counted.figures:
        made.append(_figures(counted, language, say(N_("Tall")), say(N_("Verdi"))))
    for table in counted.tables:
        made += _tables(table, language, say(N_("forts.")))
    foot = (sender.name, f"{say(N_('Org.nr.'))} {sender.orgnr}", sender.web)
    return print_letter(
        sheet.Letter(
            kind="summary",
            language=summary.language,
            title=title,
            subject=title,
            author=sender.name,
            running=" · ".join([sender.name, title, *notices]),
            footer=" · ".join(filter(None, foot)),
            page_words=say(N_("Side {page} av {pages}")),
            dated=str(on),
            blocks=tuple(made),
        )
    )


def _figures(counted: Counted, language: str, name: str, value: str) -> sheet.Table:
    return sheet.Table(
        name,
        (sheet.Column(name, 3), sheet.Column(value, 1, money=True)),
        tuple((clean(f.name.in_(language)), shown(f.value, f.unit, language)) for f in counted.figures),
    )


def _tables(table: Table, language: str, more: str) -> Iterator[sheet.Table]:
    """In pieces of columns that an upright page can hold, each with the row's name."""
    named, rest = list(range(table.named)), list(range(table.named, len(table.columns)))
    words = [word for place in rest for word in table.columns[place].name.in_(language).split()]
    beside = BESIDE + 1 - table.named - any(len(word) > _LONG for word in words)
    for begin in range(0, max(len(rest), 1), beside):
        places = [*named, *rest[begin : begin + beside]]
        name = clean(table.name.in_(language))
        yield sheet.Table(
            name if not begin else f"{name} ({more})",
            tuple(_column(table.columns[place], language, place) for place in places),
            tuple(
                tuple(_cell(row.cells[place], table.columns[place], language) for place in places) for row in table.rows
            ),
        )


def _column(column: Column, language: str, place: int) -> sheet.Column:
    share = _BESIDE_SHARE if place else _SHARE
    return sheet.Column(clean(column.name.in_(language)), share, money=column.unit is not Unit.TEXT)


def _cell(value: Counting, column: Column, language: str) -> str:
    return clean(shown(value, column.unit, language))


def as_xlsx(summary: Summary, kind: Kind, counted: Counted, today: date) -> Iterator[bytes]:
    """A sheet of the text, one of the figures, one for each table, and one that tells what each column is."""
    language = summary.language

    def say(msgid: str) -> str:
        return both(msgid).in_(language)

    texts = [
        [say(section.heading), line]
        for section in kind.sections
        for line in filled(str(summary.texts.get(section.code, "")), counted, language).splitlines()
        if line.strip()
    ]
    about: list[Sequence[Cell]] = [
        [say(N_("Leveranse")), f"{say(kind.words)} {summary.year}"],
        [say(N_("Versjon")), summary.number],
        [say(N_("Status")), say(summary.status.word.rpartition("\x04")[2])],
        [say(N_("Telt")), format_moment(summary.counted_at, language) if summary.counted_at else ""],
    ]
    sheets = [
        Sheet(say(N_("Tekst")), [say(N_("Del")), say(N_("Tekst"))], [*about, *texts]),
        Sheet(
            say(N_("Tall")),
            [say(N_("Tall")), say(N_("Verdi"))],
            [[f.name.in_(language), _plain(f.value, f.unit, language)] for f in counted.figures],
        ),
    ]
    sheets += [_sheet(table, language) for table in counted.tables]
    if told := list(_told(counted.tables, language)):
        heads = [say(N_("Ark")), say(N_("Kolonne")), say(N_("Navn i data")), say(N_("Hva det er"))]
        sheets.append(Sheet(say(N_("Kolonnene")), heads, told))
    made_on = local_date(summary.approved_at) if summary.approved_at else today
    return xlsx_book(f"{say(kind.words)} {summary.year}", sheets, made_on)


def _sheet(table: Table, language: str) -> Sheet:
    rows = (
        [_plain(cell, c.unit, language) for cell, c in zip(row.cells, table.columns, strict=True)] for row in table.rows
    )
    return Sheet(table.name.in_(language), [column.name.in_(language) for column in table.columns], rows)


def _told(tables: Sequence[Table], language: str) -> Iterator[list[Cell]]:
    for table in tables:
        for column in table.columns:
            if column.told != Words("", ""):
                words = column.told.in_(language)
                yield [table.name.in_(language), column.name.in_(language), column.code, words]


def _plain(value: Counting, unit: Unit, language: str) -> Cell:
    if isinstance(value, Words):
        return value.in_(language)
    return Kroner(value) if unit is Unit.ORE and isinstance(value, int) else value
