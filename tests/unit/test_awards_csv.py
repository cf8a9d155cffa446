"""The file of grants."""

from datetime import UTC, datetime

from app.public.domain import GivenGrant
from app.public.exports import awards_csv


def test_what_a_spreadsheet_would_run_is_made_text() -> None:
    at = datetime(2025, 3, 1, 23, 30, tzinfo=UTC)
    row = GivenGrant(
        1,
        "a",
        2025,
        "HTO",
        "HTO",
        "701.21",
        "312999005",
        "=SUM(A1)",
        "a;b",
        300_05,
        200_00,
        at,
        frozenset({"granted_ore"}),
    )
    lines = b"".join(awards_csv([row])).decode("utf-8-sig").splitlines()
    assert lines[1] == 'HTO;2025;\t701.21;312999005;\'=SUM(A1);"a;b";300,05;200,00;2025-03-02;tildelt_kr'
