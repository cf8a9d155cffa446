"""What is recorded about rules and calls."""

from app.audit.catalogue import Event, moved
from app.values.language import N_

EVENTS = (
    Event("rules.scheme_added", N_("Ordningen %(code)s ble lagt til"), frozenset({"code"})),
    Event("rules.pot_added", N_("Potten %(code)s ble lagt til"), frozenset({"code"})),
    Event("rules.drafted", N_("%(by)s skrev regelverket for %(year)s"), frozenset({"year", "number"})),
    Event("rules.changed", N_("%(by)s endret utkastet"), frozenset({"year", "number"})),
    Event("rules.told", N_("%(by)s registrerte: %(step)s %(on)s"), frozenset({"step", "on", "reference", "words"})),
    moved("rules.approve", N_("%(by)s godkjente regelverket"), "basis"),
    moved("rules.send_back", N_("%(by)s sendte regelverket tilbake"), "cause"),
    moved("rules.publish", N_("%(by)s publiserte regelverket")),
    Event("call.drafted", N_("%(by)s laget utlysningen"), frozenset({"title"})),
    Event("call.changed", N_("%(by)s endret utlysningen"), frozenset({"title"})),
    moved("call.publish", N_("%(by)s kunngjorde utlysningen"), "title"),
)
