"""Impartiality as declared (forvaltningsloven §§ 6–10)."""

from app.values.language import N_, Worded


class Impartiality(Worded):
    """A person's own answer, per case; doubt is settled by the leader."""

    IMPARTIAL = "impartial", N_("Jeg er habil")
    IN_DOUBT = "in_doubt", N_("Jeg er i tvil")
    PARTIAL = "partial", N_("Jeg er inhabil")
