"""All settings, read once. The only reader of the environment."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from stdnum.no import orgnr

# The demo begins in the middle of the 2025 round: in real time every real municipality of the season would be late.
DEMO_START = "2025-02-10T09:00"
INSTANCE = Path(__file__).resolve().parent.parent / "instance"


_MAKE_ONE = "`openssl rand -hex 32` makes one"
# RFC 2104: a key shorter than what the hash gives weakens it.
SHORTEST_KEY = 32


class Missing(Exception):
    """A setting is absent or cannot be; the text names each one."""


def _whole(text: str, lowest: int, highest: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10 and lowest <= int(text) <= highest


def _number(env: Mapping[str, str], name: str, usual: int) -> int:
    """The number set, which CHECKS has judged, or the usual one."""
    return int(env.get(name) or usual)


def _parts(text: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address; blank where it is none."""
    try:
        parts = urlsplit(text)
        return parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        return "", "", None


def _is_base_url(text: str) -> bool:
    scheme, host, _port = _parts(text)
    return scheme in ("http", "https") and bool(host) and not any(sign in text for sign in "?#@ ")


def _is_bind(text: str) -> bool:
    host, _, port = text.rpartition(":")
    return bool(host) and _whole(port, 1, 65535)


def _is_smtp(text: str) -> bool:
    """smtplib says names and passwords in ASCII only, and a host by its labels (RFC 3490)."""
    scheme, host, _port = _parts(text)
    if scheme not in ("smtp", "smtp+starttls", "smtps") or not host:
        return False
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return unquote(urlsplit(text).netloc.rpartition("@")[0]).isascii()


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_address(text: str) -> bool:
    return re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+", parseaddr(text)[1]) is not None


# What each setting must look like: what is taken blindly fails later, at night, in somebody's letter.
CHECKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "TILSAGN_DEMO": (lambda text: text in ("0", "1"), "0 or 1"),
    "TILSAGN_SECRET_KEY": (
        lambda text: len(text.encode()) >= SHORTEST_KEY,
        f"at least {SHORTEST_KEY} bytes; {_MAKE_ONE}",
    ),
    "TILSAGN_BASE_URL": (_is_base_url, "http:// or https:// and a host name, such as https://tilskudd.example.no"),
    "TILSAGN_BIND": (_is_bind, "an address and a port, such as 127.0.0.1:8000"),
    "TILSAGN_DATABASE_URL": (
        lambda text: text.startswith(("sqlite:///", "postgresql+psycopg://")),
        "sqlite:///path or postgresql+psycopg://user:password@host/name",
    ),
    "TILSAGN_SMTP_URL": (
        _is_smtp,
        "smtp://, smtp+starttls:// or smtps:// and a host, such as smtp://mail.example.no:25, and a name and password"
        " without æ, ø, å and the like",
    ),
    "TILSAGN_CLAMD": (
        lambda text: text.startswith("/") or _is_bind(text),
        "where ClamAV listens, such as /run/clamav/clamd.ctl or 127.0.0.1:3310",
    ),
    "TILSAGN_MAIL_FROM": (_is_address, "an e-mail address"),
    "TILSAGN_CONTACT_EMAIL": (_is_address, "an e-mail address"),
    "TILSAGN_AUTHORITY_ORGNR": (orgnr.is_valid, "an organisation number of nine digits"),
    "TILSAGN_CLOCK": (_is_moment, "a moment, such as 2025-02-10T09:00"),
    "TILSAGN_LOCK_WAIT_MS": (lambda text: _whole(text, 1, 10**8), "a whole number of milliseconds"),
    "TILSAGN_SEND_WITHIN_DAYS": (lambda text: _whole(text, 1, 60), "a whole number of days, 1 to 60"),
    "TILSAGN_ADDRESS_DAYS": (lambda text: _whole(text, 0, 30), "a whole number of days, 0 to 30"),
    "TILSAGN_LINK_HOURS": (lambda text: _whole(text, 1, 720), "a whole number of hours, 1 to 720"),
    # Longer than the five minutes between two notes of a session's use.
    "TILSAGN_IDLE_MINUTES": (lambda text: _whole(text, 10, 720), "a whole number of minutes, 10 to 720"),
    "TILSAGN_IDLE_MINUTES_RECIPIENT": (lambda text: _whole(text, 10, 720), "a whole number of minutes, 10 to 720"),
    "TILSAGN_SESSION_HOURS": (lambda text: _whole(text, 1, 72), "a whole number of hours, 1 to 72"),
    "TILSAGN_PASSWORD_MINUTES": (lambda text: _whole(text, 1, 720), "a whole number of minutes, 1 to 720"),
    "TILSAGN_TRUSTED_PROXIES": (lambda text: _whole(text, 0, 9), "how many proxies, 0 to 9"),
}
# Anything goes: names, a telephone number, folders.
FREE = ("TILSAGN_INSTANCE", "TILSAGN_FILES", "TILSAGN_AUTHORITY", "TILSAGN_CONTACT_PHONE")


def _shown(name: str, text: str) -> str:
    """What was set, but never a secret: it would stand in the log."""
    hidden = {"TILSAGN_SECRET_KEY", "TILSAGN_DATABASE_URL", "TILSAGN_SMTP_URL"}
    return "set wrongly" if name in hidden else repr(text)


@dataclass(frozen=True)
class Settings:
    """How this installation runs.

    `demo` opens the demo accounts and the movable clock; off, there is no default account and no default secret.
    `bind` is the address and port the web process listens on.
    `clock_start` is a local time "2025-02-10T09:00" the demo starts at; kept with the data from the first start.
    """

    database_url: str
    files_dir: Path
    secret_key: str
    demo: bool = False
    clock_start: str | None = None
    smtp_url: str | None = None
    mail_from: str = "tilskudd@example.invalid"
    bind: str = "127.0.0.1:8000"
    base_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = True
    authority: str = "Helsedirektoratet"
    authority_orgnr: str = "983544622"
    contact_email: str = "tilskudd@example.invalid"
    contact_phone: str = ""
    # Where ClamAV listens (a socket's path, or host:port); without it uploads are not checked for viruses.
    clamd: str | None = None
    testing: bool = False
    # How many days a decided letter may wait before it is sent (forvaltningsloven § 27: without undue delay).
    send_within_days: int = 14
    # How long SQLite waits for another writer before it gives up; shorter than a browser's patience.
    lock_wait_ms: int = 15_000
    # How long a link for choosing a password leads in.
    link_hours: int = 72
    # How many days an e-mail address is old before such a link is sent to it: time to say that it is wrong.
    address_days: int = 3
    # How long a log-in lasts unused, in all, and how long the password lets one sign (OWASP ASVS 4.0.3, 3.3).
    idle_minutes: int = 30
    idle_minutes_recipient: int = 60
    session_hours: int = 12
    password_minutes: int = 15
    # How many proxies stand before the program and tell who came; 0: nobody's word is taken.
    trusted_proxies: int = 0

    @property
    def hosts(self) -> list[str] | None:
        """The only names this installation answers to; None (all) in the demo, which is tried under many."""
        return None if self.demo or self.testing else [urlsplit(self.base_url).hostname or ""]

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read TILSAGN_* variables. Raises Missing with every absent name, outside demo mode."""
        demo = env.get("TILSAGN_DEMO") == "1"
        instance = Path(env.get("TILSAGN_INSTANCE") or INSTANCE)
        instance.mkdir(parents=True, exist_ok=True)
        needed = {
            "TILSAGN_SECRET_KEY": f"a random text that signs sessions; {_MAKE_ONE}",
            "TILSAGN_MAIL_FROM": "the address letters are sent from",
            "TILSAGN_BASE_URL": "the address people reach this installation at",
        }
        absent = [f"{name} ({why})" for name, why in needed.items() if not env.get(name)]
        if absent and not demo:
            raise Missing("Tilsagn does not start. Not set: " + "; ".join(absent) + ". For a trial: TILSAGN_DEMO=1.")
        if env.get("TILSAGN_CLOCK") and not demo:
            raise Missing("TILSAGN_CLOCK moves time and is for demo mode only.")
        if wrong := [
            f"{name} is {_shown(name, env[name])}; it must be {form}"
            for name, (fits, form) in CHECKS.items()
            if env.get(name) and not fits(env[name])
        ]:
            raise Missing("Tilsagn does not start. " + ". ".join(wrong) + ".")
        bind = env.get("TILSAGN_BIND") or cls.bind
        base_url = env.get("TILSAGN_BASE_URL") or f"http://{bind}"
        return cls(
            database_url=env.get("TILSAGN_DATABASE_URL") or f"sqlite:///{instance / 'tilsagn.db'}",
            files_dir=Path(env.get("TILSAGN_FILES") or instance / "files"),
            secret_key=env.get("TILSAGN_SECRET_KEY") or _demo_secret(instance),
            demo=demo,
            clock_start=env.get("TILSAGN_CLOCK") or (DEMO_START if demo else None),
            smtp_url=env.get("TILSAGN_SMTP_URL") or None,
            mail_from=env.get("TILSAGN_MAIL_FROM") or cls.mail_from,
            bind=bind,
            base_url=base_url,
            secure_cookies=base_url.startswith("https://"),
            authority=env.get("TILSAGN_AUTHORITY") or cls.authority,
            authority_orgnr=env.get("TILSAGN_AUTHORITY_ORGNR") or cls.authority_orgnr,
            contact_email=env.get("TILSAGN_CONTACT_EMAIL") or cls.contact_email,
            contact_phone=env.get("TILSAGN_CONTACT_PHONE") or cls.contact_phone,
            address_days=_number(env, "TILSAGN_ADDRESS_DAYS", cls.address_days),
            link_hours=_number(env, "TILSAGN_LINK_HOURS", cls.link_hours),
            clamd=env.get("TILSAGN_CLAMD") or None,
            send_within_days=_number(env, "TILSAGN_SEND_WITHIN_DAYS", cls.send_within_days),
            lock_wait_ms=_number(env, "TILSAGN_LOCK_WAIT_MS", cls.lock_wait_ms),
            idle_minutes=_number(env, "TILSAGN_IDLE_MINUTES", cls.idle_minutes),
            idle_minutes_recipient=_number(env, "TILSAGN_IDLE_MINUTES_RECIPIENT", cls.idle_minutes_recipient),
            session_hours=_number(env, "TILSAGN_SESSION_HOURS", cls.session_hours),
            password_minutes=_number(env, "TILSAGN_PASSWORD_MINUTES", cls.password_minutes),
            trusted_proxies=_number(env, "TILSAGN_TRUSTED_PROXIES", cls.trusted_proxies),
        )


def _demo_secret(instance: Path) -> str:
    """A secret of this installation's own, so that not even the demo has a known one."""
    path = instance / "demo-secret"
    if not path.exists():
        path.write_text(secrets.token_hex(32))
        path.chmod(0o600)
    return path.read_text()
