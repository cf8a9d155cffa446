"""How long a connection may take to say what it wants, and what it may send.

A request gets `HEAD` seconds for its head. Its body gets `BODY` seconds and then must have come faster than `SLOWEST`,
counted from its beginning and not from the last byte: whoever sends a byte now and then is cut off. What a page does
not take (`app.intake`) is read away and kept nowhere, so that the person still gets a page that says so.
"""

from collections.abc import Callable
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import FixedStreamReceiver
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge

from app.intake import FULL, LARGEST, SMALL

HEAD, BODY, IDLE = 15.0, 20.0, 75.0
# Bytes a second; a poor mobile line sends ten times as fast.
SLOWEST = 8 * 1024
# What is read away, at most, for somebody who sends too much; past it the line is simply closed.
READ_AWAY = 256 * 1024 * 1024
# What long bodies may fill of the disk together, in one process. Whoever comes past it is read away, and told to wait.
ROOM = 512 * 1024 * 1024


class Nowhere:
    """Holds nothing of what it is given."""

    def append(self, _data: bytes) -> None:
        """Let it go."""

    def getfile(self) -> "Nowhere":
        """Itself, empty to whoever reads."""
        return self

    def read(self, *_size: int) -> bytes:
        """Nothing."""
        return b""

    readline = read

    def close(self) -> None:
        """Nothing is open."""

    def __len__(self) -> int:
        return 0


class Request(HTTPRequestParser):  # type: ignore[misc]  # waitress ships no types
    """A request on its way in. `limit` tells the most bytes a method and path take, `spooled` what all have on disk."""

    expect_continue: bool
    completed: bool
    body_bytes_received: int
    body_rcv: Any

    def __init__(self, adj: Any, limit: Callable[[str, str], int], spooled: Callable[[], int]) -> None:
        super().__init__(adj)
        self._limit, self._spooled = limit, spooled
        self._kept = True

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head, and judge what it announces before any of it is kept."""
        try:
            super().parse_header(header_plus)
        except ValueError as unreadable:  # such as an address with half a bracket
            raise ParsingError("Bad URI") from unreadable
        # Two programs in a row may choose each their length, and the rest is smuggled in as a request (RFC 9112 § 6.1).
        if "CONTENT_LENGTH" in self.headers and (self.chunked or "TRANSFER_ENCODING" in self.headers):
            raise ParsingError("both Content-Length and Transfer-Encoding")
        if self.content_length > SMALL and self.content_length > self._limit(self.command, self.path):
            if self.expect_continue:
                # Whoever asks first need not send it: the answer is the program's 413.
                self.expect_continue = False
                self.body_rcv = None
                self.headers["CONNECTION"] = "close"
            else:
                self._read_away()

    def received(self, data: bytes) -> int:
        """Take more in. A body in pieces has not told its length: it is stopped where it passes the limit."""
        consumed: int = super().received(data)
        if self.chunked and not self.completed and self.body_bytes_received > self._limit(self.command, self.path):
            self.error = RequestEntityTooLarge("the body is larger than this address takes")
            self.completed = True
        elif not self.completed and self.on_disk and self._spooled() > ROOM:
            self._give_way()
        return consumed

    @property
    def on_disk(self) -> int:
        """Bytes of a long body that are kept."""
        return self.body_bytes_received if self._kept and self.body_bytes_received > SMALL else 0

    def _give_way(self) -> None:
        if self.chunked:
            self.error, self.completed = RequestEntityTooLarge("too much is being sent just now"), True
            return
        self.body_rcv.getbuf().close()
        self._read_away()
        # Seen by the program as a head; whoever sends it themselves only refuses themselves.
        self.headers[FULL] = "1"

    def _read_away(self) -> None:
        self._kept = False
        self.body_rcv = FixedStreamReceiver(self.content_length - self.body_bytes_received, Nowhere())


class Fault(ErrorTask):  # type: ignore[misc]  # waitress ships no types
    """waitress's own answer to what is no HTTP; it carries our headers too."""

    def execute(self) -> None:
        """Answer."""
        self.response_headers.extend({**self.channel.server.carried, "Cache-Control": "no-store"}.items())
        super().execute()


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    """One connection."""

    error_task_class = Fault
    # When the request at hand, or the last one, set out; seconds since 1970, as waitress counts.
    began = 0.0

    def parser_class(self, adj: Any) -> Request:
        """The next request on this connection."""
        self.began = self.last_activity
        return Request(adj, self.server.limit, self.server.spooled)

    @property
    def on_disk(self) -> int:
        """Bytes of long bodies that are kept: of what comes, and of what waits for a thread or has one."""
        return sum(each.on_disk for each in (self.request, *tuple(self.requests)) if each is not None)

    def handle_close(self) -> None:
        """Let go of what came of a request that was never whole, too."""
        if self.request is not None:
            self.request.close()
        super().handle_close()

    @property
    def busy(self) -> bool:
        """A thread has it, or an answer is on its way out."""
        return bool(self.requests or self.total_outbufs_len)

    @property
    def until(self) -> float:
        """When our patience ends, if nothing more comes."""
        request = self.request
        if self.total_outbufs_len or request is None:
            return float(self.last_activity + IDLE)
        if not request.headers_finished:
            return self.began + HEAD
        return float(self.began + HEAD + BODY + request.body_bytes_received / SLOWEST)


assert READ_AWAY > LARGEST
