"""Every setting is read or refused at the start, in words that say what to write; no secret is told."""

import re
from pathlib import Path

import pytest

from app import config
from app.config import CHECKS, FREE, Missing, Settings

KEY = "0123456789abcdef" * 4
REAL = {
    "TILSAGN_SECRET_KEY": KEY,
    "TILSAGN_MAIL_FROM": "Tilskudd <tilskudd@helsedir.no>",
    "TILSAGN_BASE_URL": "https://tilskudd.helsedir.no",
}
WRONG = {
    "TILSAGN_DEMO": ("true", "yes", "2"),
    "TILSAGN_SECRET_KEY": ("x", "a" * 31),
    "TILSAGN_BASE_URL": ("tilskudd.helsedir.no", "https://", "ftp://a.no", "https://a.no/?b", "https://[::"),
    "TILSAGN_BIND": ("8000", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:http", ":80"),
    "TILSAGN_DATABASE_URL": ("tilsagn.db", "postgresql://a/b", "mysql://a/b"),
    "TILSAGN_SMTP_URL": (
        *("mail.helsedir.no", "smtp://", "http://mail.helsedir.no", "smtp://mail:post", "smtp://mail..helsedir.no"),
        *("smtp://br%C3%B8d:p@a.no", "smtp://b:på@a.no", "smtp://b:%E5@a.no", f"smtp://{'a' * 64}.no"),
    ),
    "TILSAGN_MAIL_FROM": ("tilskudd", "tilskudd@", "@helsedir.no", "tilskudd@helsedir"),
    "TILSAGN_CONTACT_EMAIL": ("tilskudd",),
    "TILSAGN_AUTHORITY_ORGNR": ("983544623", "98354462", "abc"),
    "TILSAGN_CLOCK": ("yesterday", "2025-02-30T09:00"),
    "TILSAGN_LOCK_WAIT_MS": ("soon", "-1", "1.5", "0"),
    "TILSAGN_LINK_HOURS": ("0", "72h", "9999"),
}


def read(folder: Path, **changes: str) -> Settings:
    return Settings.from_environment({"TILSAGN_INSTANCE": str(folder), **REAL, **changes})


def test_every_setting_there_is_has_a_check_or_is_free() -> None:
    named = set(re.findall(r'"(TILSAGN_[A-Z_]+)"', Path(config.__file__).read_text(encoding="utf-8")))
    assert named == CHECKS.keys() | set(FREE)
    assert WRONG.keys() <= CHECKS.keys()


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in WRONG.items() for text in texts])
def test_what_cannot_be_is_refused_in_words(tmp_path: Path, name: str, text: str) -> None:
    demo = {"TILSAGN_DEMO": "1"} if name == "TILSAGN_CLOCK" else {}
    with pytest.raises(Missing) as said:
        read(tmp_path, **demo, **{name: text})
    assert name in str(said.value)
    assert CHECKS[name][1] in str(said.value)


def test_all_that_is_wrong_is_told_at_once_and_no_secret(tmp_path: Path) -> None:
    with pytest.raises(Missing) as said:
        read(tmp_path, TILSAGN_SECRET_KEY="hemmelig", TILSAGN_SMTP_URL="http://bruker:passord@a.no", TILSAGN_BIND="x")
    words = str(said.value)
    assert all(name in words for name in ("TILSAGN_SECRET_KEY", "TILSAGN_SMTP_URL", "TILSAGN_BIND"))
    assert "hemmelig" not in words and "passord" not in words.replace("user:password", "")
    assert "openssl rand -hex 32" in words


def test_what_can_be_is_read(tmp_path: Path) -> None:
    made = read(
        tmp_path,
        TILSAGN_SMTP_URL="smtp+starttls://bruker:p%40ss@mail.helsedir.no:587",
        TILSAGN_DATABASE_URL="postgresql+psycopg://a:b@127.0.0.1/c",
        TILSAGN_LINK_HOURS="24",
        TILSAGN_AUTHORITY_ORGNR="983544622",
        TILSAGN_DEMO="0",
    )
    assert (made.secret_key, made.link_hours, made.demo, made.secure_cookies) == (KEY, 24, False, True)
    assert made.hosts == ["tilskudd.helsedir.no"]
