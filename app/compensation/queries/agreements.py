"""Agreements, and what is left of their caps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.domain import GRANTS, Actor, Permission
from app.cases.models import Case
from app.compensation.domain import (
    Holding,
    Period,
    holdings,
)
from app.compensation.models import STANDS, Claim, ClaimLine, GpAgreement, GpPause
from app.compensation.queries.standing import Standing
from app.compensation.queries.terms import signed_anew, signed_terms
from app.compensation.workflow import AgreementStatus, Status
from app.db import db
from app.db.session import lock_rows
from app.flow.models import Hand
from app.flow.opposed import barring
from app.parties.domain import Kind
from app.parties.models import BankAccount, Party, PartyKind, PilotArea
from app.rules.queries import lines_of_pots, rules_of

MOST = 500
_PENDING = (Status.SUBMITTED, Status.CONFIRMED, Status.AWAITING_FUNDS)


@dataclass(frozen=True)
class Agreed:
    """An agreement with the names a page needs."""

    agreement: GpAgreement
    case: Case
    payee: Party
    area: PilotArea
    account: BankAccount | None

    @property
    def account_no(self) -> str:
        """The number the payee is paid to; blank until the payee has given one."""
        return self.account.account_no if self.account else ""


def standing_of(case_id: int, *, lock: bool = False, besides: int | None = None) -> Standing:
    """How the agreement of a case stands; locked until the transaction ends when asked. `besides`: see below."""
    return standings_on([case_id], lock=lock, besides=besides)[case_id]


def standings_on(case_ids: Collection[int], *, lock: bool = False, besides: int | None = None) -> dict[int, Standing]:
    """The same of many cases, by case; one read. What is waited for is seen by the read after the lock.

    `besides`: the key of a claim that is left out, since it is to say something else.
    """
    if lock:
        counted = sa.select(sa.func.coalesce(GpAgreement.chain_id, GpAgreement.id))
        theirs = GpAgreement.id.in_(counted.where(GpAgreement.case_id.in_(case_ids)))
        lock_rows(sa.select(GpAgreement.id).where(theirs).order_by(GpAgreement.id).with_for_update())
    first, same, lines = aliased(GpAgreement), aliased(GpAgreement), lines_of_pots()
    of_chain = sa.func.coalesce(GpAgreement.chain_id, GpAgreement.id)
    others = [Claim.id != besides] if besides is not None else []
    query = (
        sa.select(GpAgreement, first, Party, Case.rule_version_id, lines.c.line)
        .add_columns(Claim.id.label("claim_id"), Claim.agreement_id)
        .add_columns(sa.exists().where(GpPause.agreement_id == GpAgreement.id).label("rests"))
        .add_columns(signed_anew().label("signed_anew"))
        .add_columns(Claim.from_on, Claim.to_on, Claim.status, Claim.claimed_ore, ClaimLine.code)
        # What is taken back has room again.
        .add_columns((ClaimLine.paid_units - ClaimLine.reversed_units).label("left_units"))
        .join(Case, Case.id == GpAgreement.case_id)
        .join(Party, Party.id == GpAgreement.payee_id)
        .outerjoin(lines, lines.c.pot_id == Case.pot_id)
        .join(first, first.id == of_chain)
        .join(same, sa.or_(same.id == first.id, same.chain_id == first.id))
        .outerjoin(Claim, sa.and_(Claim.agreement_id == same.id, STANDS, *others))
        .outerjoin(ClaimLine, ClaimLine.claim_id == Claim.id)
        .where(GpAgreement.case_id.in_(case_ids))
        .order_by(Claim.id, ClaimLine.code)
        .execution_options(populate_existing=lock)
    )
    found: dict[int, tuple[GpAgreement, GpAgreement, Party, int, list[tuple[int, date]]]] = {}
    claims: dict[int, dict[int, Any]] = {}
    units: dict[int, dict[str, int]] = {}
    resting: set[int] = set()
    signing: set[int] = set()
    for row in db.session.execute(query):
        key = row[0].case_id
        found[key] = row[0], row[1], row[2], row.rule_version_id, row.line or []
        if row.rests:
            resting.add(row[0].id)
        if row.signed_anew:
            signing.add(row[0].id)
        of_case, used = claims.setdefault(key, {}), units.setdefault(key, {})
        if row.claim_id is not None:
            of_case[row.claim_id] = row
        if row.code is not None:
            used[row.code] = used.get(row.code, 0) + row.left_units
    rests, signed = pauses_of(resting), signed_terms(signing)
    return {
        key: Standing(
            agreement,
            counted,
            payee,
            _held(version, agreement.from_on, line, signed.get(agreement.id, {})),
            [Period(c.from_on, c.to_on) for c in claims[key].values() if c.agreement_id == agreement.id],
            units[key],
            sum(each.claimed_ore for each in claims[key].values() if each.status in _PENDING),
            [Period(each.from_on, each.to_on or agreement.last_on) for each in rests.get(agreement.id, ())],
        )
        for key, (agreement, counted, payee, version, line) in found.items()
    }


def pauses_of(agreement_ids: Collection[int]) -> dict[int, list[GpPause]]:
    """The days these agreements rest, oldest first, by agreement."""
    found: dict[int, list[GpPause]] = {each: [] for each in agreement_ids}
    if not found:
        return found
    query = sa.select(GpPause).where(GpPause.agreement_id.in_(agreement_ids)).order_by(GpPause.id)
    for pause in db.session.scalars(query):
        found[pause.agreement_id].append(pause)
    return found


def _held(
    version_id: int, from_on: date, line: Sequence[tuple[int, date]], signed: Mapping[int, date]
) -> tuple[Holding, ...]:
    published = [Holding(key, on, rules_of(key)) for key, on in line]
    own = next((each for each in published if each.version_id == version_id), None)
    return holdings(own or Holding(version_id, from_on, rules_of(version_id)), published, signed)


def locked_agreement(agreement_id: int) -> GpAgreement:
    """The agreement as it is now, locked until the transaction ends."""
    query = sa.select(GpAgreement).where(GpAgreement.id == agreement_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def locked_agreements(agreement_ids: Collection[int]) -> dict[int, GpAgreement]:
    """The same of many, by key."""
    query = sa.select(GpAgreement).where(GpAgreement.id.in_(agreement_ids)).order_by(GpAgreement.id).with_for_update()
    found = db.session.scalars(query.execution_options(populate_existing=True))
    return {agreement.id: agreement for agreement in found}


def agreed_rows() -> sa.Select[*tuple[Any, ...]]:
    """Agreements with what stands round each, in the order of Agreed."""
    return (
        sa.select(GpAgreement, Case, Party, PilotArea, BankAccount)
        .join(Case, Case.id == GpAgreement.case_id)
        .join(Party, Party.id == GpAgreement.payee_id)
        .join(PilotArea, PilotArea.id == GpAgreement.area_id)
        .outerjoin(BankAccount, BankAccount.id == GpAgreement.account_id)
    )


def agreements_of(actor: Actor) -> list[Agreed]:
    """The agreements whose payee this person acts for, by GP."""
    query = agreed_rows().where(GpAgreement.payee_id.in_(actor.party_ids)).order_by(GpAgreement.gp_sort, GpAgreement.id)
    return [Agreed(*row) for row in db.session.execute(query.limit(MOST))]


def on_their_way(area_ids: Collection[int]) -> list[Agreed]:
    """The agreements in these areas that are not signed, or that we have not answered, the newest first."""
    asked = (AgreementStatus.TO_SIGN, AgreementStatus.APPLIED)
    query = agreed_rows().where(GpAgreement.area_id.in_(area_ids), GpAgreement.status.in_(asked))
    return [Agreed(*row) for row in db.session.execute(query.order_by(GpAgreement.id.desc()).limit(MOST))]


def has_own(actor: Actor) -> bool:
    """Whether the person signs for a practice, or for another that is paid under an agreement: claims are theirs."""
    parties = _signs_for(actor)
    if not parties:
        return False
    agreed = sa.exists().where(GpAgreement.payee_id.in_(parties))
    practice = sa.exists().where(PartyKind.party_id.in_(parties), PartyKind.kind == Kind.PRACTICE)
    return db.session.scalar(sa.select(sa.or_(agreed, practice))) is True


def signed_for(actor: Actor) -> list[Party]:
    """The organisations this person signs for, by name."""
    query = sa.select(Party).where(Party.id.in_(_signs_for(actor))).order_by(Party.sort_key, Party.id)
    return list(db.session.scalars(query.limit(MOST)))


def _signs_for(actor: Actor) -> list[int]:
    found = [m.party_id for m in actor.memberships if Permission.CLAIM_OWN in GRANTS[m.role]]
    return [party_id for party_id in found if party_id is not None]


def own_agreement(public_id: str, actor: Actor) -> Agreed | None:
    """The agreement of the case with this address, when the person acts for its payee."""
    query = agreed_rows().where(Case.public_id == public_id, GpAgreement.payee_id.in_(actor.party_ids))
    row = db.session.execute(query).first()
    return Agreed(*row) if row else None


def typed_by(account: BankAccount) -> set[int]:
    """Everybody who ever typed the number for its organisation."""
    query = sa.select(Hand.user_id).where(
        Hand.kind == "account", Hand.thing_id == account.first_id, Hand.hand.in_(barring("account", "confirmed"))
    )
    return {account.registered_by, *db.session.scalars(query)}


def agreement_by_address(public_id: str) -> Agreed | None:
    """The agreement of the case with this address, as we see it."""
    row = db.session.execute(agreed_rows().where(Case.public_id == public_id)).first()
    return Agreed(*row) if row else None
