"""Words of the ledger, and the pure judgement of whether a frame holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.flow.domain import Reason
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


@dataclass(frozen=True)
class Posting:
    """One row to be in the ledger: øre on a case, and the text key of what it comes from («decision:7»)."""

    case_id: int
    amount_ore: int
    ref: str


@dataclass(frozen=True)
class Purse:
    """A frame as it stands: what may be committed, what is, and whether it may be used yet."""

    year: int
    state: FrameState
    frame_ore: int
    committed_ore: int
    paid_ore: int
    basis: str
    letter_on: date | None

    @property
    def left_ore(self) -> int:
        """What is left to commit, in øre."""
        return self.frame_ore - self.committed_ore


@dataclass(frozen=True)
class CaseLedger:
    """The sums of one case in øre: what it is promised net of reductions, paid, unused and owes."""

    committed_ore: int = 0
    paid_ore: int = 0
    unused_ore: int = 0
    open_debt_ore: int = 0

    @property
    def left_ore(self) -> int:
        """What is promised and not yet paid."""
        return self.committed_ore - self.paid_ore


@dataclass(frozen=True)
class OpenDebt:
    """What an organisation must pay back and has not: øre in all, and the numbers of the cases."""

    owed_ore: int
    cases: tuple[str, ...]


def ledger(sums: Mapping[EntryKind, int]) -> CaseLedger:
    """The sums of a case from the sum of each kind of row."""

    def of(kind: EntryKind) -> int:
        return sums.get(kind, 0)

    return CaseLedger(
        committed_ore=of(EntryKind.COMMITMENT) - of(EntryKind.REDUCTION),
        paid_ore=of(EntryKind.PAYMENT),
        unused_ore=of(EntryKind.UNUSED),
        open_debt_ore=of(EntryKind.DEBT) - of(EntryKind.REPAYMENT),
    )


def why_not_commit(purse: Purse | None, amount_ore: int) -> list[Reason]:
    """Why this frame cannot take this sum; empty when it can."""
    if purse is None:
        return [Reason(N_("Det er ikke satt noen ramme for i år."), who=N_("leder med BDM"))]
    if purse.state is FrameState.PRELIMINARY:
        text = N_("Rammen er foreløpig (%(basis)s). Det kan ikke gjøres vedtak før tildelingsbrevet er kommet.")
        return [Reason(text, {"basis": purse.basis})]
    if amount_ore > purse.left_ore:
        facts = {"left_ore": purse.left_ore, "missing_ore": amount_ore - purse.left_ore}
        return [Reason(N_("Rammen holder ikke: det er %(left_ore)s igjen, og det mangler %(missing_ore)s."), facts)]
    return []
