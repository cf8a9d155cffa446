"""How much a page takes in: little, unless its view says more.

    @bp.post("/…")
    @takes(megabytes=32)
    @needs(Permission.X)
    def upload() -> Response: ...

The web process reads the limit before it keeps anything of a body, the request before it reads a form.
"""

from collections.abc import Callable
from contextlib import ExitStack
from io import BytesIO
from typing import IO, Any, TypeVar

from flask import Flask
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

MEGABYTE = 1024 * 1024
# A form of short fields and one long text, every sign of it written as six.
SMALL = 256 * 1024
# The most any view may ask for.
LARGEST = 32 * MEGABYTE
# The longest list that is ticked has five hundred lines; a budget has fewer fields.
MOST_FIELDS = 2000
# The head by which the web process tells that it had no room for the body, and read it away.
FULL = "TILSAGN_FULL"

View = TypeVar("View", bound=Callable[..., Any])


class NoRoom(Exception):
    """Too many send long bodies at once; nothing of this one was kept."""


def takes(*, megabytes: int) -> Callable[[View], View]:
    """Let this view take in so much. Raises ValueError past `LARGEST`."""
    if not 0 < megabytes * MEGABYTE <= LARGEST:
        raise ValueError(f"a view takes at most {LARGEST // MEGABYTE} megabytes")

    def mark(view: View) -> View:
        view.takes = megabytes * MEGABYTE  # type: ignore[attr-defined]  # the mark that is looked for below
        return view

    return mark


def limit_of(flask: Flask, endpoint: str | None) -> int:
    """The most bytes this view takes in; little for none."""
    return int(getattr(flask.view_functions.get(endpoint or ""), "takes", SMALL))


def limit_at(flask: Flask) -> Callable[[str, str], int]:
    """The same by method and path (as WSGI writes it), for the web process."""
    addresses = flask.url_map.bind("localhost")

    def limit(method: str, path: str) -> int:
        try:
            endpoint, _ = addresses.match(path.encode("latin-1").decode("utf-8", "replace"), method=method)
        except HTTPException:
            return SMALL
        return limit_of(flask, endpoint)

    return limit


class FewFields(FormDataParser):
    """Counts the fields of a plain form before it reads them; the parts of a form with files are counted already.

    A body that cannot be read is as if nothing was sent, and its files are let go of.
    """

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> Any:
        """Read the form. Raises RequestEntityTooLarge."""
        if mimetype == "application/x-www-form-urlencoded":
            sent = stream.read()
            if sent.count(b"&") >= MOST_FIELDS:
                raise RequestEntityTooLarge
            stream = BytesIO(sent)
        usual, files = self.stream_factory, ExitStack()

        def noted(*given: Any, **named: Any) -> IO[bytes]:
            return files.enter_context(usual(*given, **named))

        self.stream_factory = noted
        with files:
            found = super().parse(stream, mimetype, content_length, options)
            if found[2]:
                files.pop_all()
        return found
