"""Handing a message to the e-mail server, and the ways in which it can go wrong: whose fault decides what is done.

Before the recipient is named everything is between the server and us, the same for every letter: nobody's letter fails
for it, all wait. From then on it is about this one letter, and the others go on.
"""

import re
import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from app.dispatch.message import NOT_WRITTEN, Message, Unmailable
from app.values.language import N_

SECONDS = 30
NO_UTF8 = N_("E-postserveren tar ikke imot æ, ø, å og lignende foran @. Rett adressen og send på nytt.")
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_LOG_IN = frozenset({530, 534, 535, 538})  # the server wants another log-in of us (RFC 4954 § 6)
_OUT_OF_STEP = 503  # a server that has lost its place in the talk: about no letter
_NOT_FOR_US = re.compile(rb"\brelay", re.IGNORECASE)  # «554 5.7.1 Relay access denied»: the server's set-up, or ours


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
        line, taken = self._begun(sender, utf8), False
        try:
            _name(line, to)
            _give(line, mail)
            taken = True
        finally:
            if not taken:
                self.close()

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
                raise _judged(code, words) if utf8 and code not in _LOG_IN else Down(_said(code, words))
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
            try:
                line.quit()
            except (smtplib.SMTPException, OSError):
                line.close()

    def _open(self) -> smtplib.SMTP:
        if self._line is not None:
            return self._line
        try:
            self._line = self._dialled()
            self._greet(self._line)
        except OSError as away:
            self.close()
            raise Down(str(away)) from away
        return self._line

    def _dialled(self) -> smtplib.SMTP:
        if self._scheme == "smtps":
            return smtplib.SMTP_SSL(self._host, self._port, timeout=SECONDS, context=self._trusted)
        return smtplib.SMTP(self._host, self._port, timeout=SECONDS)

    def _greet(self, line: smtplib.SMTP) -> None:
        line.ehlo_or_helo_if_needed()
        if self._scheme == "smtp+starttls":
            line.starttls(context=self._trusted)
            line.ehlo_or_helo_if_needed()
        if self._user:
            line.login(self._user, self._password)


def _name(line: smtplib.SMTP, to: str) -> None:
    """Say to whom."""
    try:
        code, words = line.rcpt(to)
    except (smtplib.SMTPServerDisconnected, OSError) as broken:
        raise NotNow(str(broken)) from broken
    except (smtplib.SMTPException, ValueError) as fault:
        raise Unmailable(f"{NOT_WRITTEN}\n{fault}") from fault
    if code not in (250, 251):
        raise _judged(code, words)


def _give(line: smtplib.SMTP, mail: bytes) -> None:
    """The words themselves: from here on a broken line leaves doubt."""
    try:
        code, words = line.data(mail)
    except smtplib.SMTPDataError as refused:
        raise _judged(refused.smtp_code, refused.smtp_error) from refused
    except (smtplib.SMTPServerDisconnected, OSError) as broken:
        raise Unknown(str(broken)) from broken
    if code != 250:
        raise _judged(code, words)


def _judged(code: int, words: bytes | str) -> NotNow | Rejected:
    """What a refusal of one letter means. A server that goes away (421) in the middle is asked about the next one."""
    said, raw = _said(code, words), words if isinstance(words, bytes) else words.encode()
    if code in _LOG_IN:
        return Down(said)
    may_pass = code < 500 or code == _OUT_OF_STEP or _NOT_FOR_US.search(raw)
    return NotNow(said) if may_pass else Rejected(said)


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
