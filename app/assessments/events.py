"""What is recorded about an assessment; all of it stays inside the house."""

from app.audit.catalogue import Event
from app.values.language import N_

EVENTS = (
    Event("assessment.finished", N_("%(by)s vurderte ferdig"), frozenset({"proposed_ore"})),
    Event("assessment.reopened", N_("%(by)s åpnet vurderingen igjen")),
)
