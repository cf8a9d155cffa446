"""What a package (ZIP) holds, judged from its directory before anything is unpacked."""

import io
import struct
import zipfile
from pathlib import Path
from typing import IO

from app.documents.domain.files import Fault

MOST_PARTS = 2000
MOST_UNPACKED = 60 * 1024 * 1024
MOST_TIMES = 150
# Small parts are packed well, and harmless.
_SMALL = 1024 * 1024
_ENCRYPTED = 0x1
_END, _END_SIZE = b"PK\x05\x06", 22
# The head of a part: here only how long its name and its extra field are (APPNOTE 4.3.7).
_LOCAL = struct.Struct("<26xHH")
# A part may be followed by its sizes and checksum (4.3.9), with or without their mark, in four bytes or eight.
_AFTERS = frozenset({0, 12, 16, 20, 24})


def opens_as_zip(path: Path) -> bool:
    """Whether a program that looks for a package would find one."""
    try:
        with zipfile.ZipFile(path) as package:
            return bool(package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def sizes(parts: list[zipfile.ZipInfo]) -> Fault | None:
    """Whether the package is open, and stays within bounds when it is unpacked."""
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        return Fault.LOCKED
    if len(parts) > MOST_PARTS:
        return Fault.TOO_MUCH
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        return Fault.BOMB
    if any(p.file_size > _SMALL and p.file_size > MOST_TIMES * max(1, p.compress_size) for p in parts):
        return Fault.BOMB
    # Programs differ in whether «A» and «a» are one part, so no two may differ in that alone.
    names = [part.filename.casefold() for part in parts]
    if len(set(names)) < len(names) or any(_leads_away(name) for name in names):
        return Fault.BROKEN
    return None


def _leads_away(name: str) -> bool:
    return "\\" in name or any(step in ("", ".", "..") for step in name.removesuffix("/").split("/"))


def is_nothing_but(package: zipfile.ZipFile, file: IO[bytes]) -> bool:
    """Whether the file is this package alone: no bytes before, between, after or in a comment for others to find."""
    at = 0
    for part in sorted(package.infolist(), key=lambda part: part.header_offset):
        if part.header_offset - at not in (_AFTERS if at else (0,)):
            return False
        file.seek(part.header_offset)
        head = file.read(_LOCAL.size)
        if len(head) < _LOCAL.size:
            return False
        name, extra = _LOCAL.unpack(head)
        at = part.header_offset + _LOCAL.size + name + extra + part.compress_size
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - _END_SIZE))
    return package.start_dir - at in _AFTERS and file.read(4) == _END and not package.comment
