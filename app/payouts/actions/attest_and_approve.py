"""The first two hands: attest and approve; and back again. One or many, all or none, a fixed number of statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.access.domain import Actor
from app.flow import Reason, Refused, Stale, advance_all
from app.payouts import queries
from app.payouts.judgement import on_line, reasons_against
from app.payouts.models import Payable
from app.payouts.workflow import PAYABLE, Step
from app.values.clock import local_date
from app.values.language import N_

Versions = Mapping[int, int]


def attest(versions: Versions, *, by: Actor, at: datetime) -> list[Payable]:
    """The first hand confirms the basis. `versions`: payable → the version seen. Raises Refused or Stale."""
    things = locked_as_seen(versions)
    take(things, Step.ATTEST, by, at, {"attested_by": by.id, "attested_at": at, "back_reason": ""})
    return things


def approve(versions: Versions, *, by: Actor, at: datetime) -> list[Payable]:
    """The second hand, with budget authority (BDM) that covers each line today. Raises Refused or Stale."""
    things = locked_as_seen(versions)
    take(things, Step.APPROVE, by, at, {"approved_by": by.id, "approved_at": at})
    return things


def send_back(versions: Versions, reason: str, *, by: Actor, at: datetime) -> None:
    """Back to be attested anew, with the reason in the row; both signatures fall. Raises Refused or Stale."""
    if not reason.strip():
        raise Refused([Reason(N_("Skriv hvorfor du sender linjen tilbake."))])
    things = locked_as_seen(versions)
    stamp = {
        "attested_by": None,
        "attested_at": None,
        "approved_by": None,
        "approved_at": None,
        "back_reason": reason.strip(),
    }
    take(things, Step.SEND_BACK, by, at, stamp, extra={t.id: {"reason": reason.strip()} for t in things})


def cancel(versions: Versions, *, by: Actor, at: datetime) -> None:
    """Let go of a line that the controls stop; a job makes a new one when it may be paid again."""
    take(locked_as_seen(versions), Step.CANCEL, by, at, {})


def locked_as_seen(versions: Versions, list_id: int | None = None) -> list[Payable]:
    """The payables, locked, all of them still as the person saw them and on this list. Raises Refused or Stale.

    What a form says it ticked is a claim: a line that does not stand on the list whose page was sent is not taken.
    """
    if not versions:
        raise Refused([Reason(N_("Velg minst én linje."))])
    things = queries.locked(list(versions))
    if len(things) != len(versions) or any(t.version != versions[t.id] for t in things):
        raise Stale
    if list_id is not None and any(t.list_id != list_id for t in things):
        raise Refused([Reason(N_("Du har valgt en linje som ikke står på denne listen."))])
    return things


def take(
    things: Sequence[Payable],
    step: Step,
    by: Actor,
    at: datetime,
    stamp: Mapping[str, object],
    extra: Mapping[int, Mapping[str, object]] | None = None,
    more: Mapping[int, Sequence[Reason]] | None = None,
    stamps: Mapping[int, Mapping[str, object]] | None = None,
) -> None:
    """Judge every line as the pages do, with `more` reasons of this step, then take it on all of them or on none.

    `stamps`: columns that differ from line to line.
    """
    today = local_date(at)
    rows = queries.seen_of([t.id for t in things], by, today)
    reasons = {t.id: [*reasons_against(step, rows[t.id], by, today), *(more or {}).get(t.id, ())] for t in things}
    named = [on_line(rows[key], why) if len(things) > 1 else why for key, found in reasons.items() for why in found]
    if named:
        raise Refused(named)
    facts = {t.id: {"amount_ore": t.amount_ore, **(extra or {}).get(t.id, {})} for t in things}
    standings = {t.id: rows[t.id].standing() for t in things}
    advance_all(things, PAYABLE, step, by=by, at=at, standings=standings, facts=facts, stamp=stamp, stamps=stamps)
