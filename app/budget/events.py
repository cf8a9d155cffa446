"""What is recorded about frames and the ledger.

Commitments and payments are told by the step that makes them (`case.grant`, the payout's own events): not twice.
"""

from app.audit.catalogue import Event, moved
from app.values.language import N_

EVENTS = (
    Event(
        "budget.frame_set",
        N_("Rammen for %(pot)s %(year)s er satt til %(frame_ore)s (%(basis)s)"),
        frozenset({"pot", "year", "frame_ore", "basis", "state"}),
    ),
    Event(
        "budget.put_at_disposal",
        N_("Rammen for %(pot)s %(year)s er stilt til disposisjon (%(basis)s)"),
        frozenset({"pot", "year", "basis", "letter_on"}),
    ),
    Event(
        "budget.change_proposed",
        N_("%(by)s foreslo å endre rammen for %(pot)s %(year)s med %(change_ore)s (%(document)s)"),
        frozenset({"pot", "year", "change_ore", "document", "reason"}),
    ),
    moved(
        "frame_change.confirm",
        N_("Rammen for %(pot)s %(year)s er endret fra %(before_ore)s til %(after_ore)s (%(document)s)"),
        *("pot", "year", "before_ore", "after_ore", "document"),
    ),
    moved(
        "frame_change.refuse",
        N_("Forslaget om å endre rammen for %(pot)s %(year)s med %(change_ore)s er avslått"),
        *("pot", "year", "change_ore", "reason"),
    ),
    Event("budget.reduced", N_("Tilsagnet er redusert med %(amount_ore)s"), frozenset({"amount_ore", "ref"})),
    Event("budget.unused", N_("%(amount_ore)s er ikke brukt"), frozenset({"amount_ore", "ref"})),
    Event("budget.debt", N_("%(amount_ore)s skal betales tilbake"), frozenset({"amount_ore", "ref"})),
    Event("budget.repaid", N_("%(amount_ore)s er betalt tilbake"), frozenset({"amount_ore", "ref"})),
)
