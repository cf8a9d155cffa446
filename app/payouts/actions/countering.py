"""A counter-claim («motkrav») on a GP's claim that is approved: proposed by an officer, decided by another.

It is a claim for money back like any other (`repaying.py`), and names what it reverses.
"""

from datetime import datetime

from app.access.domain import Actor
from app.cases import queries as cases
from app.compensation import actions as compensation
from app.compensation.domain.reversing import Counter, sum_ore, taken_back
from app.compensation.models import Claim
from app.compensation.queries import lines_left
from app.compensation.queries import locked as locked_claims
from app.compensation.workflow import CLAIM
from app.db import db, reference
from app.flow import Refused, Stale
from app.payables.queries import bases_of
from app.payouts import queries
from app.payouts.actions.repaying import make_repayment
from app.payouts.domain import Owed
from app.payouts.judgement import why_not_counter, why_not_so
from app.payouts.models import Repayment
from app.values.clock import local_date


def propose_counter(claim_id: int, counter: Counter, version: int, *, by: Actor, at: datetime) -> Repayment:
    """Propose to take these units back of the claim; nothing is taken back before another confirms it.

    Raises Refused or Stale.
    """
    case = cases.locked(db.session.get_one(Claim, claim_id).case_id)
    (claim,) = locked_claims([claim_id])
    if claim.version != version:
        raise Stale
    if reasons := why_not_counter(claim, by) or why_not_so(claim, counter):
        raise Refused(reasons)
    back = taken_back(lines_left(claim.id), counter)
    (basis,) = bases_of([reference(CLAIM.name, claim.id)])
    reason = counter.reason.strip()
    owed = Owed(sum_ore(back), local_date(at), basis.decision_no, reason)
    frame_id = queries.frame_bound_in(basis.commitment_id)
    made = make_repayment(case, frame_id, owed, basis.ref, by=by, at=at)
    compensation.note(made.id, claim, back, reason)
    return made
