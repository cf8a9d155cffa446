"""On their own pages the applicant is told whose turn it is from where they stand."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from app.cases.models import Case
from app.cases.workflow import Status
from app.db import writing
from tests import factories
from tests.client import Client


def _asked() -> None:
    factories.frame()
    case_id = factories.recommended(1_000_000_00)
    with writing() as session:
        session.execute(sa.update(Case).where(Case.id == case_id).values(status=Status.AWAITING_APPLICANT))


def test_a_case_that_waits_for_its_applicant_says_so_to_them(
    make: Callable[..., Any], client_for: Callable[[str], Client]
) -> None:
    make(_asked)
    theirs = client_for("demovik")
    home = theirs.see("/vaar-side")
    for page in (
        home,
        theirs.see(home.links()["T25-0001 · Legemiddelliste i kommunen"]),
        theirs.see("/vaar-side/saker"),
    ):
        assert "Venter på svar fra dere" in page.text and "fra søker" not in page.text
    assert "Venter på svar fra søker" in client_for("officer1").see("/saker/T25-0001").text


def test_what_is_recommended_is_judged_to_its_applicant(
    make: Callable[..., Any], client_for: Callable[[str], Client]
) -> None:
    make(factories.frame)
    make(factories.recommended)
    page = client_for("demovik").see("/vaar-side/saker")
    assert "Til vurdering" in page.text and "Innstilt" not in page.text
