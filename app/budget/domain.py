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


class ChangeKind(Worded):
    """How a frame is changed after it was set (domain C.4)."""

    RAISE = "raise", N_("økning")
    CARRY_OVER = "carry_over", N_("overføring fra tidligere år")
    CUT = "cut", N_("reduksjon")


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
    carried_out_ore: int = 0

    @property
    def left_ore(self) -> int:
        """What is left to commit, in øre: what a later year has taken over is not."""
        return self.frame_ore - self.carried_out_ore - self.committed_ore


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


# Unused money may be spent in the two next years (bevilgningsreglementet § 5, domain C.4).
CARRIED_YEARS = 2


@dataclass(frozen=True)
class ChangeFacts:
    """A change of a frame as its document says: øre, more than nought; the kind gives the direction.

    `from_year`, `clearance` and `clearance_on` tell of money from an earlier year: which, and that the ministry agrees.
    """

    kind: ChangeKind
    amount_ore: int
    document: str
    document_on: date
    reason: str
    from_year: int | None = None
    clearance: str = ""
    clearance_on: date | None = None

    @property
    def signed_ore(self) -> int:
        """What the change adds to the frame; less than nought for a cut."""
        return -self.amount_ore if self.kind is ChangeKind.CUT else self.amount_ore


def carried_from(year: int) -> tuple[int, ...]:
    """The years that may still leave money to this one, the last first."""
    return tuple(range(year - 1, year - 1 - CARRIED_YEARS, -1))


def why_not_change(facts: ChangeFacts, purse: Purse, unused_ore: int | None) -> list[Reason]:
    """Why the frame cannot be changed so. `unused_ore`: what the year it comes from has left; None: not known here."""
    if facts.kind is ChangeKind.CUT and facts.amount_ore > purse.left_ore:
        text = N_("Rammen kan reduseres med høyst %(left_ore)s. Resten er det gitt tilsagn om.")
        return [Reason(text, {"left_ore": purse.left_ore}, of="amount")]
    if facts.kind is not ChangeKind.CARRY_OVER:
        return []
    reasons = []
    if facts.from_year not in carried_from(purse.year):
        reasons.append(Reason(N_("Velg hvilket år pengene overføres fra."), of="from_year"))
    if not facts.clearance:
        reasons.append(Reason(N_("Skriv referansen til departementets samtykke."), of="clearance"))
    if facts.clearance_on is None:
        reasons.append(Reason(N_("Skriv datoen for departementets samtykke."), of="clearance_on"))
    if unused_ore is not None and facts.amount_ore > unused_ore:
        text = N_("Bare %(unused_ore)s er ubrukt i rammen for %(from_year)s.")
        told = {"unused_ore": max(unused_ore, 0), "from_year": str(facts.from_year)}
        reasons.append(Reason(text, told, of="amount"))
    return reasons
