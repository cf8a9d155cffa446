"""Where each rule stands in the Public Administration Act, in the act of 1967 and in the act of 2025.

The act of 2025 (LOV-2025-06-20-81) is passed but its day is not set; letters follow 1967 until the installation says
otherwise. The regime is a fact of each letter, so an old letter never changes its references.
"""

from app.values.language import N_, Worded


class LawRegime(Worded):
    """Which Public Administration Act a decision was made under."""

    FVL1967 = "fvl1967", N_("forvaltningsloven av 1967")
    FVL2025 = "fvl2025", N_("forvaltningsloven av 2025")


_1967 = {
    "law_guidance": "§ 11",
    "law_interim": "§ 11 a",
    "law_investigation": "§ 17",
    "law_access": "§§ 18 og 19",
    "law_reasons": "§§ 24 og 25",
    "law_complaint": "§ 28",
    "law_complaint_deadline": "§§ 29 og 30",
    "law_complaint_form": "§ 32",
    "law_costs": "§ 36",
    "law_suspension": "§ 42",
}

_2025 = {
    "law_guidance": "§§ 14 og 15",
    "law_interim": "§ 17",
    "law_investigation": "§ 44",
    "law_access": "§§ 46 og 47",
    "law_reasons": "§§ 56 og 57",
    "law_complaint": "§§ 61 og 62",
    "law_complaint_deadline": "§ 63",
    "law_complaint_form": "§ 66",
    "law_costs": "§ 69",
    "law_suspension": "§§ 75 og 76",
}


def references(regime: LawRegime) -> dict[str, str]:
    """The paragraphs by the name the texts use for them. The numbers read the same in both languages."""
    return dict(_1967 if regime is LawRegime.FVL1967 else _2025)
