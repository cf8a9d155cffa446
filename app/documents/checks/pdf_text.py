"""Whether a PDF's text tells of persons it must not, and on what page: numbers of people, headings for each patient.

The text layer is read, and all that is written beside it: notes, fields, bookmarks, what is read aloud, what the file
says of itself. A scanned page is a picture, and nothing here reads it; the forms that ask for files say so.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from app.documents.domain.files import Fault
from app.values.no_patients import holds_national_id, tells_of_patients

# Pages of one attachment: each is drawn in the mind to be read, and the whole check has its seconds.
MOST_PAGES = 200
MOST_ASIDE = 1_000_000
_LONGEST_HEADING = 40
# Cells of a line: where a table's columns are apart, and before what a form's label asks for.
_CELLS = re.compile(r"\t|\s{2,}|[|;:]")
# Eleven digits, each in a box of a form.
_BOXES = re.compile(r"(?<![0-9])[0-9](?:\s{1,3}[0-9]){10}(?![0-9])")
_SENTENCE = (".", "!", "?", ",")
# Text so long that it is laid in a stream: what stands in a field, and what is written of a note.
_LONG_TEXT = ("/V", "/DV", "/RV", "/RC")


def find(path: Path) -> tuple[Fault, int] | None:
    """What is wrong and on which page (0: beside the pages), or None. A page that cannot be read is broken."""
    try:
        return _find(PdfReader(path))
    except LimitReachedError:
        return Fault.BOMB, 0
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, zlib.error):
        return Fault.BROKEN, 0
    except (RecursionError, MemoryError):
        return Fault.TOO_HARD, 0


def _find(reader: PdfReader) -> tuple[Fault, int] | None:
    if reader.get_num_pages() > MOST_PAGES:
        return Fault.TOO_MUCH, 0
    for number, page in enumerate(reader.pages, 1):
        text = _said_on(page)
        if _is_of_person(text):
            return Fault.PAGE_PERSONS, number
        if any(map(_is_heading, text.splitlines())):
            return Fault.PAGE_PATIENTS, number
    return (Fault.PDF_ASIDE, 0) if any(map(_is_of_person, _aside(reader))) else None


def _said_on(page: PageObject) -> str:
    aloud: list[str] = []

    def hear(sign: Any, of: Any, *_: Any) -> None:
        aloud.extend(_aloud(sign, of))

    return "\n".join([page.extract_text(visitor_operand_before=hear), *_drawn_on(page), *aloud])


def _is_of_person(text: str) -> bool:
    return holds_national_id(text) or any(holds_national_id(_bare(each)) for each in _BOXES.findall(text))


def _aloud(sign: Any, of: Any) -> Iterator[str]:
    """What a reader is told that a piece of the page says, whatever is drawn there (14.9.4)."""
    if sign == b"BDC" and len(of) == 2:
        yield from (_text(each) for each in dict.values(_dict(of[1])) if isinstance(each, str | bytes))


def _drawn_on(page: PageObject) -> Iterator[str]:
    """The text of what lies on the page: stamps, and fields as they look (12.5.5)."""
    notes = _resolved(page.get("/Annots"))
    for each in list.__iter__(notes) if isinstance(notes, ArrayObject) else ():
        looks = _resolved(_dict(each).get("/AP"))
        look = _resolved(_dict(looks).get("/N"))
        # One look, or one for each state of a box.
        looked = [look] if isinstance(look, StreamObject) else [_resolved(one) for one in dict.values(_dict(look))]
        for one in looked:
            if isinstance(one, StreamObject):
                yield page.extract_xform_text(one)  # type: ignore[arg-type]  # read packed or not, whatever pypdf says


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dict(value: Any) -> dict[Any, Any]:
    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else {}


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_heading(line: str) -> bool:
    """Whether the line names what is told of each patient: a table's headings, or the label of a form; no sentence."""
    if line.rstrip().endswith(_SENTENCE):
        return False
    cells = [cell.strip() for cell in _CELLS.split(line)]
    return any(len(cell) <= _LONGEST_HEADING and tells_of_patients(cell) for cell in cells)


def _aside(reader: PdfReader) -> Iterator[str]:
    """Every text of the file that no page draws, whatever it is called and wherever it lies."""
    keys = {(number, generation) for generation, table in reader.xref.items() for number in table}
    keys |= {(number, 0) for number in reader.xref_objStm}
    waiting: list[Any] = [reader.trailer.get("/Info")]
    waiting += [IndirectObject(number, generation, reader) for number, generation in sorted(keys)]
    seen = 0
    while waiting:
        thing, seen = waiting.pop(), seen + 1
        if seen > MOST_ASIDE:
            raise LimitReachedError("more than is looked through")
        thing = _resolved(thing)
        if isinstance(thing, DictionaryObject):
            yield from _streamed(thing)
            # The mark of a file is no text, and a name is no value.
            within: Iterable[Any] = (each for key, each in dict.items(thing) if key != "/ID")
        elif isinstance(thing, ArrayObject):
            within = list.__iter__(thing)
        else:
            within = (thing,)
        for each in within:
            if isinstance(each, DictionaryObject | ArrayObject):
                waiting.append(each)
            elif isinstance(each, str | bytes) and not isinstance(each, NameObject):
                yield _text(each)


def _streamed(thing: DictionaryObject) -> Iterator[str]:
    """What the file says of itself as XML (14.3.2), and a text that is long."""
    found = [thing] if _resolved(thing.get("/Type")) == "/Metadata" else []
    found += [_resolved(thing.get(key)) for key in _LONG_TEXT]
    for each in found:
        if isinstance(each, StreamObject):
            # In two or four bytes for a sign, digits are digits with noughts between.
            yield each.get_data().replace(b"\0", b"").decode("utf-8", "replace")


def _text(text: str | bytes) -> str:
    return text.decode("latin-1") if isinstance(text, bytes) else text
