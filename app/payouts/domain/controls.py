"""The controls before a payment (domain E.2). Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.access.domain import Delegation
from app.flow.domain import Reason, not_impartial
from app.rules.domain import Trigger
from app.values.badvalue import BadValue
from app.values.identity import parse_account
from app.values.language import N_

_OURS = N_("Kontonummeret er registrert av oss. Fastlegen må bekrefte det, eller økonomi må kontrollere det.")


@dataclass(frozen=True)
class Snapshot:
    """Everything the controls need to know of one payable, read at one moment; amounts in øre.

    `other_ore` is what other live payables of the same award or claim take; `left_ore` what the ledger says is
    promised on the case and not paid. `account_confirmed`: by the recipient's signer, who did not type the number;
    `account_paid_before`: this recipient has been paid to it; `account_rejected`: refused by the bank since its
    control; `account_denied`: the number given last was wrong when rung; `account_closed_before`: this one was, before.
    `declared` is the reader's own answer on impartiality, asked of those who have a hand in the line now (`signs`).
    """

    amount_ore: int
    due_on: date
    today: date
    frame_year: int
    is_claim: bool = False
    letter_sent: bool = True
    accepted: bool = True
    account_no: str = ""
    account_is_newest: bool = True
    account_accepted: bool = True
    account_controlled: bool = False
    account_rejected: bool = False
    account_denied: bool = False
    account_closed_before: bool = False
    account_confirmed: bool = True
    account_paid_before: bool = True
    account_as_applied: bool = True
    trigger: Trigger | None = None
    trigger_on: date | None = None
    report_approved: bool = True
    stopped: bool = False
    declared: str | None = None
    signs: bool = True
    total_ore: int = 0
    other_ore: int = 0
    left_ore: int = 0
    hands: tuple[int, ...] = ()
    paid_before: bool = False


@dataclass(frozen=True)
class Check:
    """One control: what it is, whether it holds, and if not why, in bokmål."""

    words: str
    ok: bool
    reason: Reason | None = None


def checks(of: Snapshot) -> list[Check]:
    """The nine controls, always in this order; all must hold before a person signs. Impartiality is the reader's."""
    return [
        _check(N_("Vedtaket er endelig, og brevet er sendt"), _decision(of)),
        _check(N_("Vilkårene er akseptert av rett person"), _acceptance(of)),
        _check(N_("Kontonummeret er det som er bekreftet"), why_account(of)),
        _check(N_("Det som utløser utbetalingen, har skjedd"), _trigger(of)),
        _check(N_("Utbetalingen er ikke stanset"), _stop(of)),
        _check(N_("Du er ikke inhabil i saken"), _impartial(of)),
        _check(N_("Beløpet er innenfor tilsagnet og rammen"), _within(of)),
        _check(N_("Ingen har signert to ganger"), _hands(of)),
        _check(N_("Beløpet er ikke betalt før"), _once(of)),
    ]


def stopping(of: Snapshot) -> list[Reason]:
    """Why nobody may sign the line: the controls that do not hold, whoever asks."""
    return [check.reason for check in checks(replace(of, signs=False)) if check.reason is not None]


def _check(words: str, why: Reason | None) -> Check:
    return Check(words, why is None, why)


def _decision(of: Snapshot) -> Reason | None:
    return None if of.letter_sent else Reason(N_("Vedtaksbrevet er ikke sendt."))


def _acceptance(of: Snapshot) -> Reason | None:
    if not of.accepted:
        return Reason(N_("Kravet er ikke bekreftet.") if of.is_claim else N_("Mottakeren har ikke akseptert."))
    # A late acceptance stands until a person lets the grant lapse (domain J.1.8), so the deadline is no control here.
    # Nor is what the person who accepted has become since: that they might is judged when they do it.
    return None


def why_account(of: Snapshot) -> Reason | None:
    """Why money may not go to the account of the line; None when it may."""
    try:
        parse_account(of.account_no)
    except BadValue:
        return Reason(N_("Kontonummeret finnes ikke."))
    if of.account_denied:
        return Reason(N_("Kontonummeret var feil da mottakeren ble ringt opp. Mottakeren må oppgi et nytt."))
    if not of.account_is_newest:
        return Reason(N_("Mottakeren har oppgitt et nytt kontonummer. Det må kontrolleres først."), who=N_("økonomi"))
    return why_control(of)


def why_control(of: Snapshot) -> Reason | None:
    """Why the account must be controlled by call-back before money goes there (domain E.2); None when it may."""
    if of.account_rejected:
        return Reason(N_("Banken avviste kontonummeret. Ring mottakeren og kontroller det."), who=N_("økonomi"))
    return None if of.account_controlled else _uncontrolled(of)


def _uncontrolled(of: Snapshot) -> Reason | None:
    """Why a number that nobody has rung about needs it."""
    is_known = of.account_confirmed or of.account_paid_before
    words = (
        (of.account_closed_before, N_("Kontonummeret er stengt før, og er oppgitt på nytt. Det må kontrolleres.")),
        (not of.account_accepted, N_("Kontonummeret er endret etter aksepten og er ikke kontrollert.")),
        (of.is_claim and not is_known, _OURS),
        (of.is_claim, None),
        (not of.account_as_applied, N_("Kontonummeret er et annet enn i søknaden og er ikke kontrollert.")),
        (not of.account_paid_before, N_("Vi har ikke betalt til dette kontonummeret før, og det er ikke kontrollert.")),
    )
    return next((Reason(text, who=N_("økonomi")) if text else None for holds, text in words if holds), None)


def _trigger(of: Snapshot) -> Reason | None:
    if of.trigger is Trigger.DATE and of.trigger_on is not None and of.trigger_on > of.today:
        return Reason(N_("Raten forfaller først %(due_on)s."), {"due_on": of.trigger_on})
    if of.trigger is Trigger.REPORT_APPROVED and not of.report_approved:
        return Reason(N_("Rapporten er ikke godkjent."), who=N_("saksbehandler"))
    return None


def _stop(of: Snapshot) -> Reason | None:
    return Reason(N_("Utbetalingen er stanset."), who=N_("leder med BDM")) if of.stopped else None


def _impartial(of: Snapshot) -> Reason | None:
    return next(iter(not_impartial(of.declared)), None) if of.signs else None


def _within(of: Snapshot) -> Reason | None:
    if of.amount_ore + of.other_ore > of.total_ore:
        over = of.amount_ore + of.other_ore - of.total_ore
        return Reason(N_("Utbetalingene blir %(over_ore)s mer enn det som er innvilget."), {"over_ore": over})
    if of.amount_ore > of.left_ore:
        text = N_("Bare %(left_ore)s er igjen av det som er bundet på saken.")
        return Reason(text, {"left_ore": max(of.left_ore, 0)})
    return wrong_year(max(of.due_on, of.today), of.frame_year)


def wrong_year(pay_on: date, frame_year: int) -> Reason | None:
    """Money of another budget year may not be spent without clearance (domain J.1.7)."""
    if pay_on.year == frame_year:
        return None
    text = N_(
        "Utbetalingen faller i %(pay_year)s, men rammen gjelder %(frame_year)s. Overføringen må avklares med HOD først."
    )
    return Reason(text, {"pay_year": pay_on.year, "frame_year": frame_year}, N_("leder med BDM"), of="pay_on")


def _hands(of: Snapshot) -> Reason | None:
    if len(set(of.hands)) == len(of.hands):
        return None
    return Reason(N_("Samme person står med to signaturer."))


def _once(of: Snapshot) -> Reason | None:
    return Reason(N_("Beløpet er allerede betalt eller ligger på en annen liste.")) if of.paid_before else None


def without_authority(delegations: Sequence[Delegation], amount_ore: int, today: date) -> list[Reason]:
    """Why the person's own budget authority (BDM) does not cover this payment (domain C.3)."""
    if any(d.covers(amount_ore, today) for d in delegations):
        return []
    valid = [d for d in delegations if d.from_on <= today <= d.to_on]
    if not valid:
        return [Reason(N_("Du har ingen gyldig budsjettdisponeringsmyndighet i dag."), who=N_("leder med BDM"))]
    text = N_("Beløpet er over grensen i fullmakten din (%(limit_ore)s).")
    return [Reason(text, {"limit_ore": max(d.limit_ore for d in valid)}, who=N_("leder med BDM"))]
