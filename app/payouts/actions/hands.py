"""The first two hands: attest and approve; and back again. One or many, all or none, a fixed number of statements."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.access.domain import Actor
from app.flow import Reason, Refused, Stale, advance_all
from app.flow.domain import why_not
from app.payouts import queries
from app.payouts.domain import failing, without_authority
from app.payouts.models import Payable
from app.payouts.queries import Seen
from app.payouts.workflow import PAYABLE, Status, Step
from app.values.clock import local_date
from app.values.language import N_

Versions = Mapping[int, int]
_SIGNED = (Step.ATTEST, Step.APPROVE, Step.SEND)


def attest(versions: Versions, *, by: Actor, at: datetime) -> list[Payable]:
    """The first hand confirms the basis. `versions`: payable → the version seen. Raises Refused or Stale."""
    return _take(Step.ATTEST, versions, {"attested_by": by.id, "attested_at": at, "back_reason": ""}, by, at)


def approve(versions: Versions, *, by: Actor, at: datetime) -> list[Payable]:
    """The second hand, with budget authority (BDM) that covers each line today. Raises Refused or Stale."""
    return _take(Step.APPROVE, versions, {"approved_by": by.id, "approved_at": at}, by, at)


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
    facts = {t.id: {"amount_ore": t.amount_ore, "reason": reason.strip()} for t in things}
    advance_all(things, PAYABLE, Step.SEND_BACK, by=by, at=at, facts=facts, stamp=stamp)


def cancel(versions: Versions, *, by: Actor, at: datetime) -> None:
    """Let go of a rejected line, or one that the controls stop; a job makes a new one when it is ripe again."""
    things = locked_as_seen(versions)
    rows = queries.seen_of([t.id for t in things], by, local_date(at))
    also = {t.id: keep(rows[t.id]) for t in things}
    facts = {t.id: {"amount_ore": t.amount_ore} for t in things}
    advance_all(things, PAYABLE, Step.CANCEL, by=by, at=at, also=also, facts=facts)


def keep(row: Seen) -> list[Reason]:
    """Why a line is not to be cancelled: it is ready and all is in order."""
    if row.payable.status is Status.READY and not failing(row.snapshot):
        return [Reason(N_("Alle kontroller er i orden. Linjen skal attesteres, ikke annulleres."))]
    return []


def also_against(step: Step, row: Seen, actor: Actor, today: date) -> list[Reason]:
    """What closes a signature beyond status, role and hands: the nine controls, and the approver's own authority."""
    reasons = failing(row.snapshot) if step in _SIGNED else []
    if step is Step.APPROVE:
        reasons += without_authority(actor.delegations, row.payable.amount_ore, today)
    if step is Step.CANCEL:
        reasons += keep(row)
    return reasons


def reasons_against(step: Step, row: Seen, actor: Actor, at: datetime) -> list[Reason]:
    """Every reason this person may not take the step on this line now: what the buttons show and the action counts."""
    return why_not(PAYABLE, step, row.payable.standing(), actor, also_against(step, row, actor, local_date(at)))


def locked_as_seen(versions: Versions) -> list[Payable]:
    """The payables, locked, all of them still as the person saw them. Raises Refused or Stale."""
    if not versions:
        raise Refused([Reason(N_("Velg minst én linje."))])
    things = queries.locked(list(versions))
    if len(things) != len(versions) or any(t.version != versions[t.id] for t in things):
        raise Stale
    return things


def _take(step: Step, versions: Versions, stamp: Mapping[str, object], by: Actor, at: datetime) -> list[Payable]:
    things = locked_as_seen(versions)
    sign(things, step, by, at, stamp)
    return things


def sign(
    things: Sequence[Payable],
    step: Step,
    by: Actor,
    at: datetime,
    stamp: Mapping[str, object],
    extra: Mapping[int, Mapping[str, object]] | None = None,
    more: Mapping[int, Sequence[Reason]] | None = None,
) -> None:
    """Judge every line by the controls, then take the step on all of them or on none."""
    today = local_date(at)
    rows = queries.seen_of([t.id for t in things], by, today)
    also = {t.id: [*also_against(step, rows[t.id], by, today), *(more or {}).get(t.id, ())] for t in things}
    named = {key: [_on_line(rows[key], reason) for reason in reasons] for key, reasons in also.items()}
    facts = {t.id: {"amount_ore": t.amount_ore, **(extra or {}).get(t.id, {})} for t in things}
    advance_all(things, PAYABLE, step, by=by, at=at, also=named if len(things) > 1 else also, facts=facts, stamp=stamp)


def _on_line(row: Seen, reason: Reason) -> Reason:
    """With many lines a reason says which one it is about."""
    facts = {"case": row.case.number, "party": row.party.display_name, "why": reason}
    return Reason(N_("%(case)s, %(party)s: %(why)s"), facts, who=reason.who)
