"""What is recorded about people, beside what `access` tells itself."""

from app.audit.catalogue import Event
from app.values.language import N_

EVENTS = (
    Event("people.changed", N_("%(by)s endret %(what)s"), frozenset({"what"})),
    Event("people.superior", N_("%(by)s satte %(superior)s som nærmeste leder"), frozenset({"superior"})),
    Event("people.cases_handed_over", N_("%(given)s saker gikk videre til %(receiver)s, %(left)s venter på fordeling"),
          frozenset({"given", "receiver", "left"})),
    Event("people.cases_left", N_("%(left)s saker venter på fordeling"), frozenset({"left"})),
)  # fmt: skip
