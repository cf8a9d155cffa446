"""An agreement is asked for: by the practice itself, or by the area, and then the practice signs. We answer.

Whoever signs for the payee has had the recipient's hand on its case from then on, so they answer nothing there.
"""

from datetime import datetime

from app.access.domain import Actor
from app.audit import record
from app.cases import queries as cases
from app.cases.actions import declare, tell_account
from app.cases.domain import Impartiality
from app.cases.workflow import CASE
from app.cases.workflow import Step as CaseStep
from app.compensation import judgement, queries
from app.compensation.actions.agreeing import seen, take
from app.compensation.actions.agreements import basis, open_case, settle_case
from app.compensation.actions.answering import invite, reply_to_agreement
from app.compensation.domain import AgreementFacts
from app.compensation.models import GpAgreement
from app.compensation.workflow import AgreementStatus, AgreementStep
from app.db import db
from app.flow import Reason, Refused, record_hand
from app.parties import actions as parties
from app.parties import queries as known
from app.values.clock import local_date
from app.values.language import N_


def apply_for(facts: AgreementFacts, *, by: Actor, at: datetime) -> GpAgreement:
    """The payee's signer asks for an agreement, and signs it by sending. Raises Refused."""
    payee = known.by_orgnr(facts.payee_orgnr)
    if reasons := judgement.why_not_apply(payee.id if payee else None, by):
        raise Refused(reasons)
    made = _make(facts, AgreementStatus.APPLIED, by, at)
    _sign(made, facts.account_no, facts.de_minimis_declared, by, at)
    record(made.stream, "agreement.applied", {"gp": made.gp_name}, by=by, at=at, case_id=made.case_id)
    return made


def register_for(facts: AgreementFacts, *, by: Actor, at: datetime) -> GpAgreement:
    """The area's coordinator registers what a practice is to sign; the practice is told. Raises Refused."""
    area = queries.area_by_public_id(facts.area_public_id)
    if reasons := judgement.why_not_register(area, by):
        raise Refused(reasons)
    made = _make(facts, AgreementStatus.TO_SIGN, by, at)
    record(made.stream, "agreement.registered", {"gp": made.gp_name}, by=by, at=at, case_id=made.case_id)
    invite(made, at, by)
    return made


def sign(agreement_id: int, version: int, account_no: str, de_minimis: bool, *, by: Actor, at: datetime) -> None:
    """The payee's signer signs what the area registered. Raises Refused or Stale."""
    agreement = seen(agreement_id, version)
    also = list(judgement.why_not_closed(known.get(agreement.payee_id)))
    take(
        agreement,
        AgreementStep.SIGN,
        by,
        at,
        also,
        {"gp": agreement.gp_name},
        **_stamp(agreement, account_no, de_minimis, by, at),
    )
    record_hand(CASE.name, agreement.case_id, "submitted", case_id=agreement.case_id, by=by, at=at)


def take_back_application(agreement_id: int, version: int, reason: str, *, by: Actor, at: datetime) -> None:
    """The payee's signer wants it no more, before we have answered. Raises Refused or Stale."""
    agreement = seen(agreement_id, version)
    facts = {"gp": agreement.gp_name, "reason": reason.strip()}
    take(agreement, AgreementStep.TAKE_BACK, by, at, [], facts, reason=reason.strip())


def approve_agreement(agreement_id: int, version: int, *, by: Actor, at: datetime) -> None:
    """It is in force from its first day. Raises Refused or Stale."""
    agreement = seen(agreement_id, version)
    also = judgement.why_not_closed(known.get(agreement.payee_id))
    stamp = {"answered_by": by.id, "answered_at": at}
    take(agreement, AgreementStep.APPROVE, by, at, also, {"gp": agreement.gp_name}, **stamp)
    _answer(agreement, CaseStep.AGREE, by, at)


def refuse_agreement(agreement_id: int, version: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Refused, with the reason the practice is told and may complain on. Raises Refused or Stale."""
    agreement = seen(agreement_id, version)
    also = [] if reason.strip() else [Reason(N_("Skriv begrunnelsen. Legekontoret får den i svaret."), of="reason")]
    facts = {"gp": agreement.gp_name, "reason": reason.strip()}
    stamp = {"answered_by": by.id, "answered_at": at, "reason": reason.strip()}
    take(agreement, AgreementStep.REFUSE, by, at, also, facts, **stamp)
    _answer(agreement, CaseStep.TURN_DOWN, by, at)


def declare_for_agreement(agreement_id: int, *, by: Actor, at: datetime) -> None:
    """The officer's own declaration, before the first step (fvl §§ 6–10)."""
    declare(cases.locked(queries.locked_agreement(agreement_id).case_id), Impartiality.IMPARTIAL, "", by=by, at=at)


def _make(facts: AgreementFacts, status: AgreementStatus, by: Actor, at: datetime) -> GpAgreement:
    queries.lock_gp(facts.hpr_no, facts.gp_name)
    version, payee, employment = basis(facts, local_date(at))
    area = queries.area_by_public_id(facts.area_public_id)
    if area is None:
        raise Refused([Reason(N_("Velg et utprøvingsområde."))])
    signed = status is AgreementStatus.APPLIED
    case = open_case(facts.gp_name, facts.hpr_no, version, payee, at)
    made = GpAgreement(
        case_id=case.id,
        gp_name=facts.gp_name,
        hpr_no=facts.hpr_no,
        employment=employment,
        area_id=area.id,
        payee_id=payee.id,
        account_id=tell_account(payee.id, facts.account_no, by=by, at=at).id if signed else None,
        from_on=facts.from_on,
        to_on=facts.to_on,
        cap_ore=facts.cap_ore,
        claimed_ore=0,
        signed_on=local_date(at) if signed else None,
        de_minimis_declared=facts.de_minimis_declared,
        registered_by=by.id,
        status=status,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _sign(made: GpAgreement, account_no: str, de_minimis: bool, by: Actor, at: datetime) -> None:
    for name, value in _stamp(made, account_no, de_minimis, by, at).items():
        setattr(made, name, value)
    db.session.flush()
    record_hand(CASE.name, made.case_id, "submitted", case_id=made.case_id, by=by, at=at)


def _stamp(agreement: GpAgreement, account_no: str, de_minimis: bool, by: Actor, at: datetime) -> dict[str, object]:
    """What the signature tells: the number, told by its owner, and who signed when."""
    account = tell_account(agreement.payee_id, account_no, by=by, at=at)
    parties.confirm_account(account, by=by, at=at)
    return {
        "account_id": account.id,
        "de_minimis_declared": de_minimis,
        "signed_on": local_date(at),
        "signed_by": by.id,
        "signed_at": at,
    }


def _answer(agreement: GpAgreement, step: CaseStep, by: Actor, at: datetime) -> None:
    case, payee = cases.locked(agreement.case_id), known.get(agreement.payee_id)
    settle_case(case, step, by=by, at=at)
    reply_to_agreement(agreement, case, payee, by=by, at=at)
