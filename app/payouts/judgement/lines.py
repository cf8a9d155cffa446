"""Why a step on a payable is closed: one function for the verbs, the pages, the queues and the case page's offers."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from app.access.domain import Actor, Permission
from app.cases.judgement import why_not_vouch
from app.cases.models import Case
from app.cases.workflow import CASE
from app.flow import Offer, Reason, is_theirs, not_impartial, why_not, why_not_hand
from app.flow.opposed import THEIRS, barring
from app.parties.models import BankAccount
from app.payouts import queries
from app.payouts.domain import stopping, why_account, without_authority
from app.payouts.models import Payable
from app.payouts.queries import Seen, Told
from app.payouts.workflow import NEXT, PAYABLE, SIGNED, WAITS_FOR, AccountStep, Status, Step, may_sign
from app.values.clock import local_date
from app.values.language import N_


def reasons_against(step: Step, row: Seen, actor: Actor, today: date) -> list[Reason]:
    """Every reason this person may not take the step on this line now; empty when it is open."""
    return why_not(PAYABLE, step, row.standing(), actor, _beyond_the_moves(step, row, actor, today))


def _beyond_the_moves(step: Step, row: Seen, actor: Actor, today: date) -> list[Reason]:
    """What the table of moves does not know: the controls, the approver's own authority, what may be cancelled."""
    reasons = [*_ties(row.debts), *(stopping(row.snapshot) if step in SIGNED else [])]
    if step is Step.APPROVE and actor.may(Permission.APPROVE_PAYOUT):
        reasons += without_authority(actor.delegations, row.payable.amount_ore, today)
    if step is Step.CANCEL:
        reasons += _keep(row)
    if step is Step.REJECT and not row.payable.net_ore:
        reasons.append(Reason(N_("Linjen sender ingen penger: alt er motregnet. Banken kan ikke avvise den.")))
    if step in (Step.PAY, Step.REJECT) and row.pay_on is not None and today < row.pay_on:
        words = N_("Listen betales %(pay_on)s. Utfallet kan registreres fra den dagen.")
        reasons.append(Reason(words, {"pay_on": row.pay_on}))
    return reasons


def _keep(row: Seen) -> list[Reason]:
    if row.payable.status is Status.READY and not stopping(row.snapshot):
        return [Reason(N_("Alle kontroller er i orden. Linjen skal attesteres, ikke annulleres."))]
    return []


def is_mine(row: Seen, actor: Actor, today: date) -> bool:
    """Whether the hand the line waits for is this person's, once they have answered on impartiality."""
    return is_theirs(reasons_against(WAITS_FOR[row.payable.status], row, actor, today))


def on_line(row: Seen, reason: Reason) -> Reason:
    """With many lines a reason says which one it is about."""
    facts = {"case": row.case.number, "party": row.party.display_name, "why": reason}
    return Reason(N_("%(case)s, %(party)s: %(why)s"), facts, who=reason.who)


def answered_for(rows: Iterable[Seen]) -> list[Case]:
    """The cases their reader answers for, answered or not, each once: of these lines, and of debts set off in them."""
    return list({case.id: case for row in rows if row.snapshot.signs for case, _ in row.answers}.values())


def unanswered(rows: Iterable[Seen]) -> list[Case]:
    """Those of them that they must answer for before the first hand."""
    waits = [(case, answer) for row in rows if row.snapshot.signs for case, answer in row.answers]
    return list({case.id: case for case, answer in waits if answer is None}.values())


def why_not_answer(actor: Actor) -> list[Reason]:
    """Why this person is not asked about impartiality in payments: they have no hand in them."""
    return [] if may_sign(actor) else [Reason(N_("Du har ikke tilgang til dette."), who=N_("økonomi"))]


def why_not_take_file(rows: Iterable[Seen], actor: Actor) -> list[Reason]:
    """Why this person may not take the file of a list with these lines to the bank: a tie they have told of, or have.

    One is enough, and is named by its line.
    """
    if not actor.may(Permission.AUTHORISE_FILE):
        return [Reason(N_("Du har ikke tilgang til dette."), who=N_("økonomi"))]
    for row in rows:
        reasons = [why for _, answer in row.answers if answer is not None for why in not_impartial(answer)]
        if row.party.id in actor.tied_to:
            reasons.append(Reason(N_("Du er knyttet til mottakeren. En annen må gjøre dette.")))
        if reasons:
            return [on_line(row, reasons[0])]
    return []


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """The next step of each payable on the case that waits for a hand; it leads to the payable's own page.

    The control of an account comes before the hand it keeps closed. The recipient's own step is a new number.
    """
    if actor.may(Permission.OWN_PORTAL, party_id=case.party_id):
        return _give(case, actor)
    if not actor.may(Permission.READ_PAYOUTS):
        return []
    today = local_date(at)
    waiting = queries.seen_in(case.id, actor, today)
    return [*_controls(waiting, case, actor), *(_offer(row, actor, today) for row in waiting)]


def _give(case: Case, actor: Actor) -> list[Offer]:
    if not queries.takes_account(case.id):
        return []
    return [
        Offer(
            AccountStep.GIVE,
            tuple(why_not_give(case, actor)),
            "payouts.give_account",
            {"public_id": case.public_id},
            aside=True,
        )
    ]


def why_not_give(case: Case, actor: Actor) -> list[Reason]:
    """Why this person may not give a new number on the case: only who signs for its organisation, while money comes."""
    if not actor.may(Permission.SIGN_OWN, party_id=case.party_id):
        return [Reason(N_("Du har ikke tilgang til dette."), who=N_("kan signere"))]
    closed = why_not_vouch(case.party_id, actor) + why_not_hand(CASE.name, "submitted", case.hands, actor)
    return closed or (
        [] if queries.takes_account(case.id) else [Reason(N_("Det er ikke mer å betale ut i denne saken."))]
    )


def why_not_number(last: BankAccount | None, account_no: str) -> list[Reason]:
    """Why this is no new number: it is the one given last, and that is not closed."""
    if last is None or last.closed_at is not None or last.account_no != account_no:
        return []
    if last.is_rejected:
        text = N_("Dette er nummeret banken avviste. Er det riktig likevel, ta kontakt med oss, så ringer vi dere.")
        return [Reason(text, of="account")]
    return [Reason(N_("Dette er det nummeret vi har fra før. Oppgi et annet."), of="account")]


def _controls(waiting: list[Seen], case: Case, actor: Actor) -> list[Offer]:
    """The call-back these lines wait for; where more than one number waits, the one nearest to this person."""
    if not any(row.payable.status in NEXT and why_account(row.snapshot) for row in waiting):
        return []
    if not actor.may(Permission.CONTROL_ACCOUNT):
        return [Offer(AccountStep.CONTROL, tuple(_not_a_controller(actor)), "payouts.accounts")]
    accounts = [new.account for new in queries.accounts_to_control(waiting, case.party_id)]
    told = queries.told_of(accounts, actor)
    reasons = [why_not_control(account, told[account.id], actor) for account in accounts]
    nearest = sorted(reasons, key=len)[:1]
    return [Offer(AccountStep.CONTROL, tuple(why), "payouts.accounts") for why in nearest]


def _offer(row: Seen, actor: Actor, today: date) -> Offer:
    step = WAITS_FOR[row.payable.status]
    where: Mapping[str, str] = {"public_id": row.payable.public_id}
    return Offer(step, tuple(reasons_against(step, row, actor, today)), "payouts.payable", where)


def why_not_control(account: BankAccount, told: Told, actor: Actor) -> list[Reason]:
    """Why this person may not control the number by call-back: another than who ever gave it, and impartial.

    Impartial in every case the number can be paid to for, whether a payment waits yet or not.
    """
    if closed := _not_a_controller(actor):
        return closed
    reasons = []
    if (account.controlled_at is not None and not account.is_rejected) or account.closed_at is not None:
        reasons.append(Reason(N_("Kontonummeret er allerede kontrollert eller stengt.")))
    had = {hand for hand in barring("account", "controlled") if actor.id in told.hands.get(hand, ())}
    if had - {*THEIRS}:
        reasons.append(Reason(N_("Du har selv registrert kontonummeret. En annen må kontrollere det.")))
    elif had:
        reasons.append(Reason(N_("Du har signert for mottakeren. En annen må kontrollere kontonummeret.")))
    if account.party_id in actor.tied_to:
        reasons.append(Reason(N_("Du er knyttet til mottakeren. En annen må gjøre dette.")))
    return reasons + _ties(told.answers)


def _not_a_controller(actor: Actor) -> list[Reason]:
    """What one without the right is told, whichever number it is."""
    if actor.may(Permission.CONTROL_ACCOUNT):
        return []
    return [Reason(N_("Du har ikke tilgang til dette."), who=N_("økonomi"))]


def _ties(answers: Collection[tuple[Case, str | None]]) -> list[Reason]:
    """One tie is enough, and is named by its case; what is not answered is asked for once."""
    found = [(case, why) for case, answer in answers if answer is not None for why in not_impartial(answer)]
    if found:
        case, why = found[0]
        return [Reason(N_("Sak %(case)s: %(why)s"), {"case": case.number, "why": why}, who=why.who)]
    return not_impartial(None) if any(answer is None for _, answer in answers) else []


def unanswered_for(told: Iterable[Told], actor: Actor) -> list[Case]:
    """The cases that this person must answer for before they control these numbers, each once."""
    if not actor.may(Permission.CONTROL_ACCOUNT):
        return []
    asked = {case.id: case for each in told for case, answer in each.answers if answer is None}
    return list(asked.values())


def not_that_day(thing: Payable, paid_on: date, today: date) -> list[Reason]:
    """Why the line cannot have been booked that day."""
    if paid_on > today:
        return [Reason(N_("Bokføringsdagen kan ikke være fram i tid."))]
    if thing.authorised_at is not None and paid_on < local_date(thing.authorised_at):
        return [Reason(N_("Bokføringsdagen kan ikke være før listen ble låst."))]
    return []
