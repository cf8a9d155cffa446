"""What a package (ZIP) holds, judged from its directory before anything is unpacked."""

import zipfile
from pathlib import Path

from app.documents.domain.files import Fault

MOST_PARTS = 2000
MOST_UNPACKED = 60 * 1024 * 1024
MOST_TIMES = 150
# Small parts are packed well, and harmless.
_SMALL = 1024 * 1024
_ENCRYPTED = 0x1


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
    names = [part.filename for part in parts]
    if len(set(names)) < len(names) or any(n.startswith("/") or "\\" in n or ".." in n.split("/") for n in names):
        return Fault.BROKEN
    return None
