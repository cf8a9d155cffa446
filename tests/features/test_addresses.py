"""The quick way to an address gives what Flask's own gives: for every endpoint, whatever the values."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask, url_for

from app.addresses import address

# Ordinary, and what must be quoted, is no address, or has a meaning of its own in one.
VALUES: tuple[Any, ...] = (
    *("T25-0001", "abc_DEF-9", "7", "-", "0"),
    *(
        "",
        " ",
        "a b",
        "a/b",
        "/",
        "//",
        "..",
        ".",
        "a.css",
        "tilsagn.css",
        "a?b",
        "a#b",
        "a%b",
        "%s",
        "%2F",
        "a&b=c",
        "a+b",
    ),
    *(
        "æøå",
        "１２",
        "\ue000",
        "\n",
        "a:b",
        "@",
        "tilsagn-blank-0-",
        "x" * 3000,
        None,
        7,
        0,
        -1,
        True,
        1.5,
        date(2025, 1, 1),
    ),
    *(["a", "b"], [], ("a",), b"a"),
)
Build = Callable[..., str]


def _built(build: Build, endpoint: str, values: dict[str, Any]) -> str | type[Exception]:
    try:
        return build(endpoint, **values)
    except Exception as error:
        return type(error)


def _asked(app: Flask) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each endpoint with each value in all its places, in one of them, one that is no place, and one too few."""
    for rule in app.url_map.iter_rules():
        names = sorted(rule.arguments)
        yield rule.endpoint, {}
        for value in VALUES:
            yield rule.endpoint, dict.fromkeys(names, value)
            yield rule.endpoint, dict.fromkeys(names, value) | {"vis": value}
            yield rule.endpoint, {"vis": value, **dict.fromkeys(reversed(names), "T25-0001")}
            yield rule.endpoint, dict.fromkeys(names[1:], value)
            yield rule.endpoint, dict.fromkeys(names, "a") | {"_anchor": value}


@pytest.mark.parametrize("root", ["", "/under", "/a%b"])
def test_an_address_is_what_flask_makes_of_it(app: Flask, root: str) -> None:
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
        asked = list(_asked(app))
        assert len(asked) > 10_000
        # Twice: the second time the form is known.
        differ = [
            (endpoint, values, _built(address, endpoint, values))
            for _ in range(2)
            for endpoint, values in asked
            if _built(address, endpoint, values) != _built(url_for, endpoint, values)
        ]
    assert not differ, differ[:10]


def test_an_address_beside_its_own_blueprint_is_flasks(app: Flask) -> None:
    with app.test_request_context("/saker"):
        app.preprocess_request()
        assert address(".worklist") == url_for(".worklist") == "/saker"


def test_an_unknown_page_has_no_address(app: Flask) -> None:
    with app.test_request_context("/"):
        for _ in range(2):
            assert _built(address, "nowhere.page", {"number": "1"}) is _built(url_for, "nowhere.page", {"number": "1"})
