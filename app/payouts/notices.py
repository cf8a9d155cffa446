"""The payee is told when money is sent: one notice for a list, however many claims are paid on it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from app.access.domain import Actor
from app.cases.models import Case
from app.db import db
from app.dispatch.actions import queue_notices
from app.dispatch.domain import Notice
from app.dispatch.words import say
from app.parties.models import Party
from app.parties.queries import account_numbers
from app.payables.models import PaymentBasis
from app.payouts import queries
from app.payouts.kinds import kind_of
from app.payouts.models import Payable
from app.values.identity import mask_account
from app.values.language import N_, Language

_SUBJECT = N_("Utbetaling på %(net_ore)s til %(party)s")
_NOTHING = N_("Alt er motregnet i utbetalingen til %(party)s")
_SENT = N_("Vi har betalt %(net_ore)s til konto %(account)s. Betalingen er bokført %(paid_on)s.")
_NONE_SENT = N_(
    "Hele utbetalingen på %(gross_ore)s er motregnet, så ingen penger er sendt. Den er bokført %(paid_on)s."
)
_LINE = N_("%(text)s: %(amount_ore)s")
_OFF = N_("Motregnet for motkrav: %(off_ore)s av %(gross_ore)s.")


def tell_paid(
    list_id: int,
    things: Sequence[Payable],
    bases: Mapping[int, PaymentBasis],
    paid_on: date,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Queue a notice to each payee of these lines that are booked now, where their kind tells of payments."""
    told: dict[int, list[Payable]] = defaultdict(list)
    for thing in things:
        if kind_of(bases[thing.basis_id]).tells:
            told[thing.party_id].append(thing)
    numbers = account_numbers({each.account_id for lines in told.values() for each in lines}) if told else {}
    notices = [
        notice for party_id, lines in told.items() for notice in _notices(list_id, party_id, lines, numbers, paid_on)
    ]
    if notices:
        queue_notices(notices, by=by, at=at)


def _notices(
    list_id: int, party_id: int, lines: Sequence[Payable], numbers: Mapping[int, str], paid_on: date
) -> Iterator[Notice]:
    party, first = db.session.get_one(Party, party_id), min(lines, key=lambda line: line.id)
    language = (party.language_decision.demands or Language.NB).value
    case = db.session.get_one(Case, first.case_id)
    gross_ore, off_ore = sum(line.amount_ore for line in lines), sum(line.set_off_ore for line in lines)
    accounts = sorted({mask_account(numbers[line.account_id]) for line in lines if line.net_ore})
    facts = {
        "party": party.display_name,
        "account": ", ".join(accounts),
        "net_ore": gross_ore - off_ore,
        "gross_ore": gross_ore,
        "off_ore": off_ore,
        "paid_on": paid_on,
    }
    parts = [say(language, _SENT if accounts else _NONE_SENT, **facts)]
    parts.append("\n".join(say(language, _LINE, text=line.text, amount_ore=line.amount_ore) for line in lines))
    if off_ore:
        parts.append(say(language, _OFF, **facts))
    # To the organisation itself, where it has an address; else to each who signs for it.
    addresses = queries.to_warn(party_id)
    whole = {"party": addresses["party"]} if "party" in addresses else addresses
    for who, address in whole.items():
        yield Notice(
            key=f"paid:{list_id}:{party_id}:{first.id}:{who}",
            case_id=case.id,
            party_id=party_id,
            kind="paid",
            address=address,
            language=language,
            subject=say(language, _SUBJECT if accounts else _NOTHING, **facts),
            body="\n\n".join(parts),
        )
