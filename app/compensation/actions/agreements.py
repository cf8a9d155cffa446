"""An officer registers a signed agreement: a case of its own, with the practice as payee."""

from datetime import date, datetime

from app.access.domain import Actor
from app.audit import record
from app.cases import queries as cases
from app.cases.actions import declare, find_by, first_find_by, next_number, public_id, tell_account
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.workflow import CASE, Step
from app.compensation import queries
from app.compensation.domain import AgreementFacts, Employment, Terms, why_not_agree
from app.compensation.judgement import beside, employed_by, why_not_confirm_account, why_not_make, why_not_pay_to
from app.compensation.models import GpAgreement
from app.db import db
from app.flow import Reason, Refused, Stale, advance, record_hand
from app.parties import actions as parties
from app.parties import queries as known
from app.parties.models import Party
from app.rules.models import RuleVersion, Track
from app.rules.queries import published_version, rules_of
from app.values.clock import local_date
from app.values.language import N_


def make_agreement(facts: AgreementFacts, *, by: Actor, at: datetime) -> GpAgreement:
    """Make the case, give it a number and the officer, and bind it to the rules of its year. Raises Refused."""
    if reasons := why_not_make(by):
        raise Refused(reasons)
    queries.lock_gp(facts.hpr_no, facts.gp_name)
    version, payee, employment = basis(facts, local_date(at))
    area = queries.area_by_public_id(facts.area_public_id)
    if area is None:
        raise Refused([Reason(N_("Velg et utprøvingsområde."))])
    case = open_case(facts.gp_name, facts.hpr_no, version, payee, at)
    declare(case, Impartiality.IMPARTIAL, "", by=by, at=at)
    settle_case(case, Step.AGREE, by=by, at=at)
    account = tell_account(payee.id, facts.account_no, by=by, at=at)
    made = GpAgreement(
        case_id=case.id,
        gp_name=facts.gp_name,
        hpr_no=facts.hpr_no,
        employment=employment,
        area_id=area.id,
        payee_id=payee.id,
        account_id=account.id,
        from_on=facts.from_on,
        to_on=facts.to_on,
        cap_ore=facts.cap_ore,
        claimed_ore=0,
        signed_on=facts.signed_on,
        de_minimis_declared=facts.de_minimis_declared,
        registered_by=by.id,
    )
    db.session.add(made)
    db.session.flush()
    told = {
        "gp": facts.gp_name,
        "cap_ore": facts.cap_ore,
        "from_on": facts.from_on.isoformat(),
        "to_on": facts.to_on.isoformat(),
    }
    record(case.stream, "agreement.made", told, by=by, at=at, case_id=case.id)
    return made


def confirm_account(agreement_id: int, account_id: int, *, by: Actor, at: datetime) -> None:
    """The payee's signer says that the number an officer typed is theirs. Raises Refused, or Stale for another one."""
    agreement = queries.locked_agreement(agreement_id)
    if agreement.account_id != account_id:
        raise Stale
    account = known.locked_account(account_id)
    if reasons := why_not_confirm_account(agreement, account, by):
        raise Refused(reasons)
    record_hand("account", account.first_id, "confirmed", case_id=None, by=by, at=at)
    parties.confirm_account(account, by=by, at=at)


def basis(facts: AgreementFacts, today: date) -> tuple[RuleVersion, Party, Employment]:
    """The published rules it follows, its payee, and who the GP works for. Raises Refused with all that is wrong."""
    pot = queries.compensation_pot(facts.pot_code)
    version = published_version(pot.id, facts.from_on.year, facts.from_on) if pot else None
    payee = known.by_orgnr(facts.payee_orgnr)
    terms = Terms(facts.pot_code, version.year, rules_of(version.id).cap_ore) if version else None
    reasons = list(why_not_agree(facts, terms, today).values())
    if payee is None:
        reasons.append(Reason(N_("Vi kjenner ikke dette organisasjonsnummeret.")))
    else:
        reasons += why_not_pay_to(payee, facts.employment)
    reasons += why_not_beside(facts)
    if not facts.impartial:
        reasons.append(Reason(N_("Du må først svare på om du er habil i saken.")))
    if reasons or version is None or payee is None:
        raise Refused(reasons)
    return version, payee, facts.employment or employed_by(payee)


def why_not_beside(facts: AgreementFacts) -> list[Reason]:
    """Why the GP cannot have this agreement beside the others; asked under the lock of the GP."""
    other = queries.in_the_way(facts.hpr_no, facts.from_on, facts.to_on)
    return [beside(other, elsewhere=other.area.public_id != facts.area_public_id)] if other else []


def open_case(gp_name: str, hpr_no: str, version: RuleVersion, payee: Party, at: datetime) -> Case:
    """The case of an agreement: a draft, without a number, until we have answered; it is found by its words before."""
    case = Case(
        public_id=public_id(),
        track=Track.COMPENSATION,
        pot_id=version.pot_id,
        rule_version_id=version.id,
        scheme_code=version.pot.scheme.code,
        year=version.year,
        title=f"{gp_name}, {payee.display_name}",
        party_id=payee.id,
        party_name=payee.display_name,
        party_sort=payee.sort_key,
        created_at=at,
    )
    db.session.add(case)
    db.session.flush()
    first_find_by(case.id, title=case.title, party=f"{case.party_name} {payee.orgnr}", hpr=hpr_no)
    return case


def settle_case(case: Case, step: Step, *, by: Actor, at: datetime) -> None:
    """The answer gives the case its number and its officer."""
    number = next_number(case.year)
    advance(
        case,
        CASE,
        step,
        by=by,
        at=at,
        standing=cases.standing(case, by),
        facts={"number": number},
        stamp={"number": number, "submitted_at": at, "officer_id": by.id, "officer_name": by.name},
    )
    find_by(case.id, number=number)
