"""Words of the ledger."""

from app.values.language import N_, Worded


class FrameState(Worded):
    """No decision before the Storting's vote and the letter of allocation (domain J.1.7)."""

    PRELIMINARY = "preliminary", N_("foreløpig")
    AT_DISPOSAL = "at_disposal", N_("stilt til disposisjon")


class EntryKind(Worded):
    """What a ledger row tells; amounts are positive, the kind gives the direction."""

    COMMITMENT = "commitment", N_("tilsagn")
    REDUCTION = "reduction", N_("reduksjon")
    PAYMENT = "payment", N_("utbetaling")
    UNUSED = "unused", N_("ubrukt")
    DEBT = "debt", N_("krav om tilbakebetaling")
    REPAYMENT = "repayment", N_("tilbakebetalt")
