"""The life of a rule version and of a call."""

from app.access.domain import Permission
from app.flow import Move, Workflow
from app.values.language import N_, P_, Worded


class RulesStatus(Worded):
    """A published version is immutable."""

    DRAFT = "draft", N_("Utkast")
    APPROVED = "approved", P_("intetkjønn", "Godkjent")
    PUBLISHED = "published", N_("Publisert")


class RulesStep(Worded):
    """What is done with a rule version."""

    APPROVE = "approve", N_("Godkjenn regelverket")
    SEND_BACK = "send_back", N_("Send tilbake")
    PUBLISH = "publish", N_("Publiser regelverket")


class Writing(Worded):
    """What is done beside the moves."""

    EDIT = "edit", N_("Rediger utkastet")
    CALL = "call", N_("Lag utlysning")
    HEARING = "hearing", N_("Registrer høring")
    HEARD = "heard", N_("Registrer at høringen er oppsummert")
    NO_HEARING = "no_hearing", N_("Registrer hvorfor høring er utelatt")
    GAZETTED = "gazetted", N_("Registrer kunngjøring i Norsk Lovtidend")


RULES = Workflow(
    "rules",
    (
        Move(RulesStep.APPROVE, (RulesStatus.DRAFT,), RulesStatus.APPROVED, Permission.APPROVE_RULES, "approved"),
        Move(RulesStep.SEND_BACK, (RulesStatus.APPROVED,), RulesStatus.DRAFT, Permission.APPROVE_RULES),
        Move(RulesStep.PUBLISH, (RulesStatus.APPROVED,), RulesStatus.PUBLISHED, Permission.PUBLISH),
    ),
)


class CallStatus(Worded):
    """Whether it is open follows from the dates; only publication is an act."""

    DRAFT = "draft", N_("Utkast")
    PUBLISHED = "published", N_("Kunngjort")


class CallStep(Worded):
    """What is done with a call."""

    PUBLISH = "publish", N_("Kunngjør utlysningen")


CALL = Workflow(
    "call",
    (Move(CallStep.PUBLISH, (CallStatus.DRAFT,), CallStatus.PUBLISHED, Permission.PUBLISH),),
)
