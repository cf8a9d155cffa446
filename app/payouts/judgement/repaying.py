"""Why a step on money to come back is closed."""

from datetime import datetime

from app.access.domain import Actor, Permission
from app.budget.queries import ledger_of
from app.cases import queries as cases
from app.cases.models import Case
from app.flow import Reason, not_impartial, why_not, why_not_hand
from app.payouts import queries
from app.payouts.domain import Owed, why_not_owed
from app.payouts.models import Repayment
from app.payouts.workflow import REPAYMENT, DebtStep
from app.rules.models import Track
from app.values.clock import local_date
from app.values.language import N_


def why_not_register(case: Case, actor: Actor) -> list[Reason]:
    """Why this person may not register a claim on the case, whatever the sum; empty when they may."""
    reasons = []
    if not actor.may(Permission.REVIEW_REPORT):
        reasons.append(Reason(N_("Du har ikke tilgang til dette."), who=N_("saksbehandler")))
    if case.party_id in actor.tied_to:
        reasons.append(Reason(N_("Du er knyttet til mottakeren. En annen må gjøre dette.")))
    reasons += not_impartial(cases.declared([case.id], actor.id).get(case.id))
    reasons += why_not_hand(REPAYMENT.name, "registered", case.hands, actor)
    if case.track is Track.COMPENSATION:
        text = N_("I denne saken kreves penger tilbake med et motkrav på det kravet de er betalt for.")
        return [*reasons, Reason(text)]
    if not ledger_of(case.id).paid_ore:
        reasons.append(Reason(N_("Det er ikke utbetalt noe i saken.")))
    return reasons


def why_not_owe(case: Case, owed: Owed, at: datetime) -> list[Reason]:
    """Why this claim cannot be registered on the case, as it stands now."""
    today = local_date(at)
    first_paid_on = queries.first_paid_on(case.id) or today
    return why_not_owed(owed, ledger_of(case.id).paid_ore, queries.claimed_ore(case.id), first_paid_on, today)


def reasons_against_debt(step: DebtStep, claim: Repayment, actor: Actor) -> list[Reason]:
    """Why this step is closed to the person; the verbs and the page ask the same."""
    return why_not(REPAYMENT, step, cases.on_case(claim.standing(), claim.case_id, actor), actor)
