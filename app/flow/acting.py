"""Columns that name who acted: the database tries each against the table of hands, whoever writes them.

The hand itself is told right after, by app.flow.actions; these triggers stop the column when that would be refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from app.db.triggers import refused_when
from app.flow.opposed import THEIRS, barring


@dataclass(frozen=True)
class Acting:
    """Which hand each column of a table tells of; `kind`, `thing` and `case` say of what, as SQL on NEW.

    `born`: the row is made with its person; else the person is set later.
    """

    table: str
    kind: str
    columns: Mapping[str, str]
    thing: str = "NEW.id"
    case: str = "= NEW.case_id"
    born: bool = False


# A number's hands stand with its first row; whoever acted for the organisation on any case controls none of its own.
_FIRST = "(SELECT min(f.id) FROM bank_account AS f WHERE f.party_id = NEW.party_id AND f.account_no = NEW.account_no)"
_ITS_CASES = "IN (SELECT c.id FROM case_file AS c WHERE c.party_id = NEW.party_id)"

ACTING = (
    Acting("rule_version", "rules", {"drafted_by": "drafted", "approved_by": "approved"}, case=""),
    Acting(
        "case_file",
        "case",
        {"assessed_by": "assessed", "recommended_by": "recommended", "decided_by": "decided"},
        case="= NEW.id",
    ),
    Acting("assessment", "case", {"assessor_id": "assessed"}, thing="NEW.case_id", born=True),
    Acting("recommendation", "case", {"recommended_by": "recommended"}, thing="NEW.case_id", born=True),
    Acting("decision", "case", {"decided_by": "decided"}, thing="NEW.case_id", born=True),
    Acting("award", "award", {"accepted_by": "accepted", "stopped_by": "stopped"}),
    Acting("report", "report", {"delivered_by": "delivered", "reviewed_by": "reviewed"}),
    Acting("claim", "claim", {"confirmed_by": "confirmed", "reviewed_by": "reviewed"}),
    Acting("bank_account", "account", {"controlled_by": "controlled"}, thing=_FIRST, case=_ITS_CASES),
    Acting(
        "payable",
        "payable",
        {
            "attested_by": "attested",
            "approved_by": "approved",
            "authorised_by": "handed_over",
            "settled_by": "settled",
            "checked_by": "checked",
        },
    ),
    Acting("repayment", "repayment", {"registered_by": "registered"}, born=True),
    Acting("repayment", "repayment", {"confirmed_by": "confirmed"}),
    Acting(
        "money_back",
        "repayment",
        {"registered_by": "settled"},
        thing="NEW.repayment_id",
        case="= (SELECT r.case_id FROM repayment AS r WHERE r.id = NEW.repayment_id)",
        born=True,
    ),
)


def guard(metadata: sa.MetaData) -> None:
    """Hang the triggers on their tables."""
    for row in ACTING:
        act, name = ("INSERT", "born_hand") if row.born else ("UPDATE", "hand")
        told = " OR ".join(_opposed(row, column, hand) for column, hand in row.columns.items())
        refused_when(metadata.tables[row.table], told, "an opposing hand of the same person", act=act, name=name)


def _opposed(row: Acting, column: str, hand: str) -> str:
    bars = barring(row.kind, hand)
    reach = f"(had.kind = '{row.kind}' AND had.thing_id = {row.thing} AND had.hand IN ({_listed(bars)}))"
    if row.case and set(THEIRS) & set(bars):
        reach = f"({reach} OR (had.case_id {row.case} AND had.hand IN ({_listed(THEIRS)})))"
    new = "" if row.born else f"NEW.{column} IS DISTINCT FROM OLD.{column} AND "
    return f"({new}EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.{column} AND {reach}))"


def _listed(hands: tuple[str, ...]) -> str:
    return ", ".join(repr(each) for each in hands)
