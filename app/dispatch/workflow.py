"""The life of what is sent. Leaving the house takes two steps, so that a crash never sends twice unseen."""

from app.access.domain import Permission as P
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
    """What the jobs do with it; the last two are for a person when it failed."""

    RENDER = "render", N_("Lag brevet")
    BEGIN = "begin", N_("Begynn sendingen")
    FINISH = "finish", N_("Send")
    WAIT = "wait", N_("Vent og prøv igjen")
    FAIL = "fail", N_("Meld at sendingen feilet")
    RETRY = "retry", N_("Prøv igjen")
    SETTLE = "settle", N_("Merk som sendt")


_S = Status

OUTGOING = Workflow(
    "outgoing",
    (
        Move(Step.RENDER, (_S.QUEUED,), _S.READY, None),
        Move(Step.BEGIN, (_S.READY,), _S.SENDING, None),
        Move(Step.FINISH, (_S.SENDING,), _S.SENT, None),
        Move(Step.WAIT, (_S.SENDING,), _S.READY, None),
        Move(Step.FAIL, (_S.QUEUED, _S.SENDING), _S.FAILED, None),
        Move(Step.RETRY, (_S.FAILED,), _S.QUEUED, P.REGISTER),
        Move(Step.SETTLE, (_S.FAILED,), _S.SENT, P.REGISTER),
    ),
)
