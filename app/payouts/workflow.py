"""The life of a payable and of a payout list: three different hands (domain C.3, J.1.10)."""

from app.access.domain import Permission as P
from app.flow import Move, Workflow
from app.values.language import N_, Worded


class Status(Worded):
    """pages.md, row «Instalment»; «Planlagt» is an instalment without a payable."""

    READY = "ready", N_("Klar til attestasjon")
    ATTESTED = "attested", N_("Attestert")
    APPROVED = "approved", N_("Godkjent")
    SENT = "sent", N_("Sendt til betaling")
    PAID = "paid", N_("Betalt")
    REJECTED = "rejected", N_("Avvist av banken")
    CANCELLED = "cancelled", N_("Annullert")


class Step(Worded):
    """What is done with a payable."""

    ATTEST = "attest", N_("Attester")
    APPROVE = "approve", N_("Godkjenn")
    SEND_BACK = "send_back", N_("Send tilbake")
    SEND = "send", N_("Lås og overfør til økonomi")
    PAY = "pay", N_("Registrer som betalt")
    REJECT = "reject", N_("Registrer som avvist")
    CANCEL = "cancel", N_("Annuller")


_S = Status

PAYABLE = Workflow(
    "payable",
    (
        Move(Step.ATTEST, (_S.READY,), _S.ATTESTED, P.ATTEST, "attested"),
        Move(Step.APPROVE, (_S.ATTESTED,), _S.APPROVED, P.APPROVE_PAYOUT, "approved"),
        Move(Step.SEND_BACK, (_S.ATTESTED, _S.APPROVED), _S.READY, P.APPROVE_PAYOUT),
        Move(Step.SEND, (_S.APPROVED,), _S.SENT, P.AUTHORISE_FILE, "handed_over"),
        Move(Step.PAY, (_S.SENT,), _S.PAID, P.AUTHORISE_FILE, "settled"),
        Move(Step.REJECT, (_S.SENT,), _S.REJECTED, P.AUTHORISE_FILE, "settled"),
        Move(Step.CANCEL, (_S.READY, _S.REJECTED), _S.CANCELLED, P.APPROVE_PAYOUT),
    ),
)
