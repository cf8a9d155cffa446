"""The life of an award."""

from app.access.domain import Permission as P
from app.flow import Move, Workflow
from app.values.language import N_, Worded


class Status(Worded):
    """pages.md, row «Grant»."""

    AWAITING = "awaiting", N_("Venter på aksept")
    ACCEPTED = "accepted", N_("Akseptert")
    PARTLY_PAID = "partly_paid", N_("Delvis utbetalt")
    PAID = "paid", N_("Utbetalt")
    STOPPED = "stopped", N_("Utbetaling stanset")
    LAPSED = "lapsed", N_("Falt bort")
    DECLINED = "declined", N_("Takket nei")
    CLOSED = "closed", N_("Avsluttet")


class Step(Worded):
    """What is done with an award. Stopping, lapsing and closing are always a person's act (domain J.1.11)."""

    ACCEPT = "accept", N_("Aksepter tilskuddet")
    DECLINE = "decline", N_("Takk nei til tilskuddet")
    PAY_PART = "pay_part", N_("Delvis utbetalt")
    PAY_ALL = "pay_all", N_("Utbetalt")
    STOP = "stop", N_("Stans utbetalingen")
    RESUME = "resume", N_("Gjenoppta utbetalingen")
    RESUME_PART = "resume_part", N_("Gjenoppta delvis utbetalt")
    RESUME_ALL = "resume_all", N_("Gjenoppta utbetalt")
    LAPSE = "lapse", N_("La tilskuddet falle bort")
    CLOSE = "close", N_("Avslutt tilskuddet")


_S = Status
# Nothing comes of these: the money is back in the frame, and nobody owes a report.
FELL_AWAY = (_S.LAPSED, _S.DECLINED)

AWARD = Workflow(
    "award",
    (
        Move(Step.ACCEPT, (_S.AWAITING,), _S.ACCEPTED, P.SIGN_OWN, "accepted"),
        Move(Step.DECLINE, (_S.AWAITING,), _S.DECLINED, P.SIGN_OWN, "declined"),
        Move(Step.PAY_PART, (_S.ACCEPTED, _S.PARTLY_PAID), _S.PARTLY_PAID, P.AUTHORISE_FILE),
        Move(Step.PAY_ALL, (_S.ACCEPTED, _S.PARTLY_PAID), _S.PAID, P.AUTHORISE_FILE),
        Move(Step.STOP, (_S.ACCEPTED, _S.PARTLY_PAID), _S.STOPPED, P.STOP_PAYMENT, "stopped", impartial=True),
        Move(Step.RESUME, (_S.STOPPED,), _S.ACCEPTED, P.DECIDE, "resumed", impartial=True),
        # The same act where a part was paid before the stop.
        Move(Step.RESUME_PART, (_S.STOPPED,), _S.PARTLY_PAID, P.DECIDE, "resumed", impartial=True),
        # And where the last of it was out already.
        Move(Step.RESUME_ALL, (_S.STOPPED,), _S.PAID, P.DECIDE, "resumed", impartial=True),
        Move(Step.LAPSE, (_S.AWAITING,), _S.LAPSED, P.DECIDE, "lapsed", impartial=True),
        Move(Step.CLOSE, (_S.PAID,), _S.CLOSED, P.REVIEW_REPORT),
    ),
)
