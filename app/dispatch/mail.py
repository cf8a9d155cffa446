"""A letter or notice as e-mail, and the three ways in which sending can go wrong."""

import hashlib
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from app.values.badvalue import BadValue
from app.values.language import N_
from app.values.mailaddress import on_the_wire
from app.values.text import clean_line

SECONDS = 30
GOING_AWAY = 421  # the server closes the line whatever it was asked (RFC 5321 § 3.8)
NO_ADDRESS = N_("Adressen er ikke en e-postadresse. Rett den og send på nytt.")
NO_UTF8 = N_("E-postserveren tar ikke imot æ, ø, å og lignende foran @. Rett adressen og send på nytt.")
NOT_WRITTEN = N_("Meldingen kan ikke skrives som e-post.")
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class NotNow(Exception):
    """It was not taken, and may be tried again. `down`: the server itself is away, so the others may wait too."""

    down = False


class Down(NotNow):
    """The server cannot be reached, or does not let us in."""

    down = True


class Rejected(Exception):
    """It was refused for good."""


class Unmailable(Exception):
    """No server has refused it: it cannot be sent at all as it is, or not by the server we have."""


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

    @property
    def envelope(self) -> tuple[str, str, bool]:
        """Sender and recipient as the server is told them, and whether the recipient needs SMTPUTF8 (RFC 6531).

        Raises Unmailable when the address cannot be one.
        """
        try:
            return parseaddr(self.sender)[1], *on_the_wire(self.to)
        except BadValue as bad:
            raise Unmailable(NO_ADDRESS) from bad

    def written(self) -> bytes:
        """As RFC 5322, in lines of seven-bit signs (eight-bit only where SMTPUTF8 is needed). Raises Unmailable."""
        sender, to, utf8 = self.envelope
        mail = EmailMessage(policy=SMTP.clone(utf8=utf8))
        try:
            mail["From"] = self.sender
            name, _, domain = to.rpartition("@")
            mail["To"] = Address(username=name, domain=domain)
            mail["Subject"] = clean_line(self.subject)
            mail["Date"] = format_datetime(self.at)
            mail["Message-ID"] = f"<{self._digest[:32]}@{sender.rpartition('@')[2]}>"
            mail["Auto-Submitted"] = "auto-generated"
            mail["Content-Language"] = self.language
            mail.set_content(self.body, cte="quoted-printable")
            if self.attachment:
                name = clean_line(self.attachment.filename)
                mail.add_attachment(self.attachment.data, maintype="application", subtype="pdf", filename=name)
                mail.set_boundary(self._digest[32:])
            return mail.as_bytes()
        except (ValueError, IndexError, HeaderParseError) as fault:
            raise Unmailable(f"{NOT_WRITTEN}\n{fault}") from fault

    @property
    def _digest(self) -> str:
        return hashlib.sha256(self.key.encode()).hexdigest()


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
        """Hand it over. Raises NotNow, Rejected, Unmailable or Unknown.

        After any fault the line is closed: what a server still remembers of one letter must never touch the next.
        """
        mail = message.written()
        sender, to, utf8 = message.envelope
        line, taken = self._open(), False
        try:
            self._offer(line, sender, to, utf8)
            self._give(line, mail)
            taken = True
        finally:
            if not taken:
                self.close()

    def _offer(self, line: smtplib.SMTP, sender: str, to: str, utf8: bool) -> None:
        """Say from whom and to whom."""
        if utf8 and not line.has_extn("smtputf8"):
            raise Unmailable(NO_UTF8)
        try:
            _accepted(line.mail(sender, ["SMTPUTF8", "BODY=8BITMIME"] if utf8 else []))
            _accepted(line.rcpt(to))
        except (smtplib.SMTPServerDisconnected, OSError) as broken:
            raise NotNow(str(broken)) from broken
        except (smtplib.SMTPException, ValueError) as fault:
            raise Unmailable(f"{NOT_WRITTEN}\n{fault}") from fault

    def _give(self, line: smtplib.SMTP, mail: bytes) -> None:
        """The words themselves: from here on a broken line leaves doubt."""
        try:
            code, words = line.data(mail)
        except smtplib.SMTPDataError as refused:
            raise _judged(refused.smtp_code, refused.smtp_error) from refused
        except (smtplib.SMTPServerDisconnected, OSError) as broken:
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


def _accepted(answer: tuple[int, bytes]) -> None:
    code, words = answer
    if code not in (250, 251):
        raise _judged(code, words)


def _judged(code: int, words: bytes | str) -> NotNow | Rejected:
    said = f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    if code >= 500:
        return Rejected(said)
    return Down(said) if code == GOING_AWAY else NotNow(said)
