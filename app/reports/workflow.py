"""The life of a report. «Overdue» is no status: it follows from the date (values.deadlines)."""

from app.access.domain import Permission as P
from app.flow import Move, Workflow
from app.reports.domain.status import NOT_DELIVERED, Status
from app.values.language import N_, Worded

__all__ = ["CONTROL", "NOT_DELIVERED", "REPORT", "SETTLED", "Status", "Step"]


class Step(Worded):
    """What is done with a report."""

    START = "start", N_("Start rapporten")
    DELIVER = "deliver", N_("Signer og lever")
    TAKE = "take", N_("Kontroller rapporten")
    ASK = "ask", N_("Be om det som mangler")
    APPROVE = "approve", N_("Godkjenn rapporten")
    REJECT = "reject", N_("Underkjenn rapporten")


_S = Status
SETTLED = (_S.APPROVED, _S.NOT_APPROVED)
# What an officer does next with a report that has come.
CONTROL = {_S.DELIVERED: Step.TAKE, _S.IN_REVIEW: Step.APPROVE}

REPORT = Workflow(
    "report",
    (
        Move(Step.START, (_S.NOT_STARTED,), _S.STARTED, P.WRITE_OWN),
        Move(Step.DELIVER, (_S.STARTED, _S.LACKING), _S.DELIVERED, P.SIGN_OWN, "delivered"),
        Move(Step.TAKE, (_S.DELIVERED,), _S.IN_REVIEW, P.REVIEW_REPORT, "reviewed", impartial=True),
        Move(Step.ASK, (_S.IN_REVIEW,), _S.LACKING, P.REVIEW_REPORT, "reviewed", impartial=True),
        Move(Step.APPROVE, (_S.IN_REVIEW,), _S.APPROVED, P.REVIEW_REPORT, "reviewed", impartial=True),
        Move(Step.REJECT, (_S.IN_REVIEW,), _S.NOT_APPROVED, P.REVIEW_REPORT, "reviewed", impartial=True),
    ),
)
