"""The life of a delivery: written, read by another, and frozen."""

from app.access.domain import Permission as P
from app.flow import Move, Workflow
from app.values.language import N_, P_, Worded


class Status(Worded):
    """An approved one never changes; what comes after it is a new version."""

    DRAFT = "draft", N_("Utkast")
    READY = "ready", N_("Til godkjenning")
    APPROVED = "approved", P_("hankjønn", "Godkjent")


class Step(Worded):
    """What is done with a delivery."""

    SUBMIT = "submit", N_("Send til godkjenning")
    SEND_BACK = "send_back", N_("Send tilbake til den som skrev")
    APPROVE = "approve", N_("Godkjenn leveransen")


class Writing(Worded):
    """What is done beside the moves."""

    EDIT = "edit", N_("Rediger teksten")
    REVISE = "revise", N_("Lag ny versjon")


SUMMARY = Workflow(
    "summary",
    (
        Move(Step.SUBMIT, (Status.DRAFT,), Status.READY, P.WRITE_SUMMARY, "drafted"),
        Move(Step.SEND_BACK, (Status.READY,), Status.DRAFT, P.APPROVE_SUMMARY),
        Move(Step.APPROVE, (Status.READY,), Status.APPROVED, P.APPROVE_SUMMARY, "approved"),
    ),
)
