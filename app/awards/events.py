"""What is recorded about awards as they are paid."""

from app.audit.catalogue import moved
from app.values.language import N_

EVENTS = (
    moved("award.pay_part", N_("Tilskuddet er delvis utbetalt: %(amount_ore)s"), "amount_ore", to_party=True),
    moved("award.pay_all", N_("Tilskuddet er utbetalt: %(amount_ore)s"), "amount_ore", to_party=True),
)
