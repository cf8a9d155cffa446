"""The child: `python -m app.documents.checks TYPE PATH` says «fine» or the code of what is wrong.

With «counts» after them it may tell of no person: «persons 17» is what is wrong and the row or page it stands on.
"""

import resource
import sys
from pathlib import Path

from app.documents.checks import check
from app.documents.checks.child import MEMORY_BYTES, SECONDS
from app.documents.domain.files import FileType


def main(kind: str, path: str, only: str = "") -> str:
    """Bound this process, then read. What goes over the bound ends without a word, and the parent says TOO_HARD."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found = check(Path(path), FileType(kind))
    if found is None and only == "counts":
        return _persons(Path(path), FileType(kind))
    return found.value if found else "fine"


def _persons(path: Path, kind: FileType) -> str:
    from app.documents.checks import pdf_text, persons

    found = pdf_text.find(path) if kind is FileType.PDF else persons.find(path, kind)
    return f"{found[0].value} {found[1]}" if found else "fine"


if __name__ == "__main__":
    sys.stdout.write(main(*sys.argv[1:]))
