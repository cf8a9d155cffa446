"""The life of what is sent. Leaving the house takes two steps, so that a crash never sends twice unseen."""

from app.flow import Move, Workflow
from app.values.language import N_, Worded


class Status(Worded):
    """Where a letter or notice is."""

    QUEUED = "queued", N_("I kø")
    READY = "ready", N_("Klar til sending")
    SENDING = "sending", N_("Sendes")
    SENT = "sent", N_("Sendt")
    FAILED = "failed", N_("Feilet")


class Step(Worded):
    """What the jobs do with it."""

    RENDER = "render", N_("Lag brevet")
    BEGIN = "begin", N_("Begynn sendingen")
    FINISH = "finish", N_("Sendt")
    FAIL = "fail", N_("Sendingen feilet")
    RETRY = "retry", N_("Prøv igjen")


OUTGOING = Workflow(
    "outgoing",
    (
        Move(Step.RENDER, (Status.QUEUED,), Status.READY, None),
        Move(Step.BEGIN, (Status.READY,), Status.SENDING, None),
        Move(Step.FINISH, (Status.SENDING,), Status.SENT, None),
        Move(Step.FAIL, (Status.QUEUED, Status.SENDING), Status.FAILED, None),
        Move(Step.RETRY, (Status.FAILED,), Status.QUEUED, None),
    ),
)
