"""A line to the e-mail server where nothing is waited for without end.

A socket's timeout bounds one read: a server that says «250-wait» now and then, or a sign at a time, keeps within it for
good. Here an answer has its time in all and its length, and so have the words that are handed over.
"""

import smtplib
import ssl
from socket import socket
from time import monotonic
from typing import Any

# Seconds an answer may take, whatever comes meanwhile; and what words are sent with at least, bytes a second.
SECONDS = 30.0
SLOWEST = 32 * 1024
# Bytes of one answer. What a server can do is told in a few hundred.
LONGEST_ANSWER = 64 * 1024
SLOW = "no whole answer in time"
_PIECE = 16 * 1024


class SmtpLine(smtplib.SMTP):
    """To host and port, greeted; encrypted from the first byte where `trusted` is given. Raises OSError."""

    def __init__(self, host: str, port: int, trusted: ssl.SSLContext | None = None) -> None:
        self._encrypted = trusted
        super().__init__(host, port, timeout=SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket:
        made: socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]  # not in the stubs
        return self._encrypted.wrap_socket(made, server_hostname=host) if self._encrypted else made

    def getreply(self) -> tuple[int, bytes]:
        """The next answer, whole. Raises OSError."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("the line is closed")
        if self.file is None:
            self.file = _Answers(self.sock)
        self.file.begin()
        try:
            return super().getreply()
        finally:
            if self.sock is not None:
                self.sock.settimeout(SECONDS)

    def send(self, s: Any) -> None:
        """Hand it over. Raises OSError."""
        until = monotonic() + SECONDS + len(s) / SLOWEST
        for start in range(0, len(s), _PIECE):
            if self.sock is not None:
                self.sock.settimeout(max(until - monotonic(), 0.001))
            super().send(s[start : start + _PIECE])


class _Answers:
    """What smtplib reads answers from, as it would from a file."""

    def __init__(self, sock: socket) -> None:
        self._sock, self._come = sock, b""
        self.begin()

    def begin(self) -> None:
        """A new answer is waited for."""
        self._until, self._room = monotonic() + SECONDS, LONGEST_ANSWER

    def readline(self, most: int) -> bytes:
        """The next line, or so much of it; what there is when the server hangs up. Raises OSError."""
        while b"\n" not in self._come and len(self._come) < most:
            left = self._until - monotonic()
            if left <= 0 or self._room <= 0:
                raise TimeoutError(SLOW)
            self._sock.settimeout(left)
            try:
                more = self._sock.recv(4096)
            except TimeoutError as late:
                raise TimeoutError(SLOW) from late
            if not more:
                break
            self._come += more
        end = min(self._come.find(b"\n") + 1 or most, most)
        line, self._come = self._come[:end], self._come[end:]
        self._room -= len(line)
        if self._room < 0:
            raise TimeoutError(SLOW)
        return line

    def close(self) -> None:
        """The socket is smtplib's to close."""
