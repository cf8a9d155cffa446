"""Making letters and sending what is ready. Each may be run at any time, and twice."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import structlog

from app.cases.models import Case
from app.db import db, writing
from app.db.runs import Tally, each, stopping
from app.dispatch import channel, composing, queries
from app.dispatch.mail import Postman
from app.dispatch.message import Unmailable
from app.dispatch.models import Outgoing
from app.dispatch.refusals import NotNow, Rejected, Unknown
from app.dispatch.rendering import Rendered, render_all
from app.dispatch.workflow import OUTGOING, Status, Step
from app.documents.actions import add_document, store
from app.documents.domain.scopes import Scope
from app.documents.files import Damaged
from app.documents.models import Direction
from app.flow import advance, advance_all
from app.values.language import N_

log = structlog.get_logger()

PDF = "application/pdf"
MANY = 100
# How long an unwilling server is left alone, by the number of attempts; the last counts from then on.
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360)]
MOST_ATTEMPTS = 10
# Seconds one run may print or send before the other jobs have their turn; the rest is the next one's.
LONGEST_RUN = 120.0

UNCERTAIN = N_("Usikkert om den ble sendt. Sjekk med mottakeren før den sendes på nytt.")
REJECTED = N_("E-postserveren avviste den.")
NOT_NOW = N_("E-postserveren tok ikke imot.")
NOT_SENT = N_("Noe gikk galt hos oss før den ble sendt.")
NOT_READ = N_("Brevet finnes ikke lenger slik det ble laget.")


def render_due(at: datetime) -> Tally:
    """Make every letter whose time has come, and give it its document. Raises OSError on a full disk."""
    total, after, until = Tally(), 0, monotonic() + LONGEST_RUN
    while monotonic() < until and (batch := queries.due(Status.QUEUED, at, after, MANY)) and not stopping.is_set():
        after = batch[-1].id
        total += _render(batch, at)
    return total


def _render(batch: Sequence[Outgoing], at: datetime) -> Tally:
    to_make = [o for o in batch if o.letter is not None and o.document_id is None]
    composed = {o.id: composing.composed(o.facts or {})[0] for o in to_make if o.blocks is None}
    kept = {o.id: o.blocks or composed[o.id] for o in to_make}
    blocks = {key: json.dumps(each) for key, each in kept.items() if each is not None}
    keys = [o.id for o in batch]
    # Nothing is read or locked while the presses run.
    db.session.rollback()
    prints = dict(zip(blocks, render_all(list(blocks.values())), strict=True))
    stored = {key: store(printed.data, PDF, at) for key, printed in prints.items() if not printed.fault}
    return each(keys, lambda key: _lay_in(key, stored.get(key), prints.get(key), composed.get(key), at))


def _lay_in(
    outgoing_id: int, sha256: str | None, printed: Rendered | None, composed: dict[str, Any] | None, at: datetime
) -> bool | Tally:
    """The document and the move, in one; False when somebody came before."""
    with writing():
        outgoing = queries.locked(outgoing_id)
        if outgoing.status is not Status.QUEUED:
            return False
        if printed is not None and printed.fault:
            return _fail(outgoing, f"{composing.NOT_MADE}\n{printed.fault}", at)
        if outgoing.letter is not None and outgoing.blocks is None and composed is None:
            return _fail(outgoing, composing.NOT_MADE, at)
        facts = {"subject": outgoing.subject}
        stamp: dict[str, Any] = {"document_id": _document(outgoing, sha256, at)} if sha256 else {}
        if composed is not None:
            stamp["blocks"] = composed
        advance(outgoing, OUTGOING, Step.RENDER, by=None, at=at, facts=facts, stamp=stamp)
    return True


def _document(outgoing: Outgoing, sha256: str, at: datetime) -> int:
    case = db.session.get(Case, outgoing.case_id)
    words = " ".join(outgoing.subject.replace("/", " ").replace("\\", " ").split())
    document = add_document(
        scope=Scope.CASE,
        case=case,
        direction=Direction.OUT,
        kind=outgoing.kind,
        title=outgoing.subject,
        filename=f"{words[:120]}.pdf",
        sha256=sha256,
        language=outgoing.language,
        to_party=True,
        by=None,
        at=at,
    )
    return document.id


def send_due(at: datetime) -> Tally:
    """Send what is ready and whose time has come."""
    doubted = each(queries.stuck(), lambda key: _doubt(key, at))
    postman = channel.postman()
    if postman is None:
        return doubted + _to_outbox(at)
    try:
        return doubted + _by_mail(postman, at)
    finally:
        postman.close()


def _doubt(outgoing_id: int, at: datetime) -> bool | Tally:
    """A process died between the two steps. Never sent again unasked: a person finds out (architecture, «Jobs»)."""
    with writing():
        outgoing = queries.locked(outgoing_id)
        if outgoing.status is not Status.SENDING:
            return False
        return _fail(outgoing, UNCERTAIN, at, uncertain=True)


def _to_outbox(at: datetime) -> Tally:
    """Nothing leaves the house, so both steps fit in one transaction and there is never any doubt."""
    sent = 0
    while not stopping.is_set():
        with writing():
            ready = queries.ready_locked(at, MANY)
            facts = {o.id: {"subject": o.subject} for o in ready}
            advance_all(ready, OUTGOING, Step.BEGIN, by=None, at=at, facts=facts)
            advance_all(ready, OUTGOING, Step.FINISH, by=None, at=at, facts=facts, stamp={"sent_at": at})
        sent += len(ready)
        if len(ready) < MANY:
            break
    return Tally(done=sent)


def _by_mail(postman: Postman, at: datetime) -> Tally:
    total, after, until = Tally(), 0, monotonic() + LONGEST_RUN
    while monotonic() < until and (batch := queries.due(Status.READY, at, after, MANY)) and not stopping.is_set():
        after = batch[-1].id
        keys = [outgoing.id for outgoing in batch]
        db.session.rollback()
        try:
            total += each(keys, lambda key: monotonic() < until and _mail(postman, key, at))
        except _ServerDown:
            break
    return total


class _ServerDown(BaseException):
    """Ends the run: what one could not send, the others cannot either. Not one item's fault, so `each` lets it by."""


def _mail(postman: Postman, outgoing_id: int, at: datetime) -> bool | Tally:
    """The two steps of one. A crash between them leaves it «sending», for `_doubt` to find."""
    outgoing = _begin(outgoing_id, at)
    if outgoing is None:
        return False
    try:
        message = channel.message(outgoing, at)
        db.session.rollback()
        postman.deliver(message)
    except NotNow as unwilling:
        tally = _wait(outgoing_id, f"{NOT_NOW}\n{unwilling}", at, counts=not unwilling.down)
        if unwilling.down:
            log.warning("mail server is down", why=str(unwilling))
            raise _ServerDown from unwilling
        return tally
    except (Rejected, Unmailable, Unknown, Damaged) as fault:
        return _failed(outgoing_id, fault, at)
    except Exception as fault:  # foreseen by nobody, and nothing is handed over: no doubt is left behind
        db.session.rollback()
        _wait(outgoing_id, f"{NOT_SENT}\n{type(fault).__name__}: {fault}", at, counts=True)
        raise
    _finish(outgoing_id, at)
    return True


def _begin(outgoing_id: int, at: datetime) -> Outgoing | None:
    with writing():
        outgoing = queries.locked(outgoing_id)
        if outgoing.status is not Status.READY:
            return None
        advance(outgoing, OUTGOING, Step.BEGIN, by=None, at=at, facts={"subject": outgoing.subject})
        return outgoing


def _finish(outgoing_id: int, at: datetime) -> None:
    with writing():
        outgoing = queries.locked(outgoing_id)
        facts = {"subject": outgoing.subject}
        stamp = {"sent_at": at, "last_error": "", "attempts": outgoing.attempts + 1}
        advance(outgoing, OUTGOING, Step.FINISH, by=None, at=at, facts=facts, stamp=stamp)


def _wait(outgoing_id: int, error: str, at: datetime, *, counts: bool) -> Tally:
    """Later again, unless it has been tried long enough. A server that is down is waited for as long as it takes, and

    uses up no try: it never heard of this letter.
    """
    with writing():
        outgoing = queries.locked(outgoing_id)
        attempts = outgoing.attempts + counts
        if counts and attempts >= MOST_ATTEMPTS:
            return _fail(outgoing, error, at)
        pause = PAUSES[min(attempts, len(PAUSES)) - 1] if counts else PAUSES[0]
        facts = {"subject": outgoing.subject, "error": error.splitlines()[0]}
        stamp = {"not_before": at + pause, "last_error": error, "attempts": attempts}
        advance(outgoing, OUTGOING, Step.WAIT, by=None, at=at, facts=facts, stamp=stamp)
    return Tally()


def _failed(outgoing_id: int, fault: Exception, at: datetime) -> Tally:
    words = {Rejected: f"{REJECTED}\n", Unknown: f"{UNCERTAIN}\n", Damaged: f"{NOT_READ}\n"}.get(type(fault), "")
    with writing():
        return _fail(queries.locked(outgoing_id), f"{words}{fault}", at, uncertain=isinstance(fault, Unknown))


def _fail(outgoing: Outgoing, error: str, at: datetime, *, uncertain: bool = False) -> Tally:
    """For a person to look at. The first line of the error is ours and translated, the rest is as it was said."""
    facts = {"subject": outgoing.subject, "error": error.splitlines()[0]}
    # One that could not be made was never tried.
    tried = outgoing.status is Status.SENDING
    stamp = {"last_error": error, "uncertain": uncertain, "attempts": outgoing.attempts + tried}
    advance(outgoing, OUTGOING, Step.FAIL, by=None, at=at, facts=facts, stamp=stamp)
    return Tally(failed=1, message=facts["error"])
