"""Whether a PDF's text tells of persons it must not, and on what page: numbers of people, headings for each patient.

The text layer is read, and what people write beside it: notes, fields, bookmarks, what the file says of itself. A
scanned page is a picture, and nothing here reads it; the forms that ask for files say so.
"""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

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
_WRITTEN = ("/Contents", "/V", "/T", "/TU", "/Title", "/Subject", "/Author", "/Keywords")


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
        text = "\n".join([page.extract_text(), *_drawn_on(page)])
        if holds_national_id(text) or any(holds_national_id(_bare(each)) for each in _BOXES.findall(text)):
            return Fault.PAGE_PERSONS, number
        if any(map(_is_heading, text.splitlines())):
            return Fault.PAGE_PATIENTS, number
    return (Fault.PDF_ASIDE, 0) if any(map(holds_national_id, _aside(reader))) else None


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
    """What is written in notes, fields and bookmarks, and about the file."""
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
            yield from (str(thing.get(key)) for key in _WRITTEN if isinstance(thing.get(key), str | bytes))
            waiting += [each for each in dict.values(thing) if isinstance(each, DictionaryObject | ArrayObject)]
        elif isinstance(thing, ArrayObject):
            waiting += [each for each in list.__iter__(thing) if isinstance(each, DictionaryObject | ArrayObject)]
