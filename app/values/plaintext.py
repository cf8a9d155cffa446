"""What a line or a text that people write may hold, wherever it is typed or read."""

from app.values.badvalue import BadValue
from app.values.language import N_
from app.values.nationalid import contains_national_id
from app.values.printable import shown, unprintable


def hold_plain(cleaned: str, longest: int, *, printed: bool = True) -> str:
    """The text itself. Raises BadValue for one that is too long, or holds a fødselsnummer (domain.md D.8).

    So too for a sign that no letter can be printed with, where the text may be `printed`.
    """
    if (over := len(cleaned) - longest) > 0:
        raise BadValue(
            "too_long",
            N_("Teksten er %(over)s tegn for lang. Skriv høyst %(longest)s tegn, medregnet mellomrom."),
            over=over,
            longest=longest,
        )
    if contains_national_id(cleaned):
        raise BadValue(
            "national_id",
            N_(
                "Ikke skriv fødselsnummer. Ta bort de elleve sifrene. "
                "Er det et kontonummer, skriv det slik: 8601 11 17947."
            ),
        )
    if printed and (strange := unprintable(cleaned)):
        raise BadValue(
            "unprintable",
            N_("%(signs)s kan ikke stå i brev og utskrifter. Ta det bort, eller skriv det med ord."),
            signs=shown(strange),
        )
    return cleaned
