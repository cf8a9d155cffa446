"""What an order reads, what comes of each row, and how that is kept. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.flow.domain import Reason
from app.values.language import N_, Language, Worded
from app.values.text import clean_code

# Signs of what rows are put together by: an index holds it.
LONGEST_KEY = 200


class Phase(Worded):
    """How far an order has come: the file is read, every row is tried and undone, and then it is done."""

    READ = "read", N_("Leser filen")
    CHECK = "check", N_("Prøver radene")
    CARRY_OUT = "carry_out", N_("Gjennomfører")


class Outcome(Worded):
    """What came of a row. A row that waits is judged by what is there when its turn comes."""

    READ = "read", N_("Lest")
    READY = "ready", N_("Kan gjennomføres")
    MADE = "made", N_("Gjennomført")
    EXISTS = "exists", N_("Finnes allerede")
    WRONG = "wrong", N_("Kan ikke gjennomføres")


@dataclass(frozen=True)
class Heading:
    """A column of the file: its code, and what it is called in both forms of Norwegian."""

    code: str
    nb: str
    nn: str
    needed: bool = False

    def in_(self, language: Language | str) -> str:
        """What it is called for this reader."""
        return self.nn if language == Language.NN else self.nb

    @property
    def called(self) -> frozenset[str]:
        """All it may be called in a file."""
        return frozenset(_bare(each) for each in (self.code, self.nb, self.nn))


@dataclass(frozen=True)
class FileRow:
    """A row of the file, as its cells are called; `mended_by`: the key of whoever wrote what it says now, else None."""

    row_no: int
    says: Mapping[str, str]
    mended_by: int | None = None


@dataclass(frozen=True)
class Judged:
    """What comes of a row; `thing` is the row that was made or found: «claim:7»."""

    row_no: int
    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    thing: str = ""


@dataclass(frozen=True)
class Places:
    """Where each column stands in a file; `faults` is why the whole file is refused."""

    codes: Mapping[int, str] = field(default_factory=dict)
    faults: tuple[Reason, ...] = ()


def places(cells: Sequence[str], headings: Sequence[Heading]) -> Places:
    """Which column of the file is which, by its first row; every column must have a heading we know, once."""
    known = {name: heading for heading in headings for name in heading.called}
    codes: dict[int, str] = {}
    faults: list[Reason] = []
    for number, cell in enumerate(cells, start=1):
        heading = known.get(_bare(cell))
        if not cell:
            faults.append(Reason(N_("Kolonne %(number)s har ingen overskrift. Del opp celler som er slått sammen."),
                                 {"number": number}))  # fmt: skip
        elif heading is None:
            text = N_("Vi kjenner ikke overskriften «%(heading)s». Bruk overskriftene i malen.")
            faults.append(Reason(text, {"heading": cell}))
        elif heading.code in codes.values():
            faults.append(Reason(N_("Overskriften «%(heading)s» står to ganger."), {"heading": cell}))
        else:
            codes[number - 1] = heading.code
    faults += [
        Reason(N_("Kolonnen «%(heading)s» mangler."), {"heading": heading})
        for heading in headings
        if heading.needed and heading.code not in codes.values()
    ]
    return Places(codes, tuple(faults))


def line(row_no: int, cells: Sequence[str], found: Places) -> FileRow:
    """The row by its columns; empty cells are left out."""
    says = {code: cells[at] for at, code in found.codes.items() if at < len(cells) and cells[at]}
    return FileRow(row_no, says)


def _bare(heading: str) -> str:
    return " ".join(clean_code(heading).casefold().rstrip(" .:*").split())


def kept(reason: Reason) -> dict[str, Any]:
    """A reason as JSON keeps it, to be translated when it is shown."""
    return {"text": reason.text, "facts": {name: _kept(value) for name, value in reason.facts.items()}}


def told(stored: Mapping[str, Any]) -> Reason:
    """The reason again."""
    return Reason(stored["text"], {name: _told(value) for name, value in stored["facts"].items()})


def _kept(value: Any) -> Any:
    if isinstance(value, Worded):
        return {"text": value.word, "facts": {}}
    if isinstance(value, Reason):
        return kept(value)
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if hasattr(value, "in_"):
        return {"nb": value.in_(Language.NB), "nn": value.in_(Language.NN)}
    return value if isinstance(value, int) else str(value)


def _told(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if "day" in value:
        return date.fromisoformat(value["day"])
    if "nb" in value:
        return Heading("", value["nb"], value["nn"])
    return told(value)
