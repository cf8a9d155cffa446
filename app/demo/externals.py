"""The demo's people outside the directorate. Municipalities without an account of their own share one by region."""

from datetime import datetime

from app.access import actions
from app.access.domain import Role
from app.demo import parties
from app.demo.accounts import SIGNERS, add_coordinator, add_signer, demo_hash
from app.parties.models import Party, PilotArea

# One demo account signs for the municipalities of a part of the country that have none of their own.
REGIONS: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    ("kommuner", "Signe Demo", "på Østlandet", frozenset({"03", "31", "32", "33", "34"})),
    ("kommuner-sor", "Trond Demo", "i Vestfold, Telemark og Agder", frozenset({"39", "40", "42"})),
    ("kommuner-vest", "Gudrun Demo", "på Vestlandet", frozenset({"11", "15", "46"})),
    ("kommuner-midt", "Steinar Demo", "i Trøndelag", frozenset({"50"})),
    ("kommuner-nord", "Synnøve Demo", "i Nord-Norge", frozenset({"18", "55", "56"})),
)
# Who confirms the claims of a pilot area.
COORDINATORS: tuple[tuple[str, str, str], ...] = (
    ("area-nordland", "Randi Demo", "PLL i nord – Nordland"),
    ("area-bergen", "Helge Demo", "PLL i vest – Bergen"),
    # Who brings claims from a file does not confirm them: here there are two.
    ("area-bergen2", "Wenche Demo", "PLL i vest – Bergen"),
    ("area-unn", "Marja Demo", "PLL i nord – UNN"),
    ("area-helgeland", "Svein Demo", "PLL i nord – Helgeland"),
    ("area-finnmark", "Anders Demo", "PLL i nord – Finnmark"),
    ("area-demofjord", "Bodil Demo", "PLL i demo – Demofjord"),
)
# The invented municipality that employs a GP.
SALARIED = "312999080"
# Real ones without an account of their own: Oslo, Asker and Drammen.
_OTHERS = ("958935420", "920125298", "921234554")


def load_external(made: dict[str, Party], areas: dict[str, PilotArea], at: datetime) -> dict[str, str]:
    """Accounts of recipients, GPs and pilot areas; gives the user name that signs for each organisation."""
    signers = {orgnr: username for username, _, orgnr in SIGNERS}
    for username, name, orgnr in SIGNERS:
        add_signer(username, name, made[orgnr], at)
    add_signer("bergen-writer", "Eli Demo", made["964338531"], at, Role.WRITER)
    add_signer("demovik", "Tor Demo", made["312999005"], at)
    add_signer("gp2", "Magnus Demo", made["312999897"], at, title="fastlege")
    add_signer("gp-salaried", "Synne Demo", made[SALARIED], at, title="fastlønnet fastlege")
    add_signer("gp1", "Lege Demo", made[parties.PRACTICE], at, title="fastlege")
    for username, name, area in COORDINATORS:
        add_coordinator(username, name, areas[area], at)
    signers |= {"312999005": "demovik", parties.PRACTICE: "gp1"}
    return signers | _regions(made, at) | _practices(made, at) | {SALARIED: "gp-salaried"}


def _practices(made: dict[str, Party], at: datetime) -> dict[str, str]:
    """One account signs for the practices that have none of their own."""
    orgnrs = [orgnr for orgnr in parties.agreements()["practices"] if orgnr != parties.PRACTICE]
    user = actions.add_user(
        "legekontor",
        "Vegard Demo",
        demo_hash(),
        title="signerer for de andre legekontorene",
        email="legekontor@example.invalid",
        by=None,
        at=at,
    )
    for orgnr in orgnrs:
        actions.give_membership(user, Role.SIGNER, party_id=made[orgnr].id, by=None, at=at)
    return dict.fromkeys(orgnrs, "legekontor")


def _regions(made: dict[str, Party], at: datetime) -> dict[str, str]:
    """The accounts of REGIONS; gives who signs for whom."""
    signers: dict[str, str] = {}
    wanted = [*_OTHERS, *(each.orgnr for each in parties.invented() if each.orgnr != "312999005")]
    for username, name, where, counties in REGIONS:
        user = actions.add_user(
            username,
            name,
            demo_hash(),
            title=f"signerer for kommuner {where}",
            email=f"{username}@example.invalid",
            by=None,
            at=at,
        )
        for orgnr in wanted:
            if made[orgnr].county_no in counties:
                actions.give_membership(user, Role.SIGNER, party_id=made[orgnr].id, by=None, at=at)
                signers[orgnr] = username
    return signers
