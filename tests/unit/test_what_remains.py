"""What a decided case says that it waits for, when nothing is owed."""

import pytest

from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.cases.workflow import Status
from app.desk.queries.case import After
from app.desk.routes import after

PAID = After(AwardStatus.PAID, accept_by_on=None, payable=None, report=None, claim=None)


@pytest.mark.parametrize(
    ("holds", "said"),
    [
        ({"report"}, "Ingenting gjenstår."),
        ({"report", "report_not_approved"}, "En rapport er underkjent."),
        ({"report", "report_not_approved", "repayment"}, "Ingenting gjenstår."),
    ],
)
def test_a_report_that_is_not_approved_is_not_the_end(holds: set[str], said: str) -> None:
    assert after.told(Case(status=Status.GRANTED), PAID, (), holds).text.startswith(said)
