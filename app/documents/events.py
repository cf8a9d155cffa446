"""What is recorded about documents."""

from app.audit.catalogue import Event
from app.values.language import N_

EVENTS = (
    Event("document.added", N_("Dokumentet «%(title)s» er lagt i saken"), frozenset({"title", "kind", "sha256"})),
    Event(
        "document.infected",
        N_("Virusprogrammet fant noe skadelig i «%(title)s». Dokumentet er stengt. Send det på nytt i en ren utgave."),
        frozenset({"title"}),
        to_party=True,
    ),
    Event("document.opened", N_("%(by)s åpnet «%(title)s»"), frozenset({"title"}), to_party=True),
)
