"""What Helfo pays: approved claims are told in a file, each once, and what Helfo has paid is registered by another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa

from app.access.domain import Actor
from app.audit import record
from app.budget import actions as budget
from app.budget.domain import Posting
from app.cases.models import Case
from app.compensation import judgement, letter_facts, queries
from app.compensation.domain import HelfoPaid, control_of
from app.compensation.models import Claim, HelfoClaim, HelfoExport, HelfoPayment
from app.compensation.queries import ForHelfo, Unpaid
from app.compensation.workflow import CLAIM, Step
from app.db import db, reference
from app.dispatch.actions import queue_notices
from app.dispatch.domain import Notice
from app.dispatch.words import say
from app.flow import Refused, Stale, advance_all
from app.values.clock import local_date
from app.values.language import N_

_SUBJECT = N_("Helfo har betalt %(sum_ore)s til %(party)s")
_PAID = N_("Helfo betalte kravene %(paid_on)s. Referansen er %(reference)s.")
_LINE = N_("%(from_on)s–%(to_on)s: %(amount_ore)s")


def control_of_these(rows: Sequence[ForHelfo]) -> str:
    """The control sum of these claims, as the page tells it and the file has it."""
    return control_of([(row.claim.id, row.claim.version, row.claim.approved_ore or 0) for row in rows])


def export_claims(year: int, control: str, sha256: str, *, by: Actor, at: datetime) -> HelfoExport:
    """Tell Helfo of the claims with this control sum, in a file that is stored already. Raises Refused or Stale.

    Each claim stands in one file: what another file took meanwhile is no longer new, and then the page is old.
    """
    before = queries.for_helfo(year)
    if reasons := judgement.why_not_export([row.claim for row in before], by):
        raise Refused(reasons)
    queries.locked([row.claim.id for row in before])
    rows = queries.for_helfo(year)
    if not rows or control_of_these(rows) != control or {row.claim.id for row in rows} != {r.claim.id for r in before}:
        raise Stale
    made = HelfoExport(
        number=queries.next_number(year),
        year=year,
        claims=len(rows),
        sum_ore=sum(row.claim.approved_ore or 0 for row in rows),
        control=control,
        sha256=sha256,
        made_by=by.id,
        made_at=at,
    )
    db.session.add(made)
    db.session.flush()
    told = [{"claim_id": r.claim.id, "export_id": made.id, "amount_ore": r.claim.approved_ore or 0} for r in rows]
    db.session.execute(sa.insert(HelfoClaim), told)
    facts = {"number": made.number, "claims": made.claims, "sum_ore": made.sum_ore, "sha256": sha256}
    record(made.stream, "helfo.exported", facts, by=by, at=at)
    return made


def register_helfo_paid(export_id: int, told: HelfoPaid, *, by: Actor, at: datetime) -> HelfoPayment:
    """Helfo has paid what is left of the file, but for the claims that are named. Raises Refused.

    The claims are paid, the ledger too, and each payee is told once.
    """
    export = queries.locked_export(export_id)
    left = queries.unpaid_in(export_id)
    if reasons := judgement.why_not_register_paid(export, len(left), by):
        raise Refused(reasons)
    if reasons := judgement.why_not_paid_so(export, told, left, local_date(at)):
        raise Refused(reasons)
    taken = [each for each in left if each.public_id not in told.not_paid]
    payment = HelfoPayment(
        export_id=export_id,
        claims=len(taken),
        sum_ore=told.sum_ore,
        paid_on=told.paid_on,
        reference=told.reference.strip(),
        registered_by=by.id,
        registered_at=at,
    )
    db.session.add(payment)
    db.session.flush()
    _pay(taken, payment, by, at)
    queries.mark_paid(payment, [each.claim_id for each in taken])
    facts = {"number": export.number, "claims": payment.claims, "sum_ore": payment.sum_ore}
    record(export.stream, "helfo.paid", {**facts, "reference": payment.reference}, by=by, at=at)
    _tell(taken, payment, by, at)
    return payment


def _pay(taken: Sequence[Unpaid], payment: HelfoPayment, by: Actor, at: datetime) -> None:
    """One ledger row a claim, under its own reference, so that it is paid once, here or there."""
    claims = queries.locked([each.claim_id for each in taken])
    if reasons := judgement.why_not_handle(claims, by):
        raise Refused(reasons)
    facts = {each.claim_id: {"amount_ore": each.amount_ore} for each in taken}
    advance_all(
        claims,
        CLAIM,
        Step.PAY_BY_HELFO,
        by=by,
        at=at,
        standings=queries.standings(claims, by),
        facts=facts,
        stamp={"paid_on": payment.paid_on},
    )
    by_frame: dict[int, list[Posting]] = defaultdict(list)
    for each in taken:
        by_frame[each.frame_id].append(Posting(each.case_id, each.amount_ore, reference("claim", each.claim_id)))
    for frame_id in sorted(by_frame):
        budget.pay_all(frame_id, by_frame[frame_id], by=by, at=at)


def _tell(taken: Sequence[Unpaid], payment: HelfoPayment, by: Actor, at: datetime) -> None:
    found = queries.with_cases([each.claim_id for each in taken])
    emails = queries.emails_of({claim.submitted_by for claim, _ in found})
    queue_notices(list(_notices(found, payment, emails)), by=by, at=at)


def _notices(found: Sequence[tuple[Claim, Case]], payment: HelfoPayment, emails: Mapping[int, str]) -> Iterator[Notice]:
    """One for each payee, however many claims."""
    for party_id, group in groupby(found, key=lambda each: each[0].party_id):
        of_it = list(group)
        newest, case = of_it[-1]
        language = letter_facts.language_of(case.party)
        sum_ore = sum(claim.net_ore for claim, _ in of_it)
        lines = [
            say(language, _LINE, from_on=claim.from_on, to_on=claim.to_on, amount_ore=claim.net_ore)
            for claim, _ in of_it
        ]
        paid = say(language, _PAID, paid_on=payment.paid_on, reference=payment.reference)
        yield Notice(
            key=f"helfo:{payment.id}:{party_id}",
            case_id=case.id,
            party_id=party_id,
            kind="paid",
            address=case.party.email or emails[newest.submitted_by],
            language=language,
            subject=say(language, _SUBJECT, sum_ore=sum_ore, party=case.party.display_name),
            body="\n\n".join([paid, "\n".join(lines)]),
        )
