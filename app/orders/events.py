"""What is recorded about orders."""

from app.audit.catalogue import Event, moved
from app.values.language import N_

EVENTS = (
    Event("order.placed", N_("%(by)s bestilte arbeid med filen %(file)s"), frozenset({"kind", "file", "sha256"})),
    Event(
        "order.row_mended",
        N_("%(by)s rettet rad %(row)s i filen %(file)s"),
        frozenset({"row", "file", "before", "after"}),
    ),
    moved("order.take", N_("Arbeidet med filen %(file)s begynte"), "file"),
    moved("order.check", N_("Filen %(file)s er kontrollert"), "file"),
    moved("order.carry_out", N_("%(by)s bestemte at filen %(file)s skal gjennomføres"), "file"),
    moved("order.finish", N_("Arbeidet med filen %(file)s er ferdig"), "file"),
    moved("order.stop", N_("%(by)s stanset arbeidet med filen %(file)s"), "file"),
    moved("order.resume", N_("%(by)s lot arbeidet med filen %(file)s fortsette"), "file"),
    moved("order.try_again", N_("%(by)s lot radene som ikke gikk i filen %(file)s, prøves igjen"), "file"),
    moved("order.give_up", N_("Filen %(file)s kunne ikke gjennomføres"), "file"),
)
