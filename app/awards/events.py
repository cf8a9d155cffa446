"""What is recorded about an award. Our reasons for stop and lapse are internal; the recipient gets them by letter."""

from app.audit.catalogue import Event, moved
from app.values.language import N_

EVENTS = (
    moved("award.accept", N_("%(by)s aksepterte tilskuddet på %(amount_ore)s"), "amount_ore", "account", to_party=True),
    moved(
        "award.decline",
        N_("%(by)s takket nei til tilskuddet på %(amount_ore)s: %(reason)s"),
        "reason",
        "amount_ore",
        to_party=True,
    ),
    moved("award.pay_part", N_("%(amount_ore)s er utbetalt"), "amount_ore", to_party=True, told_by="payable.pay"),
    moved(
        "award.pay_all",
        N_("%(amount_ore)s er utbetalt. Hele tilskuddet er utbetalt"),
        "amount_ore",
        to_party=True,
        told_by="payable.pay",
    ),
    moved("award.stop", N_("%(by)s stanset utbetalingen: %(reason)s"), "reason"),
    moved("award.resume", N_("%(by)s gjenopptok utbetalingen: %(reason)s"), "reason"),
    moved("award.resume_part", N_("%(by)s gjenopptok utbetalingen: %(reason)s"), "reason"),
    moved("award.resume_all", N_("%(by)s gjenopptok utbetalingen: %(reason)s"), "reason"),
    moved("award.lapse", N_("%(by)s lot tilskuddet falle bort: %(reason)s"), "reason", "amount_ore"),
    moved("award.close", N_("Tilskuddet er avsluttet"), to_party=True),
    Event("award.reminded", N_("Påminnelse om aksept er sendt"), frozenset({"accept_by_on"}), to_party=True),
)
