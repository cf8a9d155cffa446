"""From draft to approved by another; the figures are counted in the same transaction, and never again."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from app.access.domain import Actor
from app.flow import Reason, Refused, Stale, advance
from app.summaries import judgement, queries
from app.summaries.domain import Counted, Kind, to_data
from app.summaries.kinds import kind_of
from app.summaries.models import Summary
from app.summaries.workflow import SUMMARY, Step
from app.values.language import N_


def seal_of(counted: Counted) -> str:
    """What the approver's page carries, so that nobody freezes figures they have not seen: a hash of all of them."""
    text = json.dumps(to_data(counted), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def submit(seen: Summary, *, by: Actor, at: datetime, version: int) -> None:
    """The text is done, for another to read. Raises Stale or Refused."""
    draft, kind = _fresh(seen, version)
    lacks = judgement.lacking(draft, kind, kind.count(draft.year, at))
    _advance(draft, Step.SUBMIT, by, at, also=lacks, stamp={"sent_back": ""})


def send_back(seen: Summary, cause: str, *, by: Actor, at: datetime, version: int) -> None:
    """Back to draft, with why. Raises Stale or Refused."""
    ready, _ = _fresh(seen, version)
    told = cause.strip()
    also = [] if told else [Reason(N_("Skriv hvorfor leveransen sendes tilbake."), of="cause")]
    _advance(ready, Step.SEND_BACK, by, at, also=also, stamp={"sent_back": told}, cause=told)


def approve(seen: Summary, seal: str, *, by: Actor, at: datetime, version: int) -> None:
    """Another person approves what they have seen, and its figures are frozen. Raises Stale or Refused.

    `seal`: of the figures that were shown (`seal_of`); others than those are not frozen.
    """
    ready, kind = _fresh(seen, version)
    counted = kind.count(ready.year, at)
    also = judgement.lacking(ready, kind, counted)
    if seal != seal_of(counted):
        also.append(Reason(N_("Tallene er endret siden siden ble vist. Se over dem én gang til.")))
    stamp = {"approved_by": by.id, "approved_at": at, "figures": to_data(counted), "counted_at": at}
    _advance(ready, Step.APPROVE, by, at, also=also, stamp=stamp, seal=seal)


def _fresh(seen: Summary, version: int) -> tuple[Summary, Kind]:
    found = queries.locked(seen.id)
    kind = kind_of(found.kind)
    if found.version != version or kind is None:
        raise Stale
    return found, kind


def _advance(
    thing: Summary,
    step: Step,
    by: Actor,
    at: datetime,
    *,
    also: Sequence[Reason],
    stamp: dict[str, object],
    **facts: object,
) -> None:
    if also and any(each.of for each in also):
        raise Refused(also)
    advance(thing, SUMMARY, step, by=by, at=at, also=also, facts={"number": thing.number, **facts}, stamp=stamp)
