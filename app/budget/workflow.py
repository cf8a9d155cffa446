"""The life of a change of a frame: proposed by one, in force or refused by another."""

from app.access.domain import Permission
from app.flow import Move, Workflow
from app.values.language import N_, Worded


class ChangeStatus(Worded):
    """What is settled stands; a mistake is a new change."""

    PROPOSED = "proposed", N_("Foreslått")
    CONFIRMED = "confirmed", N_("Bekreftet")
    REFUSED = "refused", N_("Avslått")


class ChangeStep(Worded):
    """What the second person does."""

    CONFIRM = "confirm", N_("Bekreft endringen")
    REFUSE = "refuse", N_("Avslå endringen")


_S = ChangeStatus

# It leaves no hand: a proposal is never written anew, so its own row names both for good (CHECK settled_by_another).
FRAME_CHANGE = Workflow(
    "frame_change",
    (
        Move(ChangeStep.CONFIRM, (_S.PROPOSED,), _S.CONFIRMED, Permission.DECIDE),
        Move(ChangeStep.REFUSE, (_S.PROPOSED,), _S.REFUSED, Permission.DECIDE),
    ),
)
