"""Handing a message to the e-mail server, and the ways in which it can go wrong: whose fault decides what is done.

Before the recipient is named everything is between the server and us, the same for every letter: nobody's letter fails
for it, all wait. From then on it is about this one letter, and the others go on.
"""

import re
import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from app.dispatch.line import SmtpLine
from app.dispatch.message import NOT_WRITTEN, Message, Unmailable
from app.dispatch.refusals import (
    RECIPIENT,
    SENDER,
    WORDS,
    Down,
    NotNow,
    Rejected,
    Unknown,
    judged,
    said,
    said_to_any,
)
from app.values.language import N_

NO_UTF8 = N_("E-postserveren tar ikke imot æ, ø, å og lignende foran @. Rett adressen og send på nytt.")
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_DOT = re.compile(rb"^\.", re.MULTILINE)


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
        self._refused = ("", "")

    def deliver(self, message: Message) -> None:
        """Hand it over. Raises NotNow, Rejected, Unmailable or Unknown; at any fault but Unknown it was not taken.

        After any fault the line is closed: what a server still remembers of one letter must never touch the next.
        """
        mail = message.written()
        sender, to, utf8 = message.envelope
        line, taken = self._begun(sender, utf8), False
        try:
            _name(line, to)
            _give(line, mail)
            taken, self._refused = True, ("", "")
        except (NotNow, Rejected) as refused:
            raise self._weighed(refused, to) from refused
        finally:
            if not taken:
                self.close()

    def _weighed(self, refused: NotNow | Rejected, to: str) -> NotNow | Rejected:
        """Two recipients refused in the same words, none taken between: it is the server or us, and the others wait."""
        (other, before), words = self._refused, said_to_any(refused, to)
        self._refused = (to, words)
        return Down(str(refused)) if words and words == before and to != other else refused

    def _begun(self, sender: str, utf8: bool) -> smtplib.SMTP:
        """A line where this letter is begun. A server may have tired of the one that was kept; a new one is tried."""
        if self._line is not None:
            try:
                return self._begin(self._line, sender, utf8)
            except NotNow:
                pass
        return self._begin(self._open(), sender, utf8)

    def _begin(self, line: smtplib.SMTP, sender: str, utf8: bool) -> smtplib.SMTP:
        """Say from whom. What is said to that is the server's own, unless the letter asks for what others do not."""
        try:
            if utf8 and not line.has_extn("smtputf8"):
                raise Unmailable(NO_UTF8)
            code, words = line.mail(sender, ["SMTPUTF8", "BODY=8BITMIME"] if utf8 else [])
            if code != 250:
                raise judged(code, words, SENDER) if utf8 else Down(said(code, words))
        except (OSError, ValueError) as broken:
            self.close()
            raise Down(str(broken)) from broken
        except (NotNow, Rejected, Unmailable):
            self.close()
            raise
        return line

    def close(self) -> None:
        """Say goodbye, if there is anyone to say it to."""
        line, self._line = self._line, None
        if line is not None:
            _leave(line)

    def _open(self) -> smtplib.SMTP:
        """A line where we are greeted and logged in; one that is not is never kept.

        A name or a host that cannot be said (UnicodeError) is a ValueError.
        """
        try:
            line = self._dialled()
            try:
                self._greet(line)
            except (OSError, ValueError):
                _leave(line)
                raise
        except (OSError, ValueError) as away:
            raise Down(str(away)) from away
        self._line = line
        return line

    def _dialled(self) -> smtplib.SMTP:
        if self._scheme == "smtps":
            return SmtpLine(self._host, self._port, self._trusted)
        return SmtpLine(self._host, self._port)

    def _greet(self, line: smtplib.SMTP) -> None:
        line.ehlo_or_helo_if_needed()
        if self._scheme == "smtp+starttls":
            line.starttls(context=self._trusted)
            line.ehlo_or_helo_if_needed()
        if self._user:
            line.login(self._user, self._password)


def _leave(line: smtplib.SMTP) -> None:
    try:
        line.quit()
    except OSError:
        line.close()


def _name(line: smtplib.SMTP, to: str) -> None:
    """Say to whom."""
    try:
        code, words = line.rcpt(to)
    except OSError as broken:
        raise NotNow(str(broken)) from broken
    except ValueError as fault:
        raise Unmailable(f"{NOT_WRITTEN}\n{fault}") from fault
    if code not in (250, 251):
        raise judged(code, words, RECIPIENT)


def _give(line: smtplib.SMTP, mail: bytes) -> None:
    """The words themselves. smtplib's own `data` does not tell whether a line broke before or after the go-ahead."""
    try:
        code, words = line.docmd("DATA")
    except OSError as broken:
        raise NotNow(str(broken)) from broken
    if code != 354:
        raise judged(code, words, WORDS)
    _hand_over(line, mail)


def _hand_over(line: smtplib.SMTP, mail: bytes) -> None:
    """From here on a broken line, or an answer that is none (RFC 5321 § 4.2.1), leaves doubt."""
    try:
        line.send(_DOT.sub(b"..", mail.removesuffix(b"\r\n")) + b"\r\n.\r\n")
        code, words = line.getreply()
    except Exception as broken:  # whatever it is, the server may have all the words
        raise Unknown(str(broken)) from broken
    if 400 <= code < 600:
        raise judged(code, words, WORDS)
    if not 200 <= code < 300:
        raise Unknown(said(code, words))
