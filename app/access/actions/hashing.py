"""Making and checking password hashes, a few at a time."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.access import queries
from app.access.actions.braking import TooMany, count, take_out
from app.access.actions.watching import tell
from app.access.domain import Happening
from app.access.domain.tries import PLACE
from app.db import db

# One lane: eight threads at 64 MiB each is what the smallest machine bears.
_hasher = PasswordHasher(parallelism=1)
# Of a process's four threads two may hash; the others go on serving pages.
HASHES_AT_ONCE = 2
PATIENCE_SECONDS = 4.0
_lanes = BoundedSemaphore(HASHES_AT_ONCE)


# Stored for an account that no password opens: it waits for its first, or was ended.
NO_PASSWORD = ""


class Busy(Exception):
    """So many passwords are being checked that this one had to give up; nothing is counted against anybody."""


def hash_password(password: str) -> str:
    """The argon2id hash to store. Raises Busy."""
    with _lane():
        return _hasher.hash(_one_form(password))


def fits(stored: str | None, password: str) -> bool:
    """Whether it is the password stored. Takes as long when none is (None, NO_PASSWORD). Raises Busy."""
    with _lane():
        try:
            # Asked for whoever comes: the first unknown name of a process must not take longer than the first known.
            nobody = _nobody()
            return _hasher.verify(stored or nobody, _one_form(password)) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


def confirm_password(user_id: int, password: str, *, address: str, at: datetime) -> bool:
    """Whether a person who is already inside gave their own password; `at` by the wall clock.

    Counted and braked like a log-in, but apart from it. Commits; hashes outside any transaction.
    Raises TooMany and Busy.
    """
    stored = queries.password_hash_of(user_id)
    try:
        counted = count({f"again:{user_id}": PLACE}, at)
    except TooMany:
        tell(Happening.BRAKED, user_id=user_id, address=address, path="", at=at)
        raise
    db.session.rollback()
    try:
        right = fits(stored, password)
    except Busy:
        take_out(counted)
        raise
    if right:
        take_out(counted)
    else:
        tell(Happening.WRONG_AGAIN, user_id=user_id, address=address, path="", at=at)
    return right


def _one_form(password: str) -> str:
    """An å typed on another keyboard is the same å (OWASP ASVS 4.0.3, 2.1.4; NIST 800-63B 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


@contextmanager
def _lane() -> Iterator[None]:
    if not _lanes.acquire(timeout=PATIENCE_SECONDS):
        raise Busy
    try:
        yield
    finally:
        _lanes.release()


@cache
def _nobody() -> str:
    """The hash an unknown name is held against; made when first needed, for hashing takes long on purpose."""
    return _hasher.hash("nobody has this password")
