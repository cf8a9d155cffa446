"""What is recorded about organisations and their accounts."""

from app.audit.catalogue import Event
from app.values.language import N_

EVENTS = (
    Event("party.added", N_("%(name)s ble lagt til"), frozenset({"name", "orgnr"})),
    Event(
        "party.closed",
        N_("%(by)s registrerte at organisasjonen ble lagt ned %(on)s: %(reason)s (%(source)s)"),
        frozenset({"on", "reason", "source"}),
    ),
    Event(
        "party.opened",
        N_("%(by)s registrerte at organisasjonen ikke er lagt ned: %(reason)s (%(source)s)"),
        frozenset({"reason", "source"}),
    ),
    Event("party.account_given", N_("%(by)s oppga et kontonummer"), frozenset({"account"})),
    Event("party.account_confirmed", N_("%(by)s bekreftet kontonummeret"), frozenset({"account"})),
    Event("party.account_controlled", N_("%(by)s kontrollerte kontonummeret"), frozenset({"account", "note"})),
    Event("party.account_rejected", N_("Banken avviste kontonummeret"), frozenset({"account"})),
    Event("party.account_closed", N_("%(by)s stengte kontonummeret"), frozenset({"account", "note"})),
    Event("party.area_added", N_("Utprøvingsområdet %(name)s ble lagt til"), frozenset({"name"})),
)
