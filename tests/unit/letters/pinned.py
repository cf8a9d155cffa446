"""The hash of every landed text. `python -m tests.unit.letters.pinned` pins new files; a pinned one never changes."""

from hashlib import sha256
from pathlib import Path

from letters.wording import FOLDER

TABLE = Path(__file__).with_name("pinned_texts.txt")


def landed() -> dict[str, str]:
    """Hash by file, as pinned."""
    rows = (line.split() for line in TABLE.read_text("utf-8").splitlines())
    return {name: digest for digest, name in rows}


def now() -> dict[str, str]:
    """Hash by file, as the texts are."""
    files = sorted(FOLDER.rglob("*.txt"))
    return {path.relative_to(FOLDER).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    table = now() | (landed() if TABLE.exists() else {})
    TABLE.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(table.items())), "utf-8")
