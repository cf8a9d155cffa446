"""Where a link that a person clicks leads to, in a PDF and in a spreadsheet."""

import re

# To a page, a letter or a telephone; a file's, a share's or a script's address opens what it names.
_LEADS = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):|[\\/]{2}", re.IGNORECASE)
# Readers pass over signs that are not seen.
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")


def leads_elsewhere(address: str) -> bool:
    """Whether it leads to anything else; an address without a scheme stays where the file is."""
    scheme = _SCHEME.match(_UNSEEN.sub("", address))
    return scheme is not None and (scheme[1] or "").lower() not in _LEADS
