"""Verbs on letters and notices: queue, and what a person may do when one was not sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.access.domain import Actor
from app.audit import record
from app.cases.actions import public_id
from app.cases.models import Case
from app.db import db
from app.dispatch import queries
from app.dispatch.models import Outgoing
from app.dispatch.workflow import OUTGOING, Status, Step
from app.flow import Reason, Stale, advance
from app.parties.models import Party
from app.values.language import N_


def queue_letter(
    *,
    key: str,
    case: Case,
    kind: str,
    letter: str,
    facts: Mapping[str, Any],
    language: str,
    subject: str,
    body: str,
    at: datetime,
    by: Actor | None,
    not_before: datetime | None = None,
) -> Outgoing:
    """Queue a letter with its frozen facts; a job makes the PDF and sends it. A repeated `key` gives the first back.

    `letter` is the kind the letters package knows («award»), `facts` its JSON as an object.
    """
    known = queries.by_key(key)
    if known is not None:
        return known
    party = db.session.get_one(Party, case.party_id)
    return _queue(
        Outgoing(
            key=key,
            case_id=case.id,
            party_id=party.id,
            kind=kind,
            language=language,
            address=party.email,
            subject=subject,
            body=body,
            letter=letter,
            facts={"kind": letter, **facts},
            text_version=_text_version(facts),
            status=Status.QUEUED,
            not_before=not_before or at,
        ),
        by=by,
        at=at,
    )


def queue_notice(
    *,
    key: str,
    case: Case | None,
    party_id: int | None,
    kind: str,
    address: str,
    language: str,
    subject: str,
    body: str,
    at: datetime,
    by: Actor | None = None,
    not_before: datetime | None = None,
) -> Outgoing:
    """Queue a notice of words only; it is ready at once. A repeated `key` gives the first back."""
    known = queries.by_key(key)
    if known is not None:
        return known
    return _queue(
        Outgoing(
            key=key,
            case_id=case.id if case else None,
            party_id=party_id,
            kind=kind,
            language=language,
            address=address,
            subject=subject,
            body=body,
            letter=None,
            facts=None,
            status=Status.READY,
            not_before=not_before or at,
        ),
        by=by,
        at=at,
    )


def retry(outgoing_id: int, version: int, *, by: Actor, at: datetime) -> None:
    """Send one that failed again; an uncertain one only when the person has found that it did not go.

    Raises Refused or Stale.
    """
    _again(_seen(outgoing_id, version), {}, by, at)


def readdress(outgoing_id: int, version: int, address: str, *, by: Actor, at: datetime) -> None:
    """Send one that failed to another address. Raises Refused or Stale."""
    outgoing = _seen(outgoing_id, version)
    told = {"subject": outgoing.subject, "before": outgoing.address, "after": address}
    _again(outgoing, {"address": address}, by, at)
    record(outgoing.stream, "outgoing.readdressed", told, by=by, at=at, case_id=outgoing.case_id)


def _again(outgoing: Outgoing, mended: Mapping[str, Any], by: Actor, at: datetime) -> None:
    stamp = {"attempts": 0, "last_error": "", "uncertain": False, "not_before": at, **mended}
    advance(outgoing, OUTGOING, Step.RETRY, by=by, at=at, facts={"subject": outgoing.subject}, stamp=stamp)


def settle(outgoing_id: int, version: int, *, by: Actor, at: datetime) -> None:
    """Say that an uncertain one did go: the person has found it with the recipient. Raises Refused or Stale."""
    outgoing = _seen(outgoing_id, version)
    stamp = {"sent_at": at, "uncertain": False}
    facts = {"subject": outgoing.subject}
    advance(outgoing, OUTGOING, Step.SETTLE, by=by, at=at, also=not_settled(outgoing), facts=facts, stamp=stamp)


def not_settled(outgoing: Outgoing) -> list[Reason]:
    """Why nobody can say that it went, beyond its status: only doubt can be settled."""
    if outgoing.uncertain:
        return []
    return [Reason(N_("Den ble helt sikkert ikke sendt. Prøv igjen i stedet."))]


def _queue(outgoing: Outgoing, *, by: Actor | None, at: datetime) -> Outgoing:
    outgoing.public_id = public_id()
    outgoing.queued_at = at
    db.session.add(outgoing)
    db.session.flush()
    facts = {"subject": outgoing.subject, "kind": outgoing.kind}
    record(outgoing.stream, "outgoing.queued", facts, by=by, at=at, case_id=outgoing.case_id)
    return outgoing


def _seen(outgoing_id: int, version: int) -> Outgoing:
    outgoing = queries.locked(outgoing_id)
    if outgoing.version != version:
        raise Stale
    return outgoing


def _text_version(facts: Mapping[str, Any]) -> int:
    head = facts.get("head")
    return int(head.get("text_version", 1)) if isinstance(head, Mapping) else 1
