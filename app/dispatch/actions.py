"""Verbs on letters and notices: queue, and what a person may do when one was not sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.access.domain import Actor
from app.audit import Entry, record, record_all
from app.cases.actions import public_id
from app.cases.models import Case
from app.db import db
from app.db.inserting import made_once
from app.dispatch import composing, judgement, queries
from app.dispatch.domain import LetterToBe, Notice
from app.dispatch.models import Outgoing, stream_of
from app.dispatch.workflow import OUTGOING, Status, Step
from app.flow import Refused, Stale, advance
from app.parties.models import Party

_ROWS: Any = Outgoing.__table__
_ADD = made_once(lambda insert: insert(_ROWS).on_conflict_do_nothing(index_elements=["key"]).returning(_ROWS.c.key))


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
    even_unmade: bool = False,
) -> None:
    """Queue a letter, composed now from its facts; a job prints and sends it. A repeated `key` queues nothing.

    `letter` is the kind the letters package knows («award»), `facts` its JSON as an object. Raises Refused when the
    letter cannot be made. `even_unmade` is for what must not hang on our letter (an application in time, a job): then
    it is queued as failed, for a person to mend.
    """
    party = db.session.get_one(Party, case.party_id)
    whole = composing.dated(letter, facts)
    blocks, reasons = composing.composed(whole)
    if reasons and not even_unmade:
        if queries.by_key(key) is None:
            raise Refused(reasons)
        return
    row = {
        "key": key,
        "case_id": case.id,
        "party_id": party.id,
        "kind": kind,
        "language": language,
        "address": party.email,
        "subject": subject,
        "body": body,
        "letter": letter,
        "facts": whole,
        **({"blocks": blocks} if blocks else {}),
        "text_version": _text_version(whole),
        "status": Status.FAILED if reasons else Status.QUEUED,
        "last_error": composing.NOT_MADE if reasons else "",
        "not_before": not_before or at,
    }
    _queue([row], by=by, at=at)


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
) -> None:
    """Queue a notice of words only; it is ready at once. A repeated `key` queues nothing."""
    notice = Notice(key, case.id if case else None, party_id, kind, address, language, subject, body)
    queue_notices([notice], by=by, at=at, not_before=not_before)


def queue_notices(
    notices: Sequence[Notice], *, by: Actor | None = None, at: datetime, not_before: datetime | None = None
) -> None:
    """Queue many, with a fixed number of statements; of those with a repeated `key`, none."""
    _queue([{**vars(each), "status": Status.READY, "not_before": not_before or at} for each in notices], by=by, at=at)


def queue_letters(letters: Sequence[LetterToBe], *, by: Actor | None, at: datetime) -> None:
    """Queue many letters, with a fixed number of statements; of those with a repeated `key`, none.

    Only their facts are kept now. One that turns out to be unmakeable fails when it is its turn, for a person to mend.
    """
    rows = []
    for each in letters:
        facts = composing.dated(each.letter, each.facts)
        told = {"facts": facts, "text_version": _text_version(facts), "status": Status.QUEUED, "not_before": at}
        rows.append({**vars(each), **told})
    _queue(rows, by=by, at=at)


def retry(outgoing_id: int, version: int, *, by: Actor, at: datetime) -> None:
    """Send one that failed again; an uncertain one only when the person has found that it did not go.

    Raises Refused or Stale.
    """
    _again(_seen(outgoing_id, version), {}, by, at)


def readdress(outgoing_id: int, version: int, address: str, *, by: Actor, at: datetime) -> None:
    """Send one that failed to another address. Raises Refused or Stale."""
    outgoing = _seen(outgoing_id, version)
    if reasons := judgement.not_readdressed(outgoing):
        raise Refused(reasons)
    told = {"subject": outgoing.subject, "before": outgoing.address, "after": address}
    _again(outgoing, {"address": address}, by, at)
    record(outgoing.stream, "outgoing.readdressed", told, by=by, at=at, case_id=outgoing.case_id)


def mend(outgoing_id: int, version: int, texts: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """Correct texts of a letter that could not be made, by their place in its facts, compose it anew and send it.

    Raises Refused while it still cannot be made, or Stale.
    """
    outgoing = _seen(outgoing_id, version)
    if reasons := judgement.not_mendable(outgoing):
        raise Refused(reasons)
    before = dict(composing.strange_texts(outgoing.facts or {}))
    after = {place: text for place, text in texts.items() if place in before}
    facts = composing.mended(outgoing.facts or {}, after)
    _again(outgoing, {"facts": facts}, by, at)
    told = {"subject": outgoing.subject, "before": "; ".join(before.values()), "after": "; ".join(after.values())}
    record(outgoing.stream, "outgoing.mended", told, by=by, at=at, case_id=outgoing.case_id)


def _again(outgoing: Outgoing, mended: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Back into the queue; a letter that could not be made is composed first. Raises Refused while it cannot."""
    if outgoing.letter is not None and outgoing.blocks is None:
        blocks, reasons = composing.composed(mended.get("facts") or outgoing.facts or {})
        if reasons:
            raise Refused(reasons)
        mended = {**mended, "blocks": blocks}
    stamp = {"attempts": 0, "last_error": "", "uncertain": False, "not_before": at, **mended}
    standing = queries.standing(outgoing, by)
    advance(
        outgoing,
        OUTGOING,
        Step.RETRY,
        by=by,
        at=at,
        standing=standing,
        facts={"subject": outgoing.subject},
        stamp=stamp,
    )


def settle(outgoing_id: int, version: int, *, by: Actor, at: datetime) -> None:
    """Say that an uncertain one did go: the person has found it with the recipient. Raises Refused or Stale."""
    outgoing = _seen(outgoing_id, version)
    stamp = {"sent_at": at, "uncertain": False}
    facts = {"subject": outgoing.subject}
    also, standing = judgement.not_settled(outgoing), queries.standing(outgoing, by)
    advance(outgoing, OUTGOING, Step.SETTLE, by=by, at=at, standing=standing, also=also, facts=facts, stamp=stamp)


def _queue(rows: Sequence[Mapping[str, Any]], *, by: Actor | None, at: datetime) -> None:
    """Queue them, and tell so; whoever queues for the same cause a moment later waits, and queues nothing."""
    if not rows:
        return
    db.session.flush()  # their cases may be new
    given = [{**row, "public_id": public_id(), "queued_at": at} for row in rows]
    added = set(db.session.scalars(_ADD(), given))
    entries = [
        Entry(
            stream_of(row["case_id"]),
            "outgoing.queued",
            {"subject": row["subject"], "kind": row["kind"]},
            row["case_id"],
        )
        for row in rows
        if row["key"] in added
    ]
    record_all(entries, by=by, at=at)


def _seen(outgoing_id: int, version: int) -> Outgoing:
    outgoing = queries.locked(outgoing_id)
    if outgoing.version != version:
        raise Stale
    return outgoing


def _text_version(facts: Mapping[str, Any]) -> int:
    head = facts.get("head")
    return int(head.get("text_version", 1)) if isinstance(head, Mapping) else 1
