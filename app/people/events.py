"""What is recorded about people, beside what `access` tells itself."""

from app.audit.catalogue import Event
from app.values.language import N_

EVENTS = (
    Event("people.changed", N_("%(by)s endret %(what)s"), frozenset({"what"})),
    Event("people.superior", N_("%(by)s satte %(superior)s som nærmeste leder"), frozenset({"superior"})),
    Event("people.cases_handed_over",
          N_("Saker som gikk videre til %(receiver)s: %(given)s. Saker som venter på fordeling: %(left)s"),
          frozenset({"given", "receiver", "left"})),
    Event("people.cases_left", N_("Saker som venter på fordeling: %(left)s"), frozenset({"left"})),
)  # fmt: skip
