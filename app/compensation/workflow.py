"""The lives of an agreement and of a claim."""

from app.access.domain import Permission as P
from app.flow import Move, Workflow
from app.values.language import N_, P_, Worded


class Status(Worded):
    """pages.md, row «Claim (GP)»."""

    SUBMITTED = "submitted", N_("Sendt inn")
    CONFIRMED = "confirmed", N_("Bekreftet av området")
    APPROVED = "approved", P_("intetkjønn", "Godkjent")
    PARTLY_APPROVED = "partly_approved", N_("Godkjent i del")
    REFUSED = "refused", N_("Avslått")
    AWAITING_FUNDS = "awaiting_funds", N_("Venter på midler")
    PAID = "paid", N_("Betalt")
    WITHDRAWN = "withdrawn", N_("Trukket")


class Step(Worded):
    """What is done with a claim."""

    CORRECT = "correct", N_("Rett kravet")
    WITHDRAW = "withdraw", N_("Trekk kravet")
    CONFIRM = "confirm", N_("Bekreft kravet")
    CONFIRM_CENTRALLY = "confirm_centrally", N_("Bekreft for området")
    APPROVE = "approve", N_("Godkjenn kravet")
    APPROVE_BY_RULE = "approve_by_rule", N_("Godkjenn etter regelverket")
    APPROVE_PART = "approve_part", N_("Godkjenn i del")
    REFUSE = "refuse", N_("Avslå kravet")
    AWAIT_FUNDS = "await_funds", N_("Sett på vent")
    AWAIT_FUNDS_BY_RULE = "await_funds_by_rule", N_("Sett på vent etter regelverket")
    PAY = "pay", N_("Betalt")
    PAY_BY_HELFO = "pay_by_helfo", N_("Betalt av Helfo")


_S = Status
# Its days, units and money count no more: they may be claimed anew.
FALLEN = (_S.REFUSED, _S.WITHDRAWN)

CLAIM = Workflow(
    "claim",
    (
        # Until somebody has confirmed it, it is its sender's own. Whoever does either has sent it in.
        Move(Step.CORRECT, (_S.SUBMITTED,), _S.SUBMITTED, P.CLAIM_OWN, "submitted"),
        Move(Step.WITHDRAW, (_S.SUBMITTED,), _S.WITHDRAWN, P.CLAIM_OWN, "submitted"),
        Move(Step.CONFIRM, (_S.SUBMITTED,), _S.CONFIRMED, P.CONFIRM_CLAIM, "confirmed"),
        # An area is no legal person: it may not confirm a claim that its own host organisation is paid (domain J.1.13).
        Move(
            Step.CONFIRM_CENTRALLY,
            (_S.SUBMITTED,),
            _S.CONFIRMED,
            P.REVIEW_CLAIM,
            "confirmed",
            impartial=True,
        ),
        Move(
            Step.APPROVE,
            (_S.CONFIRMED, _S.AWAITING_FUNDS),
            _S.APPROVED,
            P.REVIEW_CLAIM,
            "reviewed",
            impartial=True,
        ),
        # No person holds it: within limits and unremarkable, in full (domain J.3).
        Move(Step.APPROVE_BY_RULE, (_S.CONFIRMED,), _S.APPROVED, None),
        Move(Step.AWAIT_FUNDS_BY_RULE, (_S.CONFIRMED,), _S.AWAITING_FUNDS, None),
        Move(
            Step.APPROVE_PART,
            (_S.CONFIRMED, _S.AWAITING_FUNDS),
            _S.PARTLY_APPROVED,
            P.REVIEW_CLAIM,
            "reviewed",
            impartial=True,
        ),
        Move(
            Step.REFUSE,
            (_S.CONFIRMED, _S.AWAITING_FUNDS),
            _S.REFUSED,
            P.REVIEW_CLAIM,
            "reviewed",
            impartial=True,
        ),
        Move(Step.AWAIT_FUNDS, (_S.CONFIRMED,), _S.AWAITING_FUNDS, P.REVIEW_CLAIM, "reviewed", impartial=True),
        Move(Step.PAY, (_S.APPROVED, _S.PARTLY_APPROVED), _S.PAID, P.AUTHORISE_FILE),
        # Not sent from here: registered as Helfo tells it, by another than who told Helfo.
        Move(Step.PAY_BY_HELFO, (_S.APPROVED, _S.PARTLY_APPROVED), _S.PAID, P.AUTHORISE_FILE),
    ),
)


class AgreementStatus(Worded):
    """Where an agreement stands. Only the days of one that was in force can be claimed for."""

    TO_SIGN = "to_sign", N_("Venter på signatur")
    APPLIED = "applied", N_("Søknad til behandling")
    ACTIVE = "active", N_("Gjelder")
    REFUSED = "refused", N_("Avslått")
    TAKEN_BACK = "taken_back", N_("Søknaden er trukket")
    PAUSED = "paused", N_("Pause")
    ENDED = "ended", N_("Avsluttet")
    MOVED = "moved", N_("Flyttet til et annet legekontor")


class AgreementStep(Worded):
    """What is done with an agreement."""

    SIGN = "sign", N_("Signer avtalen")
    TAKE_BACK = "take_back", N_("Trekk søknaden om avtale")
    APPROVE = "approve", N_("Godkjenn avtalen")
    REFUSE = "refuse", N_("Avslå søknaden om avtale")
    PAUSE = "pause", N_("Sett avtalen på pause")
    RESUME = "resume", N_("Ta opp avtalen igjen")
    END = "end", N_("Avslutt avtalen")
    MOVE = "move", N_("Flytt avtalen til et annet legekontor")


_A = AgreementStatus
IN_FORCE = (_A.ACTIVE, _A.PAUSED)
# Its days count, also those before it ended: overlaps are judged by them, and they can be claimed for.
HELD = (*IN_FORCE, _A.ENDED, _A.MOVED)

# A signed paper agreement that an officer registers begins as active.
AGREEMENT = Workflow(
    "agreement",
    (
        Move(AgreementStep.SIGN, (_A.TO_SIGN,), _A.APPLIED, P.CLAIM_OWN),
        Move(AgreementStep.TAKE_BACK, (_A.TO_SIGN, _A.APPLIED), _A.TAKEN_BACK, P.CLAIM_OWN),
        Move(AgreementStep.APPROVE, (_A.APPLIED,), _A.ACTIVE, P.REVIEW_CLAIM, impartial=True),
        Move(AgreementStep.REFUSE, (_A.APPLIED,), _A.REFUSED, P.REVIEW_CLAIM, impartial=True),
        Move(AgreementStep.PAUSE, (_A.ACTIVE,), _A.PAUSED, P.REVIEW_CLAIM, impartial=True),
        Move(AgreementStep.RESUME, (_A.PAUSED,), _A.ACTIVE, P.REVIEW_CLAIM, impartial=True),
        Move(AgreementStep.END, IN_FORCE, _A.ENDED, P.REVIEW_CLAIM, impartial=True),
        # Again, where the agreement that continued it was refused or taken back.
        Move(AgreementStep.MOVE, (*IN_FORCE, _A.MOVED), _A.MOVED, P.REVIEW_CLAIM, impartial=True),
    ),
)
