"""What is recorded about access."""

from app.audit.catalogue import Event
from app.values.language import N_

EVENTS = (
    Event("access.user_added", N_("Brukeren %(username)s ble opprettet"), frozenset({"username"})),
    Event("access.role_given", N_("Rollen %(role)s ble gitt"), frozenset({"role"})),
    Event("access.membership_given", N_("Tilgangen %(role)s ble gitt"), frozenset({"role", "party_id", "area_id"})),
    Event(
        "access.budget_delegated",
        N_("%(given_by)s ga budsjettdisponeringsmyndighet"),
        frozenset({"from_on", "to_on", "limit_ore", "given_by"}),
    ),
    Event("access.logged_in", N_("Logget inn")),
)
