"""What the applications of the demo say. Amounts of 2024 are real; titles, texts and all amounts of 2025 are demo.

Late, refused and repaying recipients are invented municipalities (domain J.3).
"""

from dataclasses import dataclass
from enum import StrEnum

from app.values.language import Language


class Ends(StrEnum):
    """How far a case of the 2025 round has come when the demo begins."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    REGISTERED = "registered"
    ASKED = "asked"
    ASSESSING = "assessing"
    RECOMMENDED = "recommended"
    SENT_BACK = "sent_back"
    REFUSED = "refused"
    AWAITING = "awaiting"
    ACCEPTED = "accepted"
    ATTESTED = "attested"
    APPROVED = "approved"
    HANDED_OVER = "handed_over"
    PAID = "paid"


@dataclass(frozen=True)
class Told:
    """One application. `granted_ore` less than applied for is a partial award, nought a refusal."""

    orgnr: str
    title: str
    purpose: str
    applied_ore: int
    granted_ore: int
    account: str
    year: int
    ends: Ends
    area: str = "pll"
    language: Language = Language.NB
    continued: bool = False
    half_written: bool = False
    partners: tuple[int, ...] = ()
    new_account: str = ""
    """Given with the acceptance instead of the one applied with; finance has yet to call back."""


MILL = 1_000_000_00
_PLL = "Ta i bruk Pasientens legemiddelliste i kommunen sammen med fastlegene og sykehuset."

# Real: recipient, year and granted sum (data/hto_pll_awards_2024.csv). Demo: applied sum, title, texts, account, dates.
PLL_2024: tuple[tuple[str, str, int, str], ...] = (
    ("bergen", "964338531", 6_270_000_00, "12345600009"),
    ("tromso", "940101808", 5_000_000_00, "12345600076"),
    ("bodo", "972418013", 4_330_000_00, "12345600149"),
    ("rana", "872418032", 2_450_000_00, "12345600211"),
    ("hammerfest", "921770669", 1_950_000_00, "12345600289"),
)
# The plan names the projects; the sums are demo.
PMD_2024: tuple[tuple[str, str, int, str], ...] = (
    ("ullensaker", "933649768", 1_800_000_00, "12345600351"),
    ("fredrikstad", "940039541", 2_100_000_00, "12345600424"),
    ("bodo", "972418013", 1_600_000_00, "12345600149"),
    ("larvik", "918082956", 1_500_000_00, "12345600491"),
)

_PROJECT = (
    (
        "pll",
        "Pasientens legemiddelliste i {place}",
        "Ta i bruk Pasientens legemiddelliste i hjemmetjenesten og hos fastlegene.",
    ),
    ("pps", "Prøvesvar på tvers i {place}", "Prøve ut deling av prøvesvar mellom kommunen og sykehuset."),
    ("pjd", "Journaldokumenter i {place}", "Ta i bruk deling av journaldokumenter i den kommunale helsetjenesten."),
    ("critical", "Kritisk informasjon i {place}", "Ta i bruk kritisk informasjon i legevakt og hjemmetjeneste."),
    ("pmd", "Digital oppfølging i {place}", "Prøve ut deling av måledata mellom innbygger, kommune og fastlege."),
)
_I = Ends
# Organisation number, applied and proposed in thousand kroner, how far. Together more than the frame of 30 million.
_ROUND_2025: tuple[tuple[str, int, int, Ends], ...] = (
    ("964338531", 6_000, 4_500, _I.RECOMMENDED),  # Bergen
    ("940101808", 3_200, 3_200, _I.HANDED_OVER),  # Tromsø
    ("972418013", 2_400, 2_400, _I.PAID),  # Bodø
    ("872418032", 1_800, 1_500, _I.ACCEPTED),  # Rana
    ("921770669", 1_200, 1_200, _I.ATTESTED),  # Hammerfest
    ("933649768", 2_500, 2_000, _I.AWAITING),  # Ullensaker
    ("940039541", 2_800, 0, _I.RECOMMENDED),  # Fredrikstad
    ("918082956", 1_900, 1_900, _I.ASSESSING),  # Larvik
    ("920125298", 2_200, 0, _I.REGISTERED),  # Asker
    ("921234554", 2_600, 0, _I.ASKED),  # Drammen
    ("312999005", 1_750, 0, _I.REFUSED),  # Demovik
    ("312999013", 1_400, 1_100, _I.AWAITING),  # Fjordnes, nynorsk
    ("312999048", 950, 0, _I.REFUSED),  # Gauksheim, nynorsk
    ("312999056", 1_150, 900, _I.SENT_BACK),  # Innsjøen
    ("312999064", 800, 0, _I.WITHDRAWN),  # Storhaugen
    ("312999072", 1_300, 1_300, _I.APPROVED),  # Elvestrand
    ("312999080", 1_050, 0, _I.SUBMITTED),  # Nordgrend
    ("312999099", 2_050, 0, _I.SUBMITTED),  # Bjørkemo
    ("312999102", 900, 0, _I.ASSESSING),  # Åsgårdmo
)
NYNORSK = {"312999013", "312999048"}


def pll_2024(orgnr: str, granted_ore: int, account: str, name: str) -> Told:
    """One of the five awards of 2024."""
    return Told(orgnr, f"Pasientens legemiddelliste i {name}", _PLL, granted_ore, granted_ore, account, 2024, Ends.PAID)


def pmd_2024(orgnr: str, granted_ore: int, account: str, name: str) -> Told:
    """One of the four projects with patients' measured data."""
    area, title, purpose = _PROJECT[4]
    return Told(orgnr, title.format(place=name), purpose, granted_ore, granted_ore, account, 2024, Ends.PAID, area)


def half_written(orgnr: str, name: str, year: int) -> Told:
    """A draft on the open call, with nothing but the project filled in."""
    area, title, purpose = _PROJECT[4]
    return Told(orgnr, title.format(place=name), purpose, 0, 0, "", year, Ends.SUBMITTED, area, half_written=True)


def round_2025(names: dict[str, str]) -> list[Told]:
    """The applications of the 2025 round, in the order they came in."""
    told = []
    for number, (orgnr, applied, proposed, ends) in enumerate(_ROUND_2025):
        area, title, purpose = _PROJECT[number % len(_PROJECT)]
        told.append(
            Told(
                orgnr,
                title.format(place=names[orgnr]),
                purpose,
                applied * 1_000_00,
                (proposed or applied) * 1_000_00 if ends is not Ends.REFUSED else 0,
                _ACCOUNTS[number],
                2025,
                ends,
                area,
                Language.NN if orgnr in NYNORSK else Language.NB,
                continued=number < 5,
                new_account="12345600602" if ends is Ends.ACCEPTED else "",
            )
        )
    return told


# Numbers that pass modulus 11 in a series no bank has given out here.
_ACCOUNTS = (
    "12345600009", "12345600076", "12345600149", "12345600211", "12345600289", "12345600351", "12345600424",
    "12345600491", "12345600564", "12345600637", "12345600777", "12345600912", "12345601056", "12345601129",
    "12345601196", "12345601269", "12345601331", "12345601404", "12345601471",
)  # fmt: skip
