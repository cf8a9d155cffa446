"""A PDF: whole, open, still, and nothing else besides (ISO 32000-1: 7.5 file structure, 12.6 actions)."""

import logging
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.filters import ASCII85Decode, ASCIIHexDecode, LZWDecode, RunLengthDecode
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from app.documents.checks.links import leads_elsewhere
from app.documents.checks.lookalike import begins_as_markup
from app.documents.checks.zipped import opens_as_zip
from app.documents.domain.files import Fault

MOST_PAGES = 2000
MOST_OBJECTS = 300_000
MOST_ACTIONS = 100
MOST_UNPACKED = 400 * 1024 * 1024
_TAIL = 2048
_FLATE = frozenset({"/FlateDecode", "/Fl"})
# The others, unpacked by pypdf within its own bounds (LimitReachedError).
_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "/LZWDecode": LZWDecode.decode,
    "/LZW": LZWDecode.decode,
    "/RunLengthDecode": RunLengthDecode.decode,
    "/RL": RunLengthDecode.decode,
}
_SPELL: dict[str, Callable[[bytes], bytes]] = {
    "/ASCIIHexDecode": ASCIIHexDecode.decode,
    "/AHx": ASCIIHexDecode.decode,
    "/ASCII85Decode": ASCII85Decode.decode,
    "/A85": ASCII85Decode.decode,
}

# What an action does (`/S`); every kind not named here only moves within the document or follows a link when clicked.
# An action that nobody clicks (`/OpenAction`, `/AA`: 12.6.3) may only move.
_ACTIONS = {
    "/JavaScript": Fault.SCRIPT,
    "/Launch": Fault.LAUNCH,
    "/GoToR": Fault.LAUNCH,
    "/GoToE": Fault.INSIDE,
    "/SubmitForm": Fault.SENDS,
    "/ImportData": Fault.SENDS,
    "/Rendition": Fault.MOVING,
    "/Movie": Fault.MOVING,
    "/Sound": Fault.MOVING,
    "/RichMediaExecute": Fault.MOVING,
    "/GoTo3DView": Fault.MOVING,
}
_KEYS = {
    "/JS": Fault.SCRIPT,
    "/JavaScript": Fault.SCRIPT,
    "/XFA": Fault.XFA,
    "/EmbeddedFiles": Fault.INSIDE,
    "/EF": Fault.INSIDE,
    "/Collection": Fault.INSIDE,
}
# A stream, or what it draws, lies in another file (7.3.8.2, 8.10.4, OPI).
_ELSEWHERE = ("/F", "/Ref", "/OPI")
_MOVES = frozenset({"/GoTo", "/Named", "/SetOCGState", "/Hide", "/Trans"})
_SUBTYPES = {
    "/FileAttachment": Fault.INSIDE,
    "/RichMedia": Fault.MOVING,
    "/Screen": Fault.MOVING,
    "/Movie": Fault.MOVING,
    "/Sound": Fault.MOVING,
    "/3D": Fault.MOVING,
}
# pypdf tells about every small oddity of a file it can read all the same.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def check(path: Path) -> Fault | None:
    """What is wrong with the file, or None."""
    with path.open("rb") as file:
        head = file.read(1024)
        if not head.startswith(b"%PDF-"):
            return Fault.NOT_PDF
        file.seek(max(0, path.stat().st_size - _TAIL))
        end, mark, after = file.read().rpartition(b"%%EOF")
    del end
    if not mark:
        return Fault.BROKEN
    if after.strip(b"\r\n\t \0") or begins_as_markup(head) or opens_as_zip(path):
        return Fault.TWO_IN_ONE
    try:
        return _read(path)
    except LimitReachedError:
        return Fault.BOMB
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, zlib.error):
        # pypdf meets broken files with whatever its code stumbles on.
        return Fault.BROKEN
    except (RecursionError, MemoryError):
        return Fault.TOO_HARD


def _read(path: Path) -> Fault | None:
    reader = PdfReader(path)
    if reader.is_encrypted:
        return Fault.LOCKED
    if not 0 < (pages := reader.get_num_pages()) <= MOST_PAGES:
        return Fault.TOO_MUCH if pages else Fault.BROKEN
    return _through(reader)


def _through(reader: PdfReader) -> Fault | None:
    room = MOST_UNPACKED
    for number, thing in enumerate(_objects(reader)):
        if number > MOST_OBJECTS:
            return Fault.TOO_MUCH
        if isinstance(thing, DictionaryObject) and (found := _what_it_does(thing)):
            return found
        if isinstance(thing, StreamObject):
            room -= _unpacked(thing, room)
            if room < 0:
                return Fault.BOMB
    return None


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file, reached from its root or not, with all it holds directly."""
    yield from _within(reader.trailer)
    keys = {(number, generation) for generation, table in reader.xref.items() for number in table}
    keys |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(keys):
        yield from _within(IndirectObject(number, generation, reader).get_object())


def _within(thing: Any) -> Iterator[Any]:
    waiting = [thing]
    while waiting:
        each = waiting.pop()
        yield each
        if isinstance(each, DictionaryObject):
            waiting.extend(dict.values(each))
        elif isinstance(each, ArrayObject):
            waiting.extend(list.__iter__(each))


def _what_it_does(thing: DictionaryObject) -> Fault | None:
    for key, fault in _KEYS.items():
        if key in thing:
            return fault
    if isinstance(thing, StreamObject) and any(key in thing for key in _ELSEWHERE):
        return Fault.LAUNCH
    for key, faults in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES)):
        value = _resolved(thing.get(key))
        if isinstance(value, NameObject) and str(value) in faults:
            return faults[str(value)]
    return _leads_elsewhere(thing) or _acts_unasked(thing)


def _leads_elsewhere(thing: DictionaryObject) -> Fault | None:
    """A link (12.6.4.7) to something else than a page, or an article thread (12.6.4.6) of another file."""
    if _resolved(thing.get("/S")) == "/Thread" and "/F" in thing:
        return Fault.LAUNCH
    for key in ("/URI", "/Base"):
        address = _resolved(thing.get(key))
        text = address.decode("latin-1") if isinstance(address, bytes) else address
        if isinstance(text, str) and leads_elsewhere(text):
            return Fault.LAUNCH
    return None


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _acts_unasked(thing: DictionaryObject) -> Fault | None:
    """What opening the file, or a page, does besides moving within it."""
    events = _resolved(thing.get("/AA"))
    waiting = [thing.get("/OpenAction"), *(dict.values(events) if isinstance(events, DictionaryObject) else ())]
    seen = 0
    while waiting and seen < MOST_ACTIONS:
        action, seen = _resolved(waiting.pop()), seen + 1
        if isinstance(action, DictionaryObject):
            if (kind := str(_resolved(action.get("/S")))) not in _MOVES:
                return _ACTIONS.get(kind, Fault.LAUNCH)
            following = _resolved(action.get("/Next"))
            waiting.extend(list.__iter__(following) if isinstance(following, ArrayObject) else [following])
    return Fault.TOO_MUCH if waiting else None


def _unpacked(stream: StreamObject, room: int) -> int:
    """How large it becomes, counted without keeping it; more than `room` when it is packed again and again."""
    filters = _resolved(stream.get("/Filter", ArrayObject()))
    names = [str(_resolved(f)) for f in (filters if isinstance(filters, ArrayObject) else [filters])]
    if sum(name in _FLATE or name in _UNPACK for name in names) > 1:
        return room + 1
    data: bytes = stream._data
    for name in names:
        if name in _FLATE:
            return _inflated(data, room)
        if decode := _SPELL.get(name) or _UNPACK.get(name):
            data = decode(data)
    return len(data)


def _inflated(data: bytes, room: int) -> int:
    machine, size = zlib.decompressobj(), 0
    while data and not machine.eof and size <= room:
        try:
            size += len(machine.decompress(data, 1 << 20))
        except zlib.error:
            # What a reader cannot unpack shows nothing; the pages that need it are found broken by their own reader.
            return size
        data = machine.unconsumed_tail
    return size
