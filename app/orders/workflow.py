"""The life of an order."""

from app.access.domain import Permission as P
from app.flow import Move, Workflow
from app.values.language import N_, P_, Worded


class Status(Worded):
    """Where an order stands. `checked`: every row was tried, and a person says whether it is carried out."""

    QUEUED = "queued", N_("I kø")
    RUNNING = "running", N_("Arbeides med")
    CHECKED = "checked", N_("Klar til gjennomføring")
    DONE = "done", P_("bestilling", "Ferdig")
    STOPPED = "stopped", P_("bestilling", "Stanset")
    FAILED = "failed", N_("Kunne ikke gjennomføres")


class Step(Worded):
    """What is done with an order."""

    TAKE = "take", N_("Begynn")
    CHECK = "check", N_("Kontrollert")
    CARRY_OUT = "carry_out", N_("Gjennomfør importen")
    FINISH = "finish", P_("bestilling", "Ferdig")
    STOP = "stop", N_("Stans")
    RESUME = "resume", N_("Fortsett")
    TRY_AGAIN = "try_again", N_("Prøv igjen")
    GIVE_UP = "give_up", N_("Gi opp")


_S = Status

ORDER = Workflow(
    "order",
    (
        Move(Step.TAKE, (_S.QUEUED,), _S.RUNNING, None),
        Move(Step.CHECK, (_S.RUNNING,), _S.CHECKED, None),
        Move(Step.CARRY_OUT, (_S.CHECKED,), _S.QUEUED, P.PLACE_ORDER),
        Move(Step.FINISH, (_S.RUNNING,), _S.DONE, None),
        Move(Step.STOP, (_S.QUEUED, _S.RUNNING, _S.CHECKED), _S.STOPPED, P.PLACE_ORDER),
        Move(Step.RESUME, (_S.STOPPED,), _S.QUEUED, P.PLACE_ORDER),
        Move(Step.TRY_AGAIN, (_S.CHECKED, _S.DONE), _S.QUEUED, P.PLACE_ORDER),
        Move(Step.GIVE_UP, (_S.RUNNING,), _S.FAILED, None),
    ),
)
