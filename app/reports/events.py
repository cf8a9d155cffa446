"""What is recorded about reports. Saving a draft is no event."""

from app.audit.catalogue import Event, moved
from app.values.language import N_

EVENTS = (
    Event("report.expected", N_("%(report)s skal leveres"), frozenset({"report", "due_on"}), to_party=True),
    Event("report.moved", N_("%(report)s har ny frist: %(due_on)s"), frozenset({"report", "due_on"}), to_party=True),
    Event("report.reminded", N_("Påminnelse om rapporten er sendt"), frozenset({"report", "step"}), to_party=True),
    moved("report.start", N_("%(by)s begynte på rapporten"), "report", to_party=True),
    moved("report.deliver", N_("%(by)s leverte rapporten"), "report", "late", "unused_ore", to_party=True),
    moved("report.take", N_("Rapporten er under kontroll"), "report", to_party=True),
    moved("report.ask", N_("%(by)s ba om det som mangler i rapporten"), "report", "by_on", to_party=True),
    moved("report.approve", N_("Rapporten er godkjent"), "report", "conclusion", "unused_ore", to_party=True),
    moved("report.reject", N_("Rapporten er ikke godkjent"), "report", "conclusion", "unused_ore", to_party=True),
)
