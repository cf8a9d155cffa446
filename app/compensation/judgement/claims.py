"""Why a step on a claim is closed: the same functions for the verb, the page and the list of steps."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from app.access.domain import Actor, Permission
from app.budget.domain import why_not_commit
from app.budget.models import Frame
from app.budget.queries import frame_of, purse
from app.cases.judgement import why_not_vouch
from app.cases.models import Case
from app.cases.queries import on_case
from app.compensation import queries
from app.compensation.domain import Confirmer, Employment
from app.compensation.models import Claim, GpAgreement, GpTerms
from app.compensation.queries import Agreed, ClaimRow, Standing, ToConfirm
from app.compensation.workflow import AGREEMENT, CLAIM, HELD, IN_FORCE, AgreementStatus, AgreementStep, Status, Step
from app.flow import Offer, Reason, why_not, why_not_bind, why_not_hand
from app.flow.opposed import barring, had_by
from app.parties.domain import Kind
from app.parties.models import BankAccount, Party, PilotArea
from app.parties.queries import kinds_of
from app.rules.domain import UnitPrice
from app.rules.models import RuleVersion
from app.values.clock import local_date
from app.values.language import N_, Worded


def next_step(row: ClaimRow) -> Step | None:
    """What the directorate does next with the claim; None when that is somebody else's, or nothing is left."""
    if row.claim.status is Status.SUBMITTED:
        return Step.CONFIRM_CENTRALLY if row.is_confirmed_by_us else None
    return Step.APPROVE if row.claim.status in (Status.CONFIRMED, Status.AWAITING_FUNDS) else None


def why_not_confirmed_by(rows: Sequence[ClaimRow | ToConfirm], actor: Actor) -> dict[int, list[Reason]]:
    """Why this coordinator may not confirm each of these claims, by the claim's key; one read."""
    claims = [row.claim for row in rows]
    standings, lacks = queries.standings(claims, actor), queries.lacking(claims)
    found = {}
    for row in rows:
        also = why_not_confirm(Step.CONFIRM, row.confirmer, lacks.get(row.claim.id, ()))
        found[row.claim.id] = why_not(CLAIM, Step.CONFIRM, standings[row.claim.id], actor, also)
    return found


def why_not_take(step: Step, row: ClaimRow, actor: Actor, at: datetime) -> list[Reason]:
    """Every reason this person may not take the step on the claim now."""
    standing = queries.standings([row.claim], actor)[row.claim.id]
    also = why_not_confirm(step, row.confirmer, queries.lacking([row.claim]).get(row.claim.id, ()))
    if step is Step.APPROVE:
        frame = frame_of(row.case.pot_id, local_date(at).year)
        also = why_not_money(row.claim, frame, row.agreement)
        also += why_not_turn(row.claim, row.case.pot_id) if row.claim.status is Status.AWAITING_FUNDS else []
    if step is Step.APPROVE_PART:
        also = why_not_turn(row.claim, row.case.pot_id)
    return why_not(CLAIM, step, standing, actor, also)


def why_not_confirm(step: Step, confirmer: Confirmer, lacks: Sequence[UnitPrice] = ()) -> list[Reason]:
    """An area is no legal person: what its own host is paid, the directorate confirms (J.1.13), and what nobody else
    there may; nothing more. `lacks`: the prices of the claim that nothing is laid by for.
    """
    if lacks and step in (Step.CONFIRM, Step.CONFIRM_CENTRALLY):
        text = N_("Kravet mangler vedlegg for %(price)s. Legekontoret må legge det ved.")
        return [Reason(text, {"price": each.words}, who=N_("kan signere")) for each in lacks]
    if step is Step.CONFIRM and confirmer is Confirmer.NOT_THE_HOST:
        return [Reason(confirmer.word, who=N_("saksbehandler"))]
    if step is Step.CONFIRM_CENTRALLY and confirmer is Confirmer.AREA:
        return [Reason(confirmer.word, who=N_("utprøvingsområde"))]
    return []


def why_not_money(claim: Claim, frame: Frame | None, agreement: GpAgreement) -> list[Reason]:
    """Why the claim cannot be approved in full: the agreement's cap, and the frame once it has waited for that.

    A confirmed claim that the frame cannot take is not stopped: approving it sets it to wait (domain B.2).
    """
    reasons = _why_not_cap(claim, agreement)
    if claim.status is Status.AWAITING_FUNDS:
        reasons += why_not_commit(purse(frame) if frame else None, claim.claimed_ore)
    return reasons


def why_not_turn(claim: Claim, pot_id: int) -> list[Reason]:
    """Why the claim is not approved yet, though there may be money: one that came earlier waits for it."""
    if queries.waits_before(claim, pot_id):
        return [Reason(N_("Et tidligere krav venter på midler. Krav blir godkjent i den rekkefølgen de kom inn."))]
    return []


def why_no_money(frame: Frame | None) -> list[Reason]:
    """Why nothing that waits can be approved now."""
    return why_not_commit(purse(frame) if frame else None, 1) or [
        Reason(N_("Rammen holder ikke til det første kravet."))
    ]


def why_not_released(
    rows: Sequence[ClaimRow], agreements: Mapping[int, GpAgreement], actor: Actor
) -> dict[int, list[Reason]]:
    """Why this person may not approve each of these claims that have waited; the money is judged for all of them."""
    standings, bound = queries.standings([row.claim for row in rows], actor), dict[int, int]()
    found = {}
    for row in rows:
        agreement = agreements[row.claim.agreement_id]
        before_ore = bound.get(agreement.id, 0)
        also = _why_not_cap(row.claim, agreement, before_ore)
        bound[agreement.id] = before_ore + row.claim.claimed_ore
        found[row.claim.id] = why_not(CLAIM, Step.APPROVE, standings[row.claim.id], actor, also)
    return found


def _why_not_cap(claim: Claim, agreement: GpAgreement, before_ore: int = 0) -> list[Reason]:
    left_ore = agreement.cap_ore - agreement.claimed_ore - before_ore
    if claim.claimed_ore > left_ore:
        return [Reason(N_("Bare %(left_ore)s er igjen av taket i avtalen."), {"left_ore": left_ore})]
    return []


def why_not_claim(case: Case, actor: Actor) -> list[Reason]:
    """Why this person sends no claim under the agreement, whatever is in it."""
    if not actor.may(Permission.CLAIM_OWN, party_id=case.party_id):
        return [Reason(N_("Du har ikke tilgang til dette."), who=N_("kan signere"))]
    return why_not_bind(actor) or why_not_hand(CLAIM.name, "submitted", case.hands, actor)


def why_not_import(case: Case, area_id: int | None, actor: Actor, *, opposed: bool = False) -> list[Reason]:
    """Why this person of the area sends no claim for the GP; `opposed`: they confirmed one that it comes instead of."""
    if not actor.may(Permission.IMPORT_CLAIMS, area_id=area_id):
        return [Reason(N_("Du har ikke tilgang til dette."), who=N_("utprøvingsområde"))]
    if opposed:
        text = N_("Du har bekreftet dette kravet før, og det ble avslått. En kollega i området må importere det.")
        return [Reason(text, who=N_("utprøvingsområde"))]
    return why_not_hand(CLAIM.name, "imported", case.hands, actor) or why_not_bind(actor)


def why_not_mended_by(case: Case, person: int | None, opposed: Collection[int]) -> list[Reason]:
    """Why a row that this person mended (None: nobody) makes no claim: what they wrote is laid in by them too.

    `opposed`: who confirmed one that it comes instead of.
    """
    if person is None:
        return []
    if person not in opposed and not any(
        person in had_by(case.hands, each) for each in barring(CLAIM.name, "imported")
    ):
        return []
    text = N_("Den som rettet raden, har hatt dette kravet til behandling før, eller har signert for legekontoret.")
    return [Reason(text, who=N_("utprøvingsområde"))]


def claimable(cases: Sequence[Case], actor: Actor, today: date) -> dict[int, tuple[Standing, list[Reason]]]:
    """How the agreement on each of these cases stands, and why this person can claim nothing under it now."""
    found = queries.standings_on([case.id for case in cases]) if cases else {}
    return {
        case.id: (
            found[case.id],
            why_not_under(found[case.id]) or why_not_claim(case, actor) or found[case.id].why_not_now(today),
        )
        for case in cases
        if case.id in found
    }


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """The next step of each claim on the case that waits for the directorate; it leads to the claim's own page."""
    if not actor.may(Permission.REVIEW_CLAIM):
        return []
    found = []
    for row in queries.waiting_on(case.id):
        if step := next_step(row):
            where = {"public_id": row.claim.public_id}
            found.append(Offer(step, tuple(why_not_take(step, row, actor, at)), "compensation.claim", where))
    return found


def why_not_confirm_account(agreement: GpAgreement, account: BankAccount, actor: Actor) -> list[Reason]:
    """Why this person may not confirm the payee's account: only its own signer, and not who ever typed it."""
    if not actor.may(Permission.CLAIM_OWN, party_id=agreement.payee_id):
        return [Reason(N_("Du har ikke tilgang til dette."), who=N_("kan signere"))]
    reasons = []
    if account.confirmed_at is not None:
        reasons.append(Reason(N_("Kontonummeret er allerede bekreftet.")))
    if actor.id in queries.typed_by(account):
        reasons.append(Reason(N_("Du har selv registrert kontonummeret. En annen må bekrefte det.")))
    return reasons + why_not_vouch(agreement.payee_id, actor)


def why_not_make(actor: Actor) -> list[Reason]:
    """Why this person may make no agreement."""
    if actor.may(Permission.REVIEW_CLAIM):
        return []
    return [Reason(N_("Du har ikke tilgang til dette."), who=N_("saksbehandler"))]


def why_not_under(standing: Standing) -> list[Reason]:
    """Why nothing can be claimed under an agreement that never was in force, or whose payee is closed."""
    status = standing.agreement.status
    if status not in HELD:
        return [Reason(N_("Avtalen er ikke godkjent. Status er «%(status)s»."), {"status": status})]
    return why_not_closed(standing.payee)


def why_not_closed(party: Party) -> list[Reason]:
    """Why an organisation that is closed in the register is promised and paid nothing more."""
    if party.closed_on is None:
        return []
    text = N_("%(party)s er registrert som nedlagt %(closed_on)s. Ta kontakt med oss om hvem som nå skal ha pengene.")
    return [Reason(text, {"party": party.display_name, "closed_on": party.closed_on})]


def employed_by(payee: Party) -> Employment:
    """Who the GP works for, where nobody has said so: the municipality, when it is the payee."""
    return Employment.SALARIED if Kind.MUNICIPALITY in kinds_of(payee.id) else Employment.SELF_EMPLOYED


def why_not_pay_to(payee: Party, employment: Employment | None) -> list[Reason]:
    """Why this organisation is not paid for the GP: a salaried one's municipality is, and a practice its own."""
    reasons = why_not_closed(payee)
    if employment is not None and employment is not employed_by(payee):
        salaried = employment is Employment.SALARIED
        text = (
            N_("En fastlønnet leges penger går til kommunen. %(payee)s er ikke en kommune.")
            if salaried
            else N_("En selvstendig leges penger går til legekontoret. %(payee)s er en kommune.")
        )
        reasons.append(Reason(text, {"payee": payee.display_name}))
    return reasons


def why_not_change(step: AgreementStep, agreement: GpAgreement, actor: Actor) -> list[Reason]:
    """Every reason this person may not take the step on the agreement now; the verbs and the page ask the same."""
    also = why_not_move_again(agreement) if step is AgreementStep.MOVE else []
    return why_not(AGREEMENT, step, on_case(agreement.standing(), agreement.case_id, actor), actor, also)


def why_not_move_again(agreement: GpAgreement) -> list[Reason]:
    """Why one that has moved does not move anew: another continues it, or has the days it had left."""
    if agreement.status is not AgreementStatus.MOVED:
        return []
    if queries.is_continued(agreement.id):
        return [Reason(N_("Avtalen fortsetter på et annet legekontor. Flytt den avtalen."))]
    other = queries.in_the_way(agreement.hpr_no, agreement.last_on + timedelta(days=1), agreement.to_on)
    return [beside(other, elsewhere=other.area.id != agreement.area_id)] if other else []


def beside(other: Agreed, *, elsewhere: bool) -> Reason:
    """That the GP has this agreement already; `elsewhere`: in another area than the one that is asked about."""
    days = {"from_on": other.agreement.from_on, "to_on": other.agreement.last_on}
    if elsewhere:
        text = N_("Fastlegen har en avtale i et annet område (%(area)s) fra %(from_on)s til %(to_on)s.")
        return Reason(text, {"area": other.area.name, **days})
    return Reason(N_("Fastlegen har en avtale fra %(from_on)s til %(to_on)s."), days)


def why_not_sign_terms(
    standing: Standing, terms: GpTerms, rules: RuleVersion, actor: Actor, today: date
) -> list[Reason]:
    """Why this person does not sign later terms of an agreement that keeps its own (domain J.1.6)."""
    agreement = standing.agreement
    if not actor.may(Permission.CLAIM_OWN, party_id=agreement.payee_id):
        return [Reason(N_("Du har ikke tilgang til dette."), who=N_("kan signere"))]
    reasons = why_not_bind(actor) + why_not_closed(standing.payee)
    if agreement.status not in IN_FORCE or agreement.last_on < today:
        reasons.append(Reason(N_("Avtalen gjelder ikke lenger.")))
    if terms.reached:
        reasons.append(Reason(N_("Endringen gjelder avtalen uten ny signatur.")))
    if terms.signed_at is not None:
        reasons.append(Reason(N_("Vilkårene er allerede signert.")))
    if standing.held[-1].from_on > queries.first_day(rules):
        reasons.append(Reason(N_("Avtalen har nyere vilkår enn disse.")))
    return reasons


def why_not_apply(party_id: int | None, actor: Actor) -> list[Reason]:
    """Why this person asks for no agreement for the organisation: only its own signers, who do not work here."""
    if party_id is None or not actor.may(Permission.CLAIM_OWN, party_id=party_id):
        return [Reason(N_("Du har ikke tilgang til dette."), who=N_("kan signere"))]
    return why_not_bind(actor)


def why_not_register(area: PilotArea | None, actor: Actor) -> list[Reason]:
    """Why this person registers no agreement for the area: only its own coordinator."""
    if area is not None and actor.may(Permission.CONFIRM_CLAIM, area_id=area.id):
        return []
    return [Reason(N_("Du har ikke tilgang til dette."), who=N_("utprøvingsområde"))]


def starts(step: AgreementStep) -> tuple[Worded, ...]:
    """Where an agreement stands when this step is of any concern."""
    return AGREEMENT.move(step).start


def why_not_follow_up(actor: Actor) -> list[Reason]:
    """Why this person writes nothing about how an area is followed up."""
    if actor.may(Permission.REVIEW_CLAIM):
        return []
    return [Reason(N_("Du har ikke tilgang til dette."), who=N_("saksbehandler"))]
