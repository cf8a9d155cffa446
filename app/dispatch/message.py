"""A letter or notice as e-mail: what its words are can never be read as anything but its words."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Self

from app.values.badvalue import BadValue
from app.values.language import N_
from app.values.mailaddress import on_the_wire
from app.values.text import clean_line

NO_ADDRESS = N_("Adressen er ikke en e-postadresse. Rett den og send på nytt.")
NOT_WRITTEN = N_("Meldingen kan ikke skrives som e-post.")


class Unmailable(Exception):
    """No server has refused it: it cannot be sent at all as it is, or not by the server we have."""


class Verbatim(str):
    """A header that the email package writes as it stands.

    Given a plain str the package reads it first: an encoded word (RFC 2047) in a title or an address becomes what it
    stands for, line breaks and all, and is written as new headers or a new body.
    """

    __slots__ = ("name", "written")
    name: str
    written: str

    @classmethod
    def words(cls, name: str, text: str) -> Self:
        """Any text, every sign of it encoded."""
        return cls.signs(name, Header(text, "utf-8", header_name=name).encode(linesep="\r\n"))

    @classmethod
    def signs(cls, name: str, written: str) -> Self:
        """What is already as it is to stand."""
        made = cls(written)
        made.name, made.written = name, written
        return made

    def fold(self, *, policy: EmailPolicy) -> str:
        """Called by the policy when the message is written."""
        return f"{self.name}: {self.written}{policy.linesep}"


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
            mail["To"] = Verbatim.signs("To", to)
            mail["Subject"] = Verbatim.words("Subject", clean_line(self.subject))
            mail["Date"] = format_datetime(self.at)
            mail["Message-ID"] = f"<{self._digest[:32]}@{sender.rpartition('@')[2]}>"
            mail["Auto-Submitted"] = "auto-generated"
            mail["Content-Language"] = self.language
            mail.set_content(self.body, cte="quoted-printable")
            if self.attachment:
                # A parameter is read by the package too, and nobody may have «?» in a file's name on Windows.
                name = clean_line(self.attachment.filename.replace("?", ""))
                mail.add_attachment(self.attachment.data, maintype="application", subtype="pdf", filename=name)
                mail.set_boundary(self._digest[32:])
            _prove_headers(mail)
            return mail.as_bytes()
        except (ValueError, IndexError, HeaderParseError) as fault:
            raise Unmailable(f"{NOT_WRITTEN}\n{fault}") from fault

    @property
    def _digest(self) -> str:
        return hashlib.sha256(self.key.encode()).hexdigest()


def _prove_headers(mail: EmailMessage) -> None:
    """Every header is one, as it goes out: no line of it begins another. Raises ValueError."""
    for part in mail.walk():
        for name, value in part.items():
            lines = part.policy.fold(name, value).removesuffix("\r\n").split("\r\n")
            if any(not line.startswith((" ", "\t")) for line in lines[1:]) or any(
                sign in line for line in lines for sign in "\r\n\0"
            ):
                raise ValueError(f"the header {name} is more than one")
