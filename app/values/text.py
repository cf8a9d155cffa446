"""Free text as it is stored: one composition, no control signs, whatever it was pasted from."""

import unicodedata

_SOFT_HYPHEN = "\u00ad"
_JOINERS = "\u200c\u200d"
"""Invisible signs that belong to words; every other invisible sign (direction, width, byte order) is taken away."""
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean_line(text: str) -> str:
    """One line: NFC, every run of blanks and line breaks one space, control signs gone, nothing at the ends."""
    return " ".join(_visible(text.replace("\u00a0", " ")).split())


def clean_lines(text: str) -> str:
    """Several lines: NFC, line breaks as \\n, control signs gone; blanks and empty lines inside are kept."""
    return _visible(text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")


def _visible(text: str) -> str:
    kept = "".join(sign for sign in text if sign in "\n\t" or _is_kept(sign))
    return unicodedata.normalize("NFC", kept)


def _is_kept(sign: str) -> bool:
    return sign in _SOFT_HYPHEN + _JOINERS or unicodedata.category(sign) not in _REFUSED
