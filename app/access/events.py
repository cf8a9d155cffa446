"""What is recorded about access."""

from app.audit.catalogue import Event
from app.values.language import N_

EVENTS = (
    Event("access.user_added", N_("Brukeren %(username)s ble opprettet"), frozenset({"username"})),
    Event("access.role_given", N_("Rollen %(role)s ble gitt"), frozenset({"role"})),
    Event("access.membership_given", N_("Tilgangen %(role)s ble gitt"), frozenset({"role", "party_id", "area_id"})),
    Event(
        "access.acts_for",
        N_("Tilgangen «%(role)s» ble gitt for %(where)s"),
        frozenset({"role", "where", "party_id", "area_id"}),
    ),
    Event(
        "access.acts_no_more_for",
        N_("Tilgangen «%(role)s» ble tatt bort for %(where)s"),
        frozenset({"role", "where", "party_id", "area_id"}),
    ),
    Event(
        "access.budget_delegated",
        N_("%(given_by)s ga budsjettdisponeringsmyndighet"),
        frozenset({"from_on", "to_on", "limit_ore", "given_by"}),
    ),
    Event(
        "access.budget_confirmed",
        N_("%(by)s bekreftet budsjettdisponeringsmyndigheten"),
        frozenset({"limit_ore", "to_on"}),
    ),
    Event(
        "access.budget_ended",
        N_("%(by)s avsluttet budsjettdisponeringsmyndigheten"),
        frozenset({"limit_ore", "to_on"}),
    ),
    Event("access.role_taken", N_("Rollen %(role)s ble tatt bort"), frozenset({"role"})),
    Event("access.user_ended", N_("Tilgangen til systemet ble avsluttet")),
    Event("access.user_reopened", N_("Tilgangen til systemet ble åpnet igjen")),
    Event("access.link_made", N_("Det ble laget en lenke for å velge passord")),
    Event("access.password_changed", N_("Passordet ble byttet"), frozenset({"with_link"})),
    Event("access.logged_in", N_("Logget inn")),
)
