"""Addresses of our own pages, built quickly: what `url_for` gives, sign for sign.

Building one is dear and a page has dozens. How the address of an endpoint is put together depends on the names of its
values alone, so it is asked of Flask once with blanks. What the blanks are filled with must stand in an address as it
is; anything else is left to Flask, and so is an endpoint that has no such form.
"""

import re
from typing import Any

from flask import current_app, request, url_for

# Numbers of cases and public ids: neither quoted nor taken for anything else, in a path or a query.
_PLAIN = re.compile(r"[A-Za-z0-9_-]+").fullmatch
_BLANK = "tilsagn-blank-{}-"
_KEPT = "addresses"


def address(endpoint: str, **values: Any) -> str:
    """The address of the page. `values` as `url_for` takes them."""
    for value in values.values():
        if type(value) is not str or not _PLAIN(value):
            return url_for(endpoint, **values)
    kept: dict[tuple[str, ...], str | None] = current_app.extensions.setdefault(_KEPT, {})
    key = (request.script_root, endpoint, *values)
    form = kept[key] if key in kept else kept.setdefault(key, _form(endpoint, list(values)))
    return form % tuple(values.values()) if form else url_for(endpoint, **values)


def _form(endpoint: str, names: list[str]) -> str | None:
    """«/saker/%s» of this endpoint with these names; None where it is not so simple."""
    # Of a file the name tells which version it has.
    if endpoint == "static" or endpoint.startswith(".") or any(name.startswith("_") for name in names):
        return None
    blanks = [_BLANK.format(nr) for nr in range(len(names))]
    values: dict[str, Any] = dict(zip(names, blanks, strict=True))
    try:
        form = url_for(endpoint, **values).replace("%", "%%")
    except (ValueError, LookupError):
        return None
    if [form.count(blank) for blank in blanks] != [1] * len(blanks) or sorted(blanks, key=form.index) != blanks:
        return None
    for blank in blanks:
        form = form.replace(blank, "%s")
    return form
