"""What is recorded about letters and notices on their way."""

from app.audit.catalogue import Event, moved
from app.values.language import N_

EVENTS = (
    Event("outgoing.queued", N_("«%(subject)s» er lagt i kø for sending"), frozenset({"subject", "kind"})),
    moved("outgoing.render", N_("Brevet «%(subject)s» er laget"), "subject"),
    moved("outgoing.begin", N_("Sendingen av «%(subject)s» begynte"), "subject"),
    moved("outgoing.finish", N_("«%(subject)s» er sendt"), "subject", to_party=True),
    moved("outgoing.wait", N_("«%(subject)s» kunne ikke sendes nå: %(error)s"), "subject", "error"),
    moved("outgoing.fail", N_("«%(subject)s» ble ikke sendt: %(error)s"), "subject", "error"),
    moved("outgoing.retry", N_("%(by)s ba om at «%(subject)s» sendes på nytt"), "subject"),
    Event(
        "outgoing.readdressed",
        N_("%(by)s rettet adressen for «%(subject)s» fra %(before)s til %(after)s"),
        frozenset({"subject", "before", "after"}),
    ),
    Event(
        "outgoing.mended",
        N_("%(by)s rettet teksten i «%(subject)s» fra «%(before)s» til «%(after)s»"),
        frozenset({"subject", "before", "after"}),
    ),
    moved("outgoing.settle", N_("%(by)s slo fast at «%(subject)s» var sendt"), "subject"),
)
