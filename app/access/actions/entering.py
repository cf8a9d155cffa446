"""Log-in with name and password."""

import secrets
import unicodedata
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.access import queries
from app.access.models import LoginFailure, User
from app.db import db, writing

# One lane: eight threads at 64 MiB each is what the smallest machine bears.
_hasher = PasswordHasher(parallelism=1)
WINDOW = timedelta(minutes=15)
TRIES = 5


class TooMany(Exception):
    """Too many failed tries for this name or address; wait WINDOW."""


def log_in(username: str, password: str, *, address: str, at: datetime) -> User | None:
    """The account when name and password fit, else None. Raises TooMany. Hashes outside any transaction."""
    key = f"{username.strip().casefold()}|{address}"
    if queries.failures_since(key, at - WINDOW) >= TRIES:
        raise TooMany
    user = queries.by_username(username)
    known = user.password_hash if user else _nobody()
    db.session.rollback()
    if _fits(known, password) and user is not None and user.active:
        return user
    with writing() as session:
        session.execute(sa.delete(LoginFailure).where(LoginFailure.at < at - 4 * WINDOW))
        session.add(LoginFailure(key=key, at=at))
    return None


@cache
def _nobody() -> str:
    """The hash an unknown name is held against; made when first needed, for hashing takes long on purpose."""
    return _hasher.hash("nobody has this password")


def _fits(stored: str, password: str) -> bool:
    # An unknown name costs the same time as a known one, so that names cannot be guessed by the clock.
    try:
        return _hasher.verify(stored, _one_form(password))
    except (VerificationError, InvalidHashError):
        return False


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    return _hasher.hash(_one_form(password))


def unknown_password() -> str:
    """The hash of a password nobody knows, for an account that waits for its first."""
    return hash_password(secrets.token_urlsafe(32))


def _one_form(password: str) -> str:
    """An å typed on another keyboard is the same å (OWASP ASVS 4.0.3, 2.1.4; NIST 800-63B 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
