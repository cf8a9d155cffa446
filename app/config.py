"""All settings, read once. The only reader of the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

# The demo begins in the middle of the 2025 round: in real time every real municipality of the season would be late.
DEMO_START = "2025-02-10T09:00"
INSTANCE = Path(__file__).resolve().parent.parent / "instance"


class Missing(Exception):
    """A real installation lacks a setting; the text names each one."""


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
    testing: bool = False
    # How long SQLite waits for another writer before it gives up; shorter than gunicorn's own patience.
    lock_wait_ms: int = 15_000

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
            "TILSAGN_SECRET_KEY": "a long random text that signs sessions",
            "TILSAGN_MAIL_FROM": "the address letters are sent from",
            "TILSAGN_BASE_URL": "the address people reach this installation at",
        }
        absent = [f"{name} ({why})" for name, why in needed.items() if not env.get(name)]
        if absent and not demo:
            raise Missing("Tilsagn does not start. Not set: " + "; ".join(absent) + ". For a trial: TILSAGN_DEMO=1.")
        if env.get("TILSAGN_CLOCK") and not demo:
            raise Missing("TILSAGN_CLOCK moves time and is for demo mode only.")
        if not (env.get("TILSAGN_LOCK_WAIT_MS") or "0").isdecimal():
            raise Missing("TILSAGN_LOCK_WAIT_MS is a whole number of milliseconds.")
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
            lock_wait_ms=int(env.get("TILSAGN_LOCK_WAIT_MS") or cls.lock_wait_ms),
        )


def _demo_secret(instance: Path) -> str:
    """A secret of this installation's own, so that not even the demo has a known one."""
    path = instance / "demo-secret"
    if not path.exists():
        path.write_text(secrets.token_hex(32))
        path.chmod(0o600)
    return path.read_text()
