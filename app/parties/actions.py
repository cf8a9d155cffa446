"""Organisations and their bank accounts."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from app.audit import Hand, record
from app.db import db
from app.parties import queries
from app.parties.domain import Kind
from app.parties.models import BankAccount, Party, PartyKind, PilotArea
from app.values.identity import mask_account
from app.values.language import LanguageDecision
from app.values.sortkeys import fold, sort_key


def add_party(
    orgnr: str,
    name: str,
    kinds: Iterable[Kind],
    *,
    by: Hand | None,
    at: datetime,
    display_name: str = "",
    language: LanguageDecision = LanguageDecision.NEUTRAL,
    invented: bool = False,
    demo_fields: tuple[str, ...] = (),
    **known: str | int | None,
) -> Party:
    """A new organisation. `known` are further columns of Party (municipality_no, postcode, email …)."""
    shown = display_name or name
    party = Party(
        public_id=secrets.token_urlsafe(12),
        orgnr=orgnr,
        name=name,
        display_name=shown,
        sort_key=sort_key(shown),
        name_fold=fold(shown),
        language_decision=language,
        invented=invented,
        demo_fields=list(demo_fields),
        **known,
    )
    db.session.add(party)
    db.session.flush()
    db.session.add_all(PartyKind(party_id=party.id, kind=kind) for kind in kinds)
    record(f"party:{party.id}", "party.added", {"name": shown, "orgnr": orgnr}, by=by, at=at)
    return party


def close_party(party: Party, on: date | None, source: str, reason: str, *, by: Hand | None, at: datetime) -> None:
    """It was closed on this day, says the source; None: it is not closed after all. The caller has locked it."""
    party.closed_on = on
    db.session.flush()
    told = {"source": source, "reason": reason}
    if on is not None:
        record(f"party:{party.id}", "party.closed", {"on": on.isoformat(), **told}, by=by, at=at)
    else:
        record(f"party:{party.id}", "party.opened", told, by=by, at=at)


def add_area(name: str, health_community: str, host: Party, *, by: Hand | None, at: datetime) -> PilotArea:
    """A pilot area with its host organisation (domain J.1.13)."""
    area = PilotArea(
        public_id=secrets.token_urlsafe(12), name=name, health_community=health_community, host_party_id=host.id
    )
    db.session.add(area)
    db.session.flush()
    record("system", "party.area_added", {"name": name}, by=by, at=at)
    return area


def give_account(party_id: int, account_no: str, *, by: Hand, at: datetime) -> BankAccount:
    """Register an account number; the same as the one given last is kept, unless that was closed.

    Confirming and control are other acts.
    """
    if (known := _still(party_id, account_no)) is not None:
        return known
    queries.lock_party(party_id)
    # What was waited for may be this very number.
    if (known := _still(party_id, account_no)) is not None:
        return known
    account = BankAccount(
        party_id=party_id,
        account_no=account_no,
        registered_by=by.id,
        registered_at=at,
        rejected_at=queries.rejected_at(party_id, account_no),
    )
    db.session.add(account)
    db.session.flush()
    record(f"party:{party_id}", "party.account_given", {"account": mask_account(account_no)}, by=by, at=at)
    return account


def _still(party_id: int, account_no: str) -> BankAccount | None:
    """The number given last, when it is this one and not closed."""
    last = queries.last_account(party_id)
    return last if last is not None and last.closed_at is None and last.account_no == account_no else None


def confirm_account(account: BankAccount, *, by: Hand, at: datetime) -> None:
    """The recipient's signer confirms the number with the acceptance (domain A.4)."""
    if account.confirmed_at is None:
        account.confirmed_by, account.confirmed_at = by.id, at
        facts = {"account": mask_account(account.account_no)}
        record(f"party:{account.party_id}", "party.account_confirmed", facts, by=by, at=at)


def control_account(account: BankAccount, note: str, *, by: Hand, at: datetime) -> None:
    """A changed number is controlled by call-back, by another person than the one who gave it (domain E.2)."""
    account.controlled_by, account.controlled_at, account.control_note = by.id, at, note
    facts = {"account": mask_account(account.account_no), "note": note}
    record(f"party:{account.party_id}", "party.account_controlled", facts, by=by, at=at)


def close_account(account: BankAccount, note: str, *, by: Hand, at: datetime) -> None:
    """The recipient has said, when rung back, that the number is not theirs; nothing goes to it any more."""
    account.closed_by, account.closed_at = by.id, at
    facts = {"account": mask_account(account.account_no), "note": note}
    record(f"party:{account.party_id}", "party.account_closed", facts, by=by, at=at)


def reject_account(account: BankAccount, *, by: Hand, at: datetime) -> None:
    """The bank has refused to pay to the number: every row of it is controlled anew before it is paid to."""
    queries.lock_party(account.party_id)
    for each in queries.same_number(account.party_id, account.account_no):
        each.rejected_at = at
    facts = {"account": mask_account(account.account_no)}
    record(f"party:{account.party_id}", "party.account_rejected", facts, by=by, at=at)
