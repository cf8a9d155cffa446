"""Where a report is."""

from app.values.language import N_, Worded


class Status(Worded):
    """pages.md, row «Report»."""

    NOT_STARTED = "not_started", N_("Ikke startet")
    STARTED = "started", N_("Påbegynt")
    DELIVERED = "delivered", N_("Levert")
    IN_REVIEW = "in_review", N_("Under kontroll")
    LACKING = "lacking", N_("Mangler noe")
    APPROVED = "approved", N_("Godkjent")
    NOT_APPROVED = "not_approved", N_("Ikke godkjent")


# What has not come once; one that is asked for more has.
NOT_DELIVERED = (Status.NOT_STARTED, Status.STARTED)
