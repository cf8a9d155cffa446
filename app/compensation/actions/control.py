"""Control by rules, in bounded batches: approved in full, set to wait for money, or held for a person (J.3)."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa

from app.audit import Entry, record_all
from app.budget import actions as budget
from app.budget import queries as frames
from app.budget.domain import Posting, why_not_commit
from app.cases.models import Case
from app.compensation import payables, queries
from app.compensation.actions.replies import reply_all
from app.compensation.domain.control import UNREMARKABLE, Examined, Found, HeldFor, examine
from app.compensation.models import Claim, GpAgreement
from app.compensation.queries import Middle
from app.compensation.workflow import CLAIM, Status, Step
from app.db import db, reference
from app.flow import advance_all
from app.rules.queries import rules_of
from app.values.clock import local_date

_HOLD = (
    sa.update(Claim.__table__)  # type: ignore[arg-type]  # a table too
    .where(sa.column("id") == sa.bindparam("k"))
    .values(finding=sa.bindparam("figures"), held_for=sa.bindparam("why"))
)


def control(claim_ids: Collection[int], middles: Mapping[int, Middle], *, at: datetime) -> int:
    """Look at these claims; gives how many were approved. What is no longer confirmed, or looked at, is left."""
    claims = [c for c in queries.locked(claim_ids) if c.status is Status.CONFIRMED and c.finding is None]
    if not claims:
        return 0
    agreements = queries.counted_by({claim.agreement_id for claim in claims})
    cases = queries.cases_with_party({claim.case_id for claim in claims})
    found = _examined(claims, agreements, middles)
    _hold([claim for claim in claims if found[claim.id].held_for], found, at)
    free = sorted((c for c in claims if not found[c.id].held_for), key=lambda c: (cases[c.case_id].pot_id, *_came(c)))
    approved = 0
    for pot_id, of_pot in groupby(free, key=lambda claim: cases[claim.case_id].pot_id):
        approved += _settle(pot_id, list(of_pot), found, agreements, cases, at)
    return approved


def _came(claim: Claim) -> tuple[datetime, int]:
    return claim.submitted_at, claim.id


def _examined(
    claims: Sequence[Claim], agreements: Mapping[int, GpAgreement], middles: Mapping[int, Middle]
) -> dict[int, Found]:
    hosts = queries.hosts({claim.area_id for claim in claims})
    cut = queries.cut_by_caps([claim.id for claim in claims])
    # Agreements that continue one another have one cap: by its key.
    # By the agreement whose cap counts, for two of a GP's agreements share it.
    left = {each.id: each.cap_ore - each.claimed_ore for each in agreements.values()}
    found = {}
    for claim in sorted(claims, key=_came):
        rules, middle = rules_of(claim.rule_version_id), middles.get(claim.area_id, Middle())
        seen = Examined(
            claimed_ore=claim.claimed_ore,
            left_ore=left[agreements[claim.agreement_id].id],
            middle_ore=middle.middle_ore,
            of_claims=middle.of_claims,
            lot=secrets.randbelow(100),
            cut=claim.id in cut,
            late=rules.claims_until is not None and local_date(claim.submitted_at) > rules.claims_until,
            own_host=hosts.get(claim.area_id) == claim.party_id,
        )
        found[claim.id] = examine(seen, rules.control)
        if found[claim.id].held_for is None:
            left[agreements[claim.agreement_id].id] -= claim.claimed_ore
    return found


def _hold(held: Sequence[Claim], found: Mapping[int, Found], at: datetime) -> None:
    """A person looks at these; their status is as it was."""
    if not held:
        return
    rows = [{"k": c.id, "figures": found[c.id].figures, "why": found[c.id].held_for} for c in held]
    db.session.connection().execute(_HOLD, rows)
    # Where the rules leave every claim to a person, that is nothing to tell of each.
    told = [(c, why) for c in held if (why := found[c.id].held_for) and why is not HeldFor.BY_HAND]
    entries = [
        Entry(c.stream, "claim.held", {"why": why.value, "amount_ore": c.claimed_ore}, c.case_id) for c, why in told
    ]
    record_all(entries, by=None, at=at)


def _settle(
    pot_id: int,
    claims: Sequence[Claim],
    found: Mapping[int, Found],
    agreements: Mapping[int, GpAgreement],
    cases: Mapping[int, Case],
    at: datetime,
) -> int:
    """In the order they came: approved while the frame holds and none that came earlier waits; the rest waits."""
    frame = frames.frame_of(pot_id, local_date(at).year)
    frame = frames.locked(frame.id) if frame else None
    first = queries.first_waiting(pot_id)
    taken: list[Claim] = []
    sum_ore = 0
    for claim in claims:
        holds = frame is not None and not why_not_commit(frames.purse(frame), sum_ore + claim.claimed_ore)
        if not holds or (first is not None and first < _came(claim)):
            break
        taken.append(claim)
        sum_ore += claim.claimed_ore
    _wait(claims[len(taken) :], found, at)
    if taken and frame is not None:
        _approve(taken, found, at)
        postings = [Posting(c.case_id, c.claimed_ore, reference(CLAIM.name, c.id)) for c in taken]
        for claim in taken:
            agreements[claim.agreement_id].claimed_ore += claim.claimed_ore
        db.session.flush()
        budget.commit_all(frame.id, postings, by=None, at=at)
        payables.add_many([(c, cases[c.case_id]) for c in taken], at)
        reply_all([(c, cases[c.case_id]) for c in taken], by=None, at=at)
    return len(taken)


def _approve(taken: Sequence[Claim], found: Mapping[int, Found], at: datetime) -> None:
    stamps = {c.id: {"approved_ore": c.claimed_ore, "finding": found[c.id].figures} for c in taken}
    facts = {c.id: {"amount_ore": c.claimed_ore} for c in taken}
    stamp = {"rule": UNREMARKABLE, "ruled_at": at}
    advance_all(taken, CLAIM, Step.APPROVE_BY_RULE, by=None, at=at, facts=facts, stamp=stamp, stamps=stamps)


def _wait(waiting: Sequence[Claim], found: Mapping[int, Found], at: datetime) -> None:
    stamps = {c.id: {"finding": found[c.id].figures} for c in waiting}
    facts = {c.id: {"amount_ore": c.claimed_ore} for c in waiting}
    advance_all(waiting, CLAIM, Step.AWAIT_FUNDS_BY_RULE, by=None, at=at, facts=facts, stamps=stamps)
