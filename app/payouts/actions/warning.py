"""Notices about an account number to all who can sign for its organisation: one who did not give it must hear of it."""

from dataclasses import dataclass
from datetime import datetime

from app.access.domain import Actor
from app.db import db
from app.dispatch.actions import queue_notice
from app.dispatch.words import say
from app.parties.models import BankAccount, Party
from app.payouts import queries
from app.values.identity import mask_account
from app.values.language import N_, Language


@dataclass(frozen=True)
class Notice:
    """What is told, as bokmål msgids with `account`, `party` and `person`."""

    kind: str
    subject: str
    body: str


GIVEN = Notice(
    "account_given",
    N_("Nytt kontonummer for %(party)s"),
    N_(
        "%(person)s har oppgitt kontonummer %(account)s for %(party)s. Vi ringer dere for å bekrefte det før vi "
        "betaler. Er det ikke riktig, må dere ta kontakt med oss med en gang."
    ),
)

DENIED = Notice(
    "account_denied",
    N_("Kontonummeret til %(party)s må oppgis på nytt"),
    N_(
        "Da vi ringte dere, fikk vi vite at kontonummer %(account)s er feil. Vi betaler ikke før dere har oppgitt et "
        "nytt, og vi har ringt dere om det. Den som kan signere, gir nummeret på siden deres."
    ),
)
REJECTED = Notice(
    "account_rejected",
    N_("Kontonummeret til %(party)s må oppgis på nytt"),
    N_(
        "Banken avviste kontonummer %(account)s. Vi betaler ikke før dere har oppgitt et nytt, og vi har ringt dere om "
        "det. Den som kan signere, gir nummeret på siden deres."
    ),
)


def warn(account: BankAccount, notice: Notice, *, by: Actor, at: datetime) -> None:
    """Queue the notice to each address, once for each number and moment."""
    party = db.session.get_one(Party, account.party_id)
    language = (party.language_decision.demands or Language.NB).value
    facts = {"party": party.display_name, "account": mask_account(account.account_no), "person": by.name}
    for who, address in queries.to_warn(party.id).items():
        queue_notice(
            key=f"{notice.kind}:{account.id}:{who}:{at.isoformat()}",
            case=None,
            party_id=party.id,
            kind=notice.kind,
            address=address,
            language=language,
            subject=say(language, notice.subject, **facts),
            body=say(language, notice.body, **facts),
            at=at,
            by=by,
        )
