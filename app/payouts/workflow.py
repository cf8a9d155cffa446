"""The life of a payable and of a payout list: three different hands (domain C.3, J.1.10)."""

from app.access.domain import Actor
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
    CONFIRM_REJECTION = "confirm_rejection", N_("Bekreft avvisningen")
    DENY_REJECTION = "deny_rejection", N_("Avvisningen stemmer ikke")
    CANCEL = "cancel", N_("Annuller")

    @property
    def is_handing_over(self) -> bool:
        """Whether it goes by a page of its own, where the lines are chosen and the pay day told."""
        return self is Step.SEND


_S = Status

PAYABLE = Workflow(
    "payable",
    (
        Move(Step.ATTEST, (_S.READY,), _S.ATTESTED, P.ATTEST, "attested", impartial=True),
        Move(Step.APPROVE, (_S.ATTESTED,), _S.APPROVED, P.APPROVE_PAYOUT, "approved", impartial=True),
        Move(Step.SEND_BACK, (_S.ATTESTED, _S.APPROVED), _S.READY, P.APPROVE_PAYOUT, impartial=True),
        Move(Step.SEND, (_S.APPROVED,), _S.SENT, P.AUTHORISE_FILE, "handed_over", impartial=True),
        Move(Step.PAY, (_S.SENT,), _S.PAID, P.AUTHORISE_FILE, "settled", impartial=True),
        Move(Step.REJECT, (_S.SENT,), _S.REJECTED, P.AUTHORISE_FILE, "settled", impartial=True),
        # The bank's answer is looked at by a second person before the sum can be paid anew.
        Move(Step.CONFIRM_REJECTION, (_S.REJECTED,), _S.CANCELLED, P.AUTHORISE_FILE, "checked", impartial=True),
        Move(Step.DENY_REJECTION, (_S.REJECTED,), _S.SENT, P.AUTHORISE_FILE, "checked", impartial=True),
        Move(Step.CANCEL, (_S.READY,), _S.CANCELLED, P.APPROVE_PAYOUT, impartial=True),
    ),
)

# The hands of a payment; who holds one of these answers on impartiality before the first of them (domain D.3).
HANDS = (P.ATTEST, P.APPROVE_PAYOUT, P.AUTHORISE_FILE, P.CONTROL_ACCOUNT)
SIGNED = (Step.ATTEST, Step.APPROVE, Step.SEND)
# The hand a line waits for before it leaves the house, and with what waits after.
NEXT = {_S.READY: Step.ATTEST, _S.ATTESTED: Step.APPROVE, _S.APPROVED: Step.SEND}
# Where the lines of each such hand are listed: the last part of the address.
QUEUES = {_S.READY: "til-attestasjon", _S.ATTESTED: "til-godkjenning", _S.APPROVED: "til-overforing"}
WAITS_FOR = {**NEXT, _S.SENT: Step.PAY, _S.REJECTED: Step.CONFIRM_REJECTION}


def may_sign(actor: Actor) -> bool:
    """Whether the person has a hand in payments at all."""
    return any(actor.may(hand) for hand in HANDS)


def may_act(actor: Actor, status: Status) -> bool:
    """Whether the person has a hand in a line that stands there."""
    return any(move.needs is not None and actor.may(move.needs) for move in PAYABLE.moves if status in move.start)


class AccountStep(Worded):
    """What an account number waits for before money goes to it."""

    CONTROL = "control_account", N_("Kontroller kontonummeret")
    GIVE = "give_account", N_("Gi nytt kontonummer")


class DebtStatus(Worded):
    """Where a decided claim for money back is."""

    REGISTERED = "registered", N_("Venter på bekreftelse")
    CONFIRMED = "confirmed", N_("Skal betales tilbake")
    REPAID = "repaid", N_("Betalt tilbake")
    WITHDRAWN = "withdrawn", N_("Trukket")
    REFUSED = "refused", N_("Avslått")


# Nothing came of it: it counts nowhere, and one registered after it is the same matter.
DROPPED = (DebtStatus.WITHDRAWN, DebtStatus.REFUSED)


class DebtStep(Worded):
    """What is done with it."""

    REGISTER = "register", N_("Registrer krav om tilbakebetaling")
    CONFIRM = "confirm", N_("Bekreft kravet")
    REFUSE = "refuse", N_("Avslå kravet")
    WITHDRAW = "withdraw", N_("Trekk kravet")
    SETTLE = "settle", N_("Registrer innbetaling")
    SET_OFF = "set_off", N_("Motregn i utbetaling")


_D = DebtStatus

# A person's decision, never the machine's (domain J.1.11): an officer registers it, another with BDM confirms it.
REPAYMENT = Workflow(
    "repayment",
    (
        Move(DebtStep.CONFIRM, (_D.REGISTERED,), _D.CONFIRMED, P.DECIDE, "confirmed", impartial=True),
        Move(DebtStep.REFUSE, (_D.REGISTERED,), _D.REFUSED, P.DECIDE, "refused", impartial=True),
        Move(DebtStep.WITHDRAW, (_D.REGISTERED,), _D.WITHDRAWN, P.REVIEW_REPORT, impartial=True),
        Move(DebtStep.SETTLE, (_D.CONFIRMED,), _D.REPAID, P.AUTHORISE_FILE, "settled", impartial=True),
        # No person holds it: it follows when the line it is set off in is booked as paid.
        Move(DebtStep.SET_OFF, (_D.CONFIRMED,), _D.REPAID, None),
    ),
)
