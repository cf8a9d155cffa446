"""Proving that the files the database knows lie in its directory, each with the bytes it had."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa

from app.db import db
from app.documents import files, mark
from app.documents.models import Document, StoredFile
from app.documents.queries import stored

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
    proof = Proof(documents=db.session.scalar(sa.select(sa.func.count()).select_from(Document)) or 0)
    proof.foreign = not mark.fits()
    for sha256 in _hashes():
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


def _hashes() -> Iterator[str]:
    """By the database's own order, a few at a time."""
    after = ""
    query = sa.select(StoredFile.sha256).order_by(StoredFile.sha256).limit(_MANY)
    while some := list(db.session.scalars(query.where(StoredFile.sha256 > after))):
        yield from some
        after = some[-1]


def _title(sha256: str) -> str:
    first = sa.select(Document.title).where(Document.sha256 == sha256).order_by(Document.id).limit(1)
    title = db.session.scalar(first)
    return f"({title})" if title else ""


def _unknown() -> Iterator[int]:
    names: list[str] = []
    for name in files.names():
        names.append(name)
        if len(names) == _MANY:
            yield len(names) - len(stored(names))
            names = []
    yield len(names) - len(stored(names))
