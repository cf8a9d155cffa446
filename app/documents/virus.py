"""Asking ClamAV about a file (clamd(8), INSTREAM), where TILSAGN_CLAMD says where it listens.

Forty lines of our own: the client on PyPI has had no release for ten years. Whatever goes wrong, the answer is
«waiting», and what waits is not opened.
"""

import socket
from dataclasses import dataclass
from pathlib import Path

import structlog
from flask import current_app

from app.config import Settings
from app.documents.domain.scopes import Verdict

log = structlog.get_logger()
_CHUNK = 64 * 1024
_SECONDS = 30.0
_LONGEST_ANSWER = 4096


@dataclass(frozen=True)
class Told:
    """What the program said, and what it called what it found."""

    verdict: Verdict
    found: str = ""


def verdict(path: Path) -> Told | None:
    """What the virus program says of this file; None where none is set."""
    settings: Settings = current_app.config["SETTINGS"]
    return ask(settings.clamd, path) if settings.clamd else None


def ask(address: str, path: Path) -> Told:
    """Ask the program at `address`, a path of a socket or host:port."""
    try:
        with _connected(address) as line, path.open("rb") as file:
            line.sendall(b"zINSTREAM\0")
            while chunk := file.read(_CHUNK):
                line.sendall(len(chunk).to_bytes(4, "big") + chunk)
            line.sendall(bytes(4))
            said = _answer(line)
    except OSError as fault:
        log.warning("virus program did not answer", why=str(fault))
        return Told(Verdict.WAITING)
    if said == "stream: OK":
        return Told(Verdict.CLEAN)
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return Told(Verdict.INFECTED, said.removeprefix("stream: ").removesuffix(" FOUND"))
    log.warning("virus program gave no verdict", said=said)
    return Told(Verdict.WAITING)


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), _SECONDS)


def _answer(line: socket.socket) -> str:
    said = b""
    while len(said) < _LONGEST_ANSWER and not said.endswith(b"\0") and (more := line.recv(1024)):
        said += more
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()
