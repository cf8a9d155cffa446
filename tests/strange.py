"""Addresses with parts that no page ever links to."""

from collections.abc import Iterable

from flask import Flask

from tests.client import Client

STRANGE = (
    "T25-9999",
    "0",
    "-1",
    "99999999999999999999999999",
    "..%2f..%2f..%2fetc%2fpasswd",
    "..",
    "null%00byte",
    "%ff%fe",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "æ" * 3000,
)
ANSWERS = {200, 303, 308, 400, 403, 404, 405}


def addresses(app: Flask, strange: Iterable[str]) -> list[str]:
    """Every page's address with each of these for its parts."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.arguments and "GET" in (rule.methods or ())]
    return [
        "".join(odd if is_part else text for is_part, text in rule._trace if text != "|")
        for rule in rules
        for odd in strange
    ]


def faults_of(client: Client, asked: Iterable[str]) -> list[str]:
    """Which of these addresses are not answered calmly; the page contract is checked too."""
    return [f"{address[:80]}: {found}" for address in asked if (found := _fault(client, address))]


def _fault(client: Client, address: str) -> str:
    try:
        answer = client.get(address)
    except Exception as fault:  # a bug, or a page that breaks the contract
        return f"{type(fault).__name__}: {str(fault)[:200]}"
    leaks = b"root:x:0" in answer.data
    return str(answer.status_code) if answer.status_code not in ANSWERS or leaks else ""
