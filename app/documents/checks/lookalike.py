"""What a file begins as besides what it says: programs look for their own kind some way into it."""

import re

HEAD = 1024
"""Bytes. So far in a reader of PDF looks for its mark, and a browser for a web page's."""

PROGRAMS_AND_PACKAGES = (
    b"MZ",
    b"PK\x03\x04",
    b"%PDF-",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"#!",
)
PICTURES = (b"GIF8", b"\x89PNG", b"\xff\xd8")
_MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|svg|script|\?php|body|head|iframe)\b", re.IGNORECASE)


def begins_as_markup(head: bytes) -> bool:
    """Whether a browser may take it for a web page; `head` in an alphabet that agrees with ASCII."""
    return bool(_MARKUP.search(head[:HEAD]))


def begins_as_pdf(head: bytes) -> bool:
    """Whether a reader of PDF may."""
    return b"%PDF-" in head[:HEAD]
