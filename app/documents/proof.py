"""Proving that the files the database knows lie in its directory, each with the bytes it had."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.documents import files, mark, queries

_MANY = 500
_NAMED = 10


@dataclass
class Proof:
    """What was found. `missing` and `damaged` name a few of them, each by its hash and the document's title."""

    files: int = 0
    documents: int = 0
    missing: int = 0
    damaged: int = 0
    # Files of no row: newer than the database, when that is an old copy; or left by a crash, until the sweep.
    unknown: int = 0
    foreign: bool = False
    named: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether every file is there as it was."""
        return not (self.missing or self.damaged or self.foreign)


def prove() -> Proof:
    """Read every stored file and compare its hash. Takes as long as the disk does."""
    proof = Proof(documents=queries.how_many())
    proof.foreign = not mark.fits()
    for sha256 in queries.hashes(_MANY):
        proof.files += 1
        try:
            files.get(sha256)
        except files.Damaged:
            there = files.is_there(sha256)
            proof.damaged, proof.missing = proof.damaged + there, proof.missing + (not there)
            if len(proof.named) < _NAMED:
                proof.named.append(f"{'damaged' if there else 'missing'}: {sha256} {_title(sha256)}".rstrip())
    proof.unknown = sum(_unknown())
    return proof


def _title(sha256: str) -> str:
    title = queries.title_of(sha256)
    return f"({title})" if title else ""


def _unknown() -> Iterator[int]:
    names: list[str] = []
    for name in files.names():
        names.append(name)
        if len(names) == _MANY:
            yield len(names) - len(queries.stored(names))
            names = []
    yield len(names) - len(queries.stored(names))
