"""The demo's people outside the directorate. «kommuner» signs for municipalities without an account of their own."""

from datetime import datetime

from app.access import actions
from app.access.domain import Role
from app.demo import parties
from app.demo.accounts import SIGNERS, add_coordinator, add_signer, demo_hash
from app.parties.models import Party, PilotArea

# Applicants of the 2025 round that one demo account signs for.
OTHERS = (
    "920125298", "921234554", "312999013", "312999048", "312999056", "312999064", "312999072", "312999080",
    "312999099", "312999102",
)  # fmt: skip


def load_external(made: dict[str, Party], areas: dict[str, PilotArea], at: datetime) -> dict[str, str]:
    """Accounts of recipients, the GP and the pilot area; gives the user name that signs for each organisation."""
    signers = {orgnr: username for username, _, orgnr in SIGNERS}
    for username, name, orgnr in SIGNERS:
        add_signer(username, name, made[orgnr], at)
    add_signer("bergen-writer", "Eli Demo", made["964338531"], at, Role.WRITER)
    add_signer("demovik", "Tor Demo", made["312999005"], at)
    add_signer("gp1", "Lege Demo", made[parties.PRACTICE], at, title="fastlege")
    add_coordinator("area-nordland", "Randi Demo", areas["PLL i nord – Nordland"], at)
    others = actions.add_user(
        "kommuner",
        "Signe Demo",
        demo_hash(),
        title="signerer for de andre kommunene",
        email="kommuner@example.invalid",
        by=None,
        at=at,
    )
    for orgnr in OTHERS:
        actions.give_membership(others, Role.SIGNER, party_id=made[orgnr].id, by=None, at=at)
    return signers | {"312999005": "demovik"} | dict.fromkeys(OTHERS, "kommuner")
