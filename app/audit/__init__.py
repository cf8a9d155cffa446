"""The append-only, sealed record of who did what. Chains per stream; checkpoints seal all heads."""

from app.audit.catalogue import Event
from app.audit.record import Entry, Hand, record, record_all

__all__ = ["Entry", "Event", "Hand", "record", "record_all"]
