"""Impartiality as declared (forvaltningsloven §§ 6–10)."""

from app.values.language import N_, Worded


class Impartiality(Worded):
    """A person's own answer, per case; doubt is settled by the leader."""

    IMPARTIAL = "impartial", N_("Jeg er habil")
    IN_DOUBT = "in_doubt", N_("Jeg er i tvil")
    PARTIAL = "partial", N_("Jeg er inhabil")

    @property
    def strictness(self) -> int:
        """How far it keeps its person away: nobody but the leader makes an answer that stands less strict."""
        return list(Impartiality).index(self)


class Chore(Worded):
    """What people do with a case that moves no status."""

    TAKE = "take", N_("Ta saken")
    DISTRIBUTE = "distribute", N_("Fordel saken")
    DECLARE = "declare", N_("Svar på om du er habil")
    SETTLE = "settle", N_("Avgjør habilitet")
    CORRECT_TITLE = "correct_title", N_("Rett prosjektnavnet")
