"""What is recorded about an application beside the steps of its case. Saved sections of a draft are no events."""

from app.audit.catalogue import Event
from app.values.language import N_

EVENTS = (
    Event("application.started", N_("%(by)s startet søknaden"), frozenset({"title"}), to_party=True),
    Event("application.sent_to_signing", N_("%(by)s sendte søknaden til signering"), frozenset({"to"}), to_party=True),
    Event("application.deleted", N_("%(by)s slettet kladden «%(title)s»"), frozenset({"title"}), to_party=True),
)
