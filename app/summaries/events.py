"""What is recorded about deliveries."""

from app.audit.catalogue import Event, moved
from app.values.language import N_

EVENTS = (
    Event("summary.begun", N_("%(by)s begynte på versjon %(number)s av leveransen"), frozenset({"number"})),
    Event("summary.changed", N_("%(by)s endret teksten i versjon %(number)s"), frozenset({"number"})),
    moved("summary.submit", N_("%(by)s sendte versjon %(number)s til godkjenning"), "number"),
    moved("summary.send_back", N_("%(by)s sendte versjon %(number)s tilbake: %(cause)s"), "number", "cause"),
    moved("summary.approve", N_("%(by)s godkjente versjon %(number)s, og tallene ble frosset"), "number", "seal"),
)
