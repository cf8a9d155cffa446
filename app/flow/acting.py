"""Columns that name who acted: the database tries each against the table of hands, whoever writes them.

The hand itself is told right after, by app.flow.actions; these triggers stop the column when that would be refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from app.db.triggers import refused_when
from app.flow.opposed import HOUSE, THEIRS, barring

# A step of the house that leaves no hand: only the recipient's own people are barred.
ANY = ""


@dataclass(frozen=True)
class Acting:
    """Which hand each column of a table tells of (ANY: one nothing asks for by name); of what, as SQL on NEW.

    `instead`: a column that tells of another hand in the rows where this column of theirs is true.
    """

    table: str
    kind: str
    columns: Mapping[str, str]
    thing: str = "NEW.id"
    case: str = "= NEW.case_id"
    instead: Mapping[str, tuple[str, str]] = field(default_factory=dict)


# A number's hands stand with its first row; whoever acted for the organisation on any case controls none of its own.
_FIRST = "(SELECT min(f.id) FROM bank_account AS f WHERE f.party_id = NEW.party_id AND f.account_no = NEW.account_no)"
_ITS_CASES = "IN (SELECT c.id FROM case_file AS c WHERE c.party_id = NEW.party_id)"

ACTING = (
    Acting("rule_version", "rules", {"drafted_by": "drafted", "approved_by": "approved"}, case=""),
    Acting("summary", "summary", {"drafted_by": "drafted", "approved_by": "approved"}, case=""),
    Acting(
        "case_file",
        "case",
        {"assessed_by": "assessed", "recommended_by": "recommended", "decided_by": "decided"},
        case="= NEW.id",
    ),
    Acting("assessment", "case", {"assessor_id": "assessed"}, thing="NEW.case_id"),
    Acting("recommendation", "case", {"recommended_by": "recommended"}, thing="NEW.case_id"),
    Acting("decision", "case", {"decided_by": "decided"}, thing="NEW.case_id"),
    Acting("award", "award", {"accepted_by": "accepted", "declined_by": "declined", "stopped_by": "stopped"}),
    Acting("report", "report", {"delivered_by": "delivered", "reviewed_by": "reviewed"}),
    Acting(
        "claim",
        "claim",
        {"submitted_by": "submitted", "confirmed_by": "confirmed", "reviewed_by": "reviewed"},
        instead={"submitted_by": ("is_imported", "imported")},
    ),
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
    Acting(
        "repayment",
        "repayment",
        {"registered_by": "registered", "confirmed_by": "confirmed", "refused_by": "refused", "withdrawn_by": ANY},
    ),
    Acting("application", "case", {"signed_by": "submitted"}, thing="NEW.case_id"),
    Acting("information_request", "case", {"asked_by": ANY, "answered_by": "submitted"}, thing="NEW.case_id"),
    Acting("send_back", "case", {"sent_by": ANY}, thing="NEW.case_id"),
    Acting(
        "money_back",
        "repayment",
        {"registered_by": "settled"},
        thing="NEW.repayment_id",
        case="= (SELECT r.case_id FROM repayment AS r WHERE r.id = NEW.repayment_id)",
    ),
)


def guard(metadata: sa.MetaData) -> None:
    """Hang the triggers on their tables: at birth, at each change of a column, and that a thing stays on its case."""
    for row in ACTING:
        table = metadata.tables[row.table]
        for act, name in (("INSERT", "born_hand"), ("UPDATE", "hand")):
            told = " OR ".join(_told(row, column, hand, act) for column, hand in row.columns.items())
            refused_when(table, told, "an opposing hand of the same person", act=act, name=name)
        if "case_id" in table.c:
            moved = "NEW.case_id IS DISTINCT FROM OLD.case_id"
            refused_when(table, moved, "a thing stays on its case", act="UPDATE", name="moved")


def _told(row: Acting, column: str, hand: str, act: str) -> str:
    told = _opposed(row, column, hand, act)
    if column not in row.instead:
        return told
    when, other = row.instead[column]
    return f"(NOT NEW.{when} AND {told}) OR (NEW.{when} AND {_opposed(row, column, other, act)})"


def _opposed(row: Acting, column: str, hand: str, act: str) -> str:
    reach = []
    if bars := [each for each in barring(row.kind, hand) if each != HOUSE]:
        reach.append(f"had.kind = '{row.kind}' AND had.thing_id = {row.thing} AND had.hand IN ({_listed(bars)})")
    if row.case:
        other = "NOT IN" if hand in THEIRS else "IN"
        reach.append(f"had.case_id {row.case} AND had.hand {other} ({_listed(THEIRS)})")
    new = f"NEW.{column} IS DISTINCT FROM OLD.{column} AND " if act == "UPDATE" else ""
    had = f"SELECT 1 FROM hand AS had WHERE had.user_id = NEW.{column} AND ({' OR '.join(reach)})"
    return f"({new}EXISTS ({had}))"


def _listed(hands: Sequence[str]) -> str:
    return ", ".join(repr(each) for each in hands)
