"""Whether an uploaded file is what it says, whole and still. Parsing only; nothing here knows the database."""

from importlib import import_module
from pathlib import Path

from app.documents.domain.files import Fault, FileType

# Each parser is loaded only when its type is checked: the child starts for one file.
_MODULES = {FileType.PDF: "pdf", FileType.XLSX: "xlsx", FileType.CSV: "table"}


def check(path: Path, kind: FileType) -> Fault | None:
    """What is wrong with this file, or None. May take long and much memory: see `child`."""
    found: Fault | None = import_module(f"app.documents.checks.{_MODULES[kind]}").check(path)
    return found
