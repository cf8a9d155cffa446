"""A document's bytes as an answer: shown or saved by the browser, and never able to do anything."""

from urllib.parse import quote

from werkzeug.wrappers import Response

from app.documents import queries
from app.documents.domain.scopes import Verdict
from app.documents.models import Document

# A browser shows these by itself. PDF comes without `sandbox`, under which Chromium's reader stays blank; like the
# pictures it cannot reach the page's own scripts or session.
_SHOWN = {
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "image/png": "default-src 'none'; sandbox",
    "image/jpeg": "default-src 'none'; sandbox",
    "text/plain": "default-src 'none'; sandbox",
}
_SAVED = "default-src 'none'; sandbox"


def is_held(document: Document) -> bool:
    """Whether it waits for the virus check, or did not pass it."""
    return queries.verdict_on(document.sha256) is not Verdict.CLEAN


def as_file(document: Document) -> Response:
    """The file, for one who may read it, once it is not held. Raises files.Damaged."""
    media_type = queries.media_type(document.sha256)
    data = queries.read(document.sha256)
    response = Response(data, mimetype=media_type)
    how = "inline" if media_type in _SHOWN else "attachment"
    response.headers["Content-Disposition"] = f"{how}; {_named(document.filename)}"
    response.headers["Content-Security-Policy"] = _SHOWN.get(media_type, _SAVED)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _named(filename: str) -> str:
    """RFC 6266: plain letters for old programs, and the real name as RFC 8187 writes it."""
    plain = filename.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    plain = "".join(sign if sign.isprintable() else "_" for sign in plain)
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
