"""A letter or notice as e-mail, and the three ways in which sending can go wrong."""

import hashlib
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TypeVar
from urllib.parse import unquote, urlsplit

T = TypeVar("T")
SECONDS = 30
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class NotNow(Exception):
    """It was not taken, and may be tried again. `down`: the server itself is away, so the others may wait too."""

    down = False


class Down(NotNow):
    """The server cannot be reached, or does not let us in."""

    down = True


class Rejected(Exception):
    """It was refused for good."""


class Unknown(Exception):
    """The line broke after the words were handed over: nobody knows whether it was taken."""


@dataclass(frozen=True)
class Attachment:
    """A PDF that goes with the words."""

    filename: str
    data: bytes


@dataclass(frozen=True)
class Message:
    """What is to be sent. `key` makes its Message-ID, so that a recipient's server can tell a repeat."""

    key: str
    sender: str
    to: str
    subject: str
    body: str
    language: str
    at: datetime
    attachment: Attachment | None = None

    def written(self) -> bytes:
        """As RFC 5322. Raises Rejected when the address cannot be one."""
        mail = EmailMessage(policy=SMTP)
        own_domain = parseaddr(self.sender)[1].rpartition("@")[2]
        try:
            mail["From"] = self.sender
            mail["To"] = self.to.strip()
            mail["Subject"] = " ".join(self.subject.split())
        except (ValueError, IndexError) as fault:
            raise Rejected(str(fault)) from fault
        if "@" not in parseaddr(self.to)[1]:
            raise Rejected("no e-mail address")
        mail["Date"] = format_datetime(self.at)
        mail["Message-ID"] = f"<{hashlib.sha256(self.key.encode()).hexdigest()[:32]}@{own_domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["Content-Language"] = self.language
        mail.set_content(self.body, cte="quoted-printable")
        if self.attachment:
            mail.add_attachment(
                self.attachment.data, maintype="application", subtype="pdf", filename=self.attachment.filename
            )
        try:
            return mail.as_bytes()
        except UnicodeError as fault:
            raise Rejected(str(fault)) from fault


class Postman:
    """A connection to the server of TILSAGN_SMTP_URL, opened at the first message and kept for the next.

    `smtp://host:25`, `smtp+starttls://user:password@host:587` or `smtps://user:password@host:465`.
    """

    def __init__(self, url: str, trusted: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("TILSAGN_SMTP_URL is smtp://, smtp+starttls:// or smtps:// and a host")
        self._scheme, self._host = parts.scheme, parts.hostname
        self._port = parts.port or _PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._trusted = trusted or ssl.create_default_context()
        self._line: smtplib.SMTP | None = None

    def deliver(self, message: Message) -> None:
        """Hand it over. Raises NotNow, Rejected or Unknown."""
        mail = message.written()
        line = self._open()
        to, sender = parseaddr(message.to)[1], parseaddr(message.sender)[1]
        try:
            self._told(lambda: line.mail(sender))
            self._told(lambda: line.rcpt(to))
        except (smtplib.SMTPServerDisconnected, OSError) as broken:
            self.close()
            raise NotNow(str(broken)) from broken
        try:
            code, words = line.data(mail)
        except smtplib.SMTPDataError as refused:
            raise _judged(refused.smtp_code, refused.smtp_error) from refused
        except (smtplib.SMTPServerDisconnected, OSError) as broken:
            self.close()
            raise Unknown(str(broken)) from broken
        if code != 250:
            raise _judged(code, words)

    def close(self) -> None:
        """Say goodbye, if there is anyone to say it to."""
        line, self._line = self._line, None
        if line is not None:
            try:
                line.quit()
            except (smtplib.SMTPException, OSError):
                line.close()

    def _told(self, ask: Callable[[], tuple[int, bytes]]) -> None:
        code, words = ask()
        if code not in (250, 251):
            if self._line is not None:
                self._line.rset()
            raise _judged(code, words)

    def _open(self) -> smtplib.SMTP:
        if self._line is not None:
            return self._line
        try:
            self._line = self._connected()
        except (smtplib.SMTPException, OSError) as away:
            self.close()
            raise Down(str(away)) from away
        return self._line

    def _connected(self) -> smtplib.SMTP:
        if self._scheme == "smtps":
            line: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=SECONDS, context=self._trusted)
        else:
            line = smtplib.SMTP(self._host, self._port, timeout=SECONDS)
        line.ehlo()
        if self._scheme == "smtp+starttls":
            line.starttls(context=self._trusted)
            line.ehlo()
        if self._user:
            line.login(self._user, self._password)
        return line


def _judged(code: int, words: bytes | str) -> NotNow | Rejected:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return Rejected(f"{code} {said}") if code >= 500 else NotNow(f"{code} {said}")
