"""Plain facts and judgements of a decision: the payment plan, authority, what needs eyes, the recipient's answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.access.domain import Delegation
from app.flow.domain import Reason
from app.rules.domain import InstalmentRule, ReportKind, Rules, Trigger
from app.values.deadlines import is_overdue, report_due_on, working_day_on_or_after
from app.values.language import N_, Worded
from app.values.money import split_percent

# What an instalment is called where it is named by text.
INSTALMENT = "instalment"
# A cut of more than this needs the decider's eyes first (pages.md §5 point 3).
DEEP_CUT_PERCENT = 30


class Warn(Worded):
    """What the decider should look at before signing."""

    DEEP_CUT = "deep_cut", N_("Kuttet med mer enn 30 prosent")
    FIRST_TIME = "first_time", N_("Søker for første gang")
    SENT_BACK = "sent_back", N_("Sendt tilbake tidligere")
    LATE = "late", N_("Levert etter fristen")
    LOW_SCORE = "low_score", N_("Innstilt mot poengene")
    OPEN_DEBT = "open_debt", N_("Skylder tilskudd som skal betales tilbake")


class Piece(Worded):
    """A part of the letter, so that a decider can be told which part changed after they read it."""

    RECIPIENT = "recipient", N_("mottakeren")
    LANGUAGE = "language", N_("språket")
    DATED = "dated", N_("brevets dato og frister")
    AMOUNT = "amount", N_("beløpet")
    CUTS = "cuts", N_("hva som er innvilget av hver del")
    PURPOSE = "purpose", N_("formålet")
    CONDITIONS = "conditions", N_("vilkårene")
    PLAN = "plan", N_("utbetalingsplanen")
    ACCOUNT = "account", N_("kontonummeret")
    REPORTS = "reports", N_("rapporteringen")
    REASONS = "reasons", N_("begrunnelsen")
    FRAME = "frame", N_("rammen")
    REST = "rest", N_("andre opplysninger i brevet")


@dataclass(frozen=True)
class PlannedInstalment:
    """One instalment of a payment plan; the parts sum to the award."""

    nr: int
    of: int
    amount_ore: int
    trigger: Trigger
    due_on: date | None
    report: ReportKind | None


@dataclass(frozen=True)
class Seen:
    """What the decider had before them: the case's version, the letter's hash and those of its parts, and when to send.

    `send_on` is a local date; the letter goes out that day, or at once.
    """

    version: int
    letter_hash: str
    pieces: Mapping[Piece, str]
    send_on: date | None = None


@dataclass(frozen=True)
class RevisedLine:
    """One line of the revised budget; whole øre."""

    cost_code: str
    text: str
    amount_ore: int


@dataclass(frozen=True)
class Acceptance:
    """The recipient's answer. `account_is_new` when they say that the number differs from the letter's on purpose."""

    version: int
    account_no: str
    account_is_new: bool = False
    lines: tuple[RevisedLine, ...] = ()
    plan: str = ""


def payment_plan(amount_ore: int, rules: Rules) -> tuple[PlannedInstalment, ...]:
    """The instalments of an award by its rules: whole kroner, the last takes the rounding, and none is nought."""
    given = rules.instalments or (InstalmentRule(100, Trigger.ACCEPTANCE),)
    shares = split_percent(amount_ore, [each.percent for each in given])
    kept = [(each, ore) for each, ore in zip(given, shares, strict=True) if ore > 0]
    return tuple(
        PlannedInstalment(
            nr,
            len(kept),
            ore,
            each.trigger,
            each.on if each.trigger is Trigger.DATE else None,
            each.report if each.trigger is Trigger.REPORT_APPROVED else None,
        )
        for nr, (each, ore) in enumerate(kept, start=1)
    )


def accept_by(decided_on: date, rules: Rules) -> date:
    """The last day to accept: the rules' number of days, moved forward to a working day."""
    return working_day_on_or_after(decided_on + timedelta(days=rules.accept_days))


def as_told(rules: Rules, told_on: date) -> Rules:
    """The rules as a letter of this day tells them: a report whose date has passed, or nearly, gets a later one."""
    moved = tuple(replace(each, due_on=report_due_on(each.due_on, told_on)) for each in rules.reports)
    return replace(rules, reports=moved)


def after_the_year(parts: Iterable[PlannedInstalment], rules: Rules, year: int, today: date) -> list[PlannedInstalment]:
    """Parts that can only be paid after the budget year, and so spend another year's money (domain J.1.7).

    Nothing is paid before it is decided, so a decision after the year has every part there.
    """
    due = {each.kind: each.due_on for each in rules.reports}

    def waits_for(part: PlannedInstalment) -> date | None:
        return due.get(part.report) if part.report else part.due_on

    return [part for part in parts if max(waits_for(part) or today, today).year > year]


def why_no_authority(delegations: Sequence[Delegation], amount_ore: int, today: date) -> list[Reason]:
    """Why this budget authority does not reach to this decision (domain C.3); empty when it does."""
    if any(each.covers(amount_ore, today) for each in delegations):
        return []
    valid = [each.limit_ore for each in delegations if each.from_on <= today <= each.to_on]
    if valid:
        text = N_("Fullmakten din gjelder vedtak på inntil %(limit_ore)s.")
        return [Reason(text, {"limit_ore": max(valid)}, N_("leder med BDM"))]
    ended = [each.to_on for each in delegations if each.to_on < today]
    if ended:
        text = N_("Budsjettfullmakten din gikk ut %(to_on)s.")
        return [Reason(text, {"to_on": max(ended)}, N_("leder med BDM"))]
    return [Reason(N_("Du har ingen budsjettfullmakt som gjelder i dag."), who=N_("leder med BDM"))]


def is_deep_cut(applied_ore: int, amount_ore: int) -> bool:
    """Whether more than 30 % of what was applied for is cut; a refusal is no cut."""
    return amount_ore > 0 and (applied_ore - amount_ore) * 100 > applied_ore * DEEP_CUT_PERCENT


def changed(seen: Mapping[Piece, str], now: Mapping[Piece, str]) -> list[Piece]:
    """Which parts of the letter differ from what was seen, in the order of the letter."""
    return [piece for piece in Piece if seen.get(piece, "") != now.get(piece, "")]


def not_sendable(send_on: date | None, today: date, within_days: int) -> list[Reason]:
    """Why a letter may not wait until this day: a decision is told without undue delay (forvaltningsloven § 27)."""
    latest = today + timedelta(days=within_days)
    if send_on is None or today <= send_on <= latest:
        return []
    return [Reason(N_("Brevet må sendes fra i dag til og med %(latest)s."), {"latest": latest})]


def not_to_be_answered(accept_by_on: date | None, today: date) -> list[Reason]:
    """Why the recipient cannot accept by themselves: nothing is told yet, or too late (whether it lapses is a person's
    act, domain J.1.8). `accept_by_on` is the day as it runs (None: the letter is not sent, so no day runs).
    """
    if accept_by_on is None or not is_overdue(accept_by_on, today):
        return not_told(accept_by_on)
    text = N_("Fristen for å akseptere gikk ut %(accept_by_on)s. Ta kontakt med saksbehandleren.")
    return [Reason(text, {"accept_by_on": accept_by_on})]


def not_told(accept_by_on: date | None) -> list[Reason]:
    """Why nobody can answer a grant at all: they have not been told of it. Saying no is never too late."""
    if accept_by_on is None:
        return [Reason(N_("Vedtaksbrevet er ikke sendt ennå. Dere kan svare når dere har fått det."))]
    return []


def not_yet_past(accept_by_on: date | None, today: date) -> list[Reason]:
    """Why a grant cannot lapse yet; nobody has failed to answer a letter that was never sent."""
    if accept_by_on is None:
        return [Reason(N_("Vedtaksbrevet er ikke sendt, så fristen for å svare løper ikke."))]
    if is_overdue(accept_by_on, today):
        return []
    return [Reason(N_("Mottakeren har frist til %(accept_by_on)s."), {"accept_by_on": accept_by_on})]


def why_not_revised(acceptance: Acceptance, award_ore: int, own_funding_ore: int, partial: bool) -> list[Reason]:
    """A partial award asks for a revised budget that adds up, and a plan (domain J.1.8)."""
    if not partial:
        return []
    reasons = []
    total = award_ore + own_funding_ore
    summed = sum(line.amount_ore for line in acceptance.lines)
    if summed != total:
        facts = {"sum_ore": summed, "total_ore": total}
        reasons.append(Reason(N_("Revidert budsjett er %(sum_ore)s. Det skal være %(total_ore)s til sammen."), facts))
    if not acceptance.plan.strip():
        reasons.append(Reason(N_("Skriv hvordan planen er endret."), of="plan"))
    return reasons


def uneven(lines: Sequence[RevisedLine], total_ore: int) -> Reason | None:
    """What is left to share out on the lines, or is too much on them; None when they add up, or none has a sum."""
    left_ore = total_ore - sum(line.amount_ore for line in lines)
    if left_ore in (0, total_ore):
        return None
    text = N_("Fordel %(left_ore)s til på linjene.") if left_ore > 0 else N_("Trekk fra %(left_ore)s på linjene.")
    return Reason(text, {"left_ore": abs(left_ore)})


def why_not_account(acceptance: Acceptance, known_no: str) -> list[Reason]:
    """A number that differs from the letter's must be meant to."""
    if acceptance.account_no == known_no or acceptance.account_is_new or not known_no:
        return []
    return [
        Reason(N_("Kontonummeret er et annet enn det som står i brevet. Rett det, eller kryss av for at det er nytt."))
    ]
