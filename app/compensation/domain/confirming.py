"""Who is to confirm a claim. Plain Python."""

from app.values.language import N_, Worded


class Confirmer(Worded):
    """The area, or the directorate where it cannot: `word` tells the officer why."""

    AREA = "area", N_("Området bekrefter dette kravet selv.")
    NOT_THE_HOST = "not_the_host", N_("Krav fra egen kommune bekreftes av Helsedirektoratet.")
    NOBODY_THERE = "nobody_there", N_("Ingen andre i området kan bekrefte kravet. Helsedirektoratet bekrefter det.")
