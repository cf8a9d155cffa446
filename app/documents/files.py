"""Bytes on disk, by their SHA-256. Written aside, fsynced and renamed, so that a file is whole or not there.

The directory may be shared by several machines. A mark in it tells which database it belongs to.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask import current_app

from app.config import Settings

MARK = "store-id"
_TEMPORARY = "incoming"
_CHUNK = 256 * 1024


class Damaged(Exception):
    """A stored file is gone, or its bytes no longer have the hash it is filed under."""


def directory() -> Path:
    """Where this installation keeps its files."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.files_dir


def address(data: bytes) -> str:
    """The name these bytes are filed under: SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def place(sha256: str) -> Path:
    """The path of these bytes; two levels of 256 folders keep each folder small."""
    return directory() / sha256[:2] / sha256[2:4] / sha256


def is_there(sha256: str) -> bool:
    """Whether the bytes lie on disk."""
    return place(sha256).is_file()


def put(data: bytes) -> str:
    """File these bytes and give their hash. Raises OSError (a full disk, say) with nothing left half-written."""
    sha256 = address(data)
    path = place(sha256)
    if path.is_file() and path.stat().st_size == len(data):
        # Young again: the sweep leaves alone what somebody is about to point at.
        os.utime(path)
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, data)
    _sync_folder(path.parent.parent)
    _sync_folder(directory())
    return sha256


@dataclass(frozen=True)
class Incoming:
    """Bytes that lie aside while they are judged; nobody can reach them yet."""

    path: Path
    sha256: str
    size: int


class TooBig(Exception):
    """More bytes than were allowed."""


@contextmanager
def receive(stream: IO[bytes], most: int) -> Iterator[Incoming]:
    """Lay a stream aside, at most `most` bytes, hashed on its way and never whole in memory; gone when the block ends.

    `keep` files it. Raises TooBig, or OSError (a full disk), with nothing left behind.
    """
    folder = directory() / _TEMPORARY
    folder.mkdir(parents=True, exist_ok=True)
    path, machine, size = folder / secrets.token_hex(16), hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise TooBig
                machine.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield Incoming(path, machine.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def keep(incoming: Incoming) -> None:
    """File what was laid aside under its hash; the same bytes filed before are only made young again."""
    path = place(incoming.sha256)
    if path.is_file() and path.stat().st_size == incoming.size:
        os.utime(path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    incoming.path.replace(path)
    for folder in (path.parent, path.parent.parent, directory()):
        _sync_folder(folder)


def get(sha256: str) -> bytes:
    """The bytes, proven against their hash. Raises Damaged when they are gone or changed."""
    try:
        data = place(sha256).read_bytes()
    except FileNotFoundError as gone:
        raise Damaged(f"{sha256} is not in {directory()}") from gone
    if address(data) != sha256:
        raise Damaged(f"{sha256} in {directory()} no longer has its hash")
    return data


def mark() -> str | None:
    """The mark of this directory, or None when it has none."""
    try:
        return (directory() / MARK).read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def set_mark(text: str) -> None:
    """Mark the directory as belonging to one database."""
    directory().mkdir(parents=True, exist_ok=True)
    _write(directory() / MARK, text.encode("ascii"))


def names() -> Iterator[str]:
    """The name of every whole file that lies here."""
    for path in directory().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        yield path.name


def older_than(moment: float) -> Iterator[Path]:
    """Files (whole or half-written) last touched before `moment`, seconds since 1970 by the machine's clock."""
    for path in directory().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        if path.stat().st_mtime < moment:
            yield path
    for path in (directory() / _TEMPORARY).glob("*"):
        if path.stat().st_mtime < moment:
            yield path


def _write(path: Path, data: bytes) -> None:
    folder = directory() / _TEMPORARY
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / secrets.token_hex(16)
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """A rename is only safe from a power cut when its folder is on disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
