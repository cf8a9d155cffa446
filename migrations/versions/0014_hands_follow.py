"""hands follow: the recipient's own, and those of what a row continues

A copy of rules, a payment or a claim made anew, and a number given again have the hands of what they continue. Filled from
the rows there are and from the record. Old data may hold opposing hands: they are kept as they were, so the trigger
comes after them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014_hands_follow"
down_revision = "0013_links_are_mailed"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_TOLD = (
    "SELECT '{kind}' AS kind, {thing} AS thing_id, '{hand}' AS hand, e.by_id AS user_id, e.at AS at FROM audit_entry e"
)
_NAME = "CASE r.kind WHEN 'status' THEN 'Statusrapport' WHEN 'year' THEN 'Årsrapport' ELSE 'Sluttrapport' END"
_REPORT = f"(SELECT min(r.id) FROM report r WHERE r.case_id = e.case_id AND {_NAME} || ' ' || r.year = e.facts ->> 'report')"
_AWARD = "(SELECT min(a.id) FROM award a WHERE a.case_id = e.case_id)"
_FIRST = (
    "(SELECT min(f.id) FROM bank_account f WHERE f.party_id = b.party_id AND f.account_no = b.account_no)"
)
_THEIRS = "h.hand IN ('submitted', 'accepted', 'delivered')"
_TAKEN_OVER = "SELECT '{kind}' AS kind, n.id AS thing_id, h.hand AS hand, h.user_id AS user_id, h.at AS at FROM {table} n "

# Each gives kind, thing_id, hand, user_id and at; the later ones read what the earlier ones filled in.
_SOURCES = (
    "SELECT 'case' AS kind, c.id AS thing_id, 'submitted' AS hand, a.signed_by AS user_id, c.submitted_at AS at"
    " FROM application a JOIN case_file c ON c.id = a.case_id",
    "SELECT 'case' AS kind, case_id AS thing_id, 'submitted' AS hand, answered_by AS user_id, answered_at AS at"
    " FROM information_request",
    _TOLD.format(kind="case", thing="e.case_id", hand="submitted") + " WHERE e.event IN ('case.submit', 'case.answer')",
    "SELECT 'award' AS kind, id AS thing_id, 'accepted' AS hand, accepted_by AS user_id, accepted_at AS at FROM award",
    _TOLD.format(kind="award", thing=_AWARD, hand="accepted") + " WHERE e.event = 'award.accept'",
    _TOLD.format(kind="award", thing=_AWARD, hand="lapsed") + " WHERE e.event = 'award.lapse'",
    "SELECT 'report' AS kind, id AS thing_id, 'delivered' AS hand, delivered_by AS user_id, delivered_at AS at"
    " FROM report",
    "SELECT 'report' AS kind, id AS thing_id, 'reviewed' AS hand, reviewed_by AS user_id, reviewed_at AS at FROM report",
    _TOLD.format(kind="report", thing=_REPORT, hand="delivered") + " WHERE e.event = 'report.deliver'",
    _TOLD.format(kind="report", thing=_REPORT, hand="reviewed")
    + " WHERE e.event IN ('report.take', 'report.ask', 'report.approve', 'report.reject')",
    "SELECT 'repayment' AS kind, id AS thing_id, 'registered' AS hand, registered_by AS user_id, registered_at AS at"
    " FROM repayment",
    "SELECT 'repayment' AS kind, id AS thing_id, 'confirmed' AS hand, confirmed_by AS user_id, confirmed_at AS at"
    " FROM repayment",
    "SELECT 'repayment' AS kind, repayment_id AS thing_id, 'settled' AS hand, registered_by AS user_id,"
    " registered_at AS at FROM money_back",
    # A number's hands stand with its first row.
    f"SELECT 'account' AS kind, {_FIRST} AS thing_id, 'typed' AS hand, b.registered_by AS user_id,"
    " b.registered_at AS at FROM bank_account b",
    f"SELECT 'account' AS kind, {_FIRST} AS thing_id, 'confirmed' AS hand, b.confirmed_by AS user_id,"
    " b.confirmed_at AS at FROM bank_account b WHERE b.confirmed_by <> b.registered_by",
    f"SELECT 'account' AS kind, {_FIRST} AS thing_id, 'controlled' AS hand, b.controlled_by AS user_id,"
    " b.controlled_at AS at FROM bank_account b",
    f"SELECT 'account' AS kind, {_FIRST} AS thing_id, 'typed' AS hand, a.accepted_by AS user_id, a.accepted_at AS at"
    " FROM award a JOIN bank_account b ON b.id = a.account_id",
    *(
        f"SELECT 'account' AS kind, {_FIRST} AS thing_id, 'typed' AS hand, a.{column} AS user_id, c.submitted_at AS at"
        " FROM application a JOIN case_file c ON c.id = a.case_id"
        " JOIN bank_account b ON b.party_id = c.party_id AND b.account_no = a.account_no"
        for column in ("signed_by", "account_by")
    ),
    # What continues an older row.
    _TAKEN_OVER.format(kind="rules", table="rule_version")
    + "JOIN rule_version o ON o.pot_id = n.pot_id AND o.year = n.year AND o.number < n.number AND o.status <> 'published'"
    " JOIN hand h ON h.kind = 'rules' AND h.thing_id = o.id AND h.hand = 'drafted'",
    _TAKEN_OVER.format(kind="case", table="case_file")
    + "JOIN case_file o ON o.call_id = n.call_id AND o.party_id = n.party_id AND o.id < n.id AND o.status = 'withdrawn'"
    " JOIN hand h ON h.kind = 'case' AND h.thing_id = o.id WHERE n.status <> 'draft'",
    _TAKEN_OVER.format(kind="award", table="award")
    + "JOIN hand h ON h.kind = 'case' AND h.thing_id = n.case_id"
    " WHERE h.hand IN ('submitted', 'assessed', 'recommended', 'decided')",
    _TAKEN_OVER.format(kind="claim", table="claim")
    + "JOIN claim o ON o.agreement_id = n.agreement_id AND o.id < n.id AND o.status = 'refused'"
    " AND o.from_on <= n.to_on AND o.to_on >= n.from_on JOIN hand h ON h.kind = 'claim' AND h.thing_id = o.id",
    _TAKEN_OVER.format(kind="report", table="report")
    + f"JOIN hand h ON h.kind = 'award' AND h.thing_id = n.award_id WHERE {_THEIRS}",
    *(
        _TAKEN_OVER.format(kind=kind, table=kind)
        + f"JOIN {table} o ON o.{of} = n.case_id JOIN hand h ON h.kind = '{older}' AND h.thing_id = o.id"
        + f" WHERE {_THEIRS}"
        for kind in ("payable", "repayment")
        for older, table, of in (
            ("case", "case_file", "id"),
            ("award", "award", "case_id"),
            ("report", "report", "case_id"),
            ("claim", "claim", "case_id"),
        )
    ),
    _TAKEN_OVER.format(kind="payable", table="payable")
    + "JOIN payable o ON (o.instalment_id = n.instalment_id OR o.claim_id = n.claim_id) AND o.id < n.id"
    " JOIN hand h ON h.kind = 'payable' AND h.thing_id = o.id",
    _TAKEN_OVER.format(kind="repayment", table="repayment")
    + "JOIN repayment o ON o.case_id = n.case_id AND o.id < n.id AND o.status = 'withdrawn'"
    " JOIN hand h ON h.kind = 'repayment' AND h.thing_id = o.id",
)


def upgrade() -> None:
    """Who wrote the number in an application; then the hands, with their trigger away meanwhile."""
    with op.batch_alter_table("application") as batch:
        batch.add_column(sa.Column("account_by", _KEY, nullable=True))
        batch.create_foreign_key(op.f("fk_application_account_by"), "user_account", ["account_by"], ["id"])
    op.execute(
        "UPDATE application SET account_by = (SELECT s.changed_by FROM application_section s"
        " WHERE s.application_id = application.id AND s.code = 'contact') WHERE account_no <> ''"
    )
    on = "" if op.get_bind().dialect.name == "sqlite" else " ON hand"
    op.execute(f"DROP TRIGGER tr_hand_insert{on}")
    for source in _SOURCES:
        op.execute(
            "INSERT INTO hand (kind, thing_id, hand, user_id, at)"
            f" SELECT kind, thing_id, hand, user_id, min(at) FROM ({source}) AS found"
            " WHERE thing_id IS NOT NULL AND at IS NOT NULL AND user_id IN (SELECT id FROM user_account)"
            " GROUP BY kind, thing_id, hand, user_id ON CONFLICT DO NOTHING"
        )
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


_TRIGGERS = {
    "sqlite": [
        "CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW WHEN EXISTS (SELECT 1 FROM hand AS had"
        " WHERE had.kind = NEW.kind AND had.thing_id = NEW.thing_id AND had.user_id = NEW.user_id AND ((NEW.kind ="
        " 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR (NEW.kind = 'rules' AND NEW.hand ="
        " 'approved' AND had.hand IN ('drafted')) OR (NEW.kind = 'case' AND NEW.hand = 'submitted' AND had.hand IN"
        " ('assessed', 'recommended', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND had.hand IN"
        " ('submitted', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'recommended' AND had.hand IN ('submitted',"
        " 'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'decided' AND had.hand IN ('submitted', 'assessed',"
        " 'recommended')) OR (NEW.kind = 'award' AND NEW.hand = 'accepted' AND had.hand IN ('assessed',"
        " 'recommended', 'decided')) OR (NEW.kind = 'award' AND NEW.hand = 'stopped' AND had.hand IN ('submitted',"
        " 'accepted')) OR (NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN ('submitted', 'accepted',"
        " 'stopped')) OR (NEW.kind = 'award' AND NEW.hand = 'lapsed' AND had.hand IN ('submitted', 'accepted')) OR"
        " (NEW.kind = 'report' AND NEW.hand = 'delivered' AND had.hand IN ('reviewed')) OR (NEW.kind = 'report' AND"
        " NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'accepted', 'delivered')) OR (NEW.kind = 'claim' AND"
        " NEW.hand = 'submitted' AND had.hand IN ('confirmed', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand ="
        " 'confirmed' AND had.hand IN ('submitted', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'reviewed'"
        " AND had.hand IN ('submitted', 'confirmed')) OR (NEW.kind = 'account' AND NEW.hand = 'confirmed' AND"
        " had.hand IN ('typed')) OR (NEW.kind = 'account' AND NEW.hand = 'controlled' AND had.hand IN ('typed',"
        " 'confirmed')) OR (NEW.kind = 'payable' AND NEW.hand = 'decided' AND had.hand IN ('attested')) OR (NEW.kind"
        " = 'payable' AND NEW.hand = 'attested' AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided',"
        " 'approved', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = 'approved' AND had.hand IN"
        " ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND"
        " NEW.hand = 'handed_over' AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved'))"
        " OR (NEW.kind = 'payable' AND NEW.hand = 'settled' AND had.hand IN ('submitted', 'accepted', 'delivered',"
        " 'attested', 'approved', 'checked')) OR (NEW.kind = 'payable' AND NEW.hand = 'checked' AND had.hand IN"
        " ('submitted', 'accepted', 'delivered', 'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = 'registered'"
        " AND had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed')) OR (NEW.kind = 'repayment' AND"
        " NEW.hand = 'confirmed' AND had.hand IN ('submitted', 'accepted', 'delivered', 'registered')) OR (NEW.kind"
        " = 'repayment' AND NEW.hand = 'settled' AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN"
        " SELECT RAISE(ABORT, 'an opposing hand of the same person'); END"
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION tr_hand_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT"
        " 1 FROM hand AS had WHERE had.kind = NEW.kind AND had.thing_id = NEW.thing_id AND had.user_id = NEW.user_id"
        " AND ((NEW.kind = 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR (NEW.kind = 'rules' AND"
        " NEW.hand = 'approved' AND had.hand IN ('drafted')) OR (NEW.kind = 'case' AND NEW.hand = 'submitted' AND"
        " had.hand IN ('assessed', 'recommended', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND"
        " had.hand IN ('submitted', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'recommended' AND had.hand IN"
        " ('submitted', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'decided' AND had.hand IN ('submitted',"
        " 'assessed', 'recommended')) OR (NEW.kind = 'award' AND NEW.hand = 'accepted' AND had.hand IN ('assessed',"
        " 'recommended', 'decided')) OR (NEW.kind = 'award' AND NEW.hand = 'stopped' AND had.hand IN ('submitted',"
        " 'accepted')) OR (NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN ('submitted', 'accepted',"
        " 'stopped')) OR (NEW.kind = 'award' AND NEW.hand = 'lapsed' AND had.hand IN ('submitted', 'accepted')) OR"
        " (NEW.kind = 'report' AND NEW.hand = 'delivered' AND had.hand IN ('reviewed')) OR (NEW.kind = 'report' AND"
        " NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'accepted', 'delivered')) OR (NEW.kind = 'claim' AND"
        " NEW.hand = 'submitted' AND had.hand IN ('confirmed', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand ="
        " 'confirmed' AND had.hand IN ('submitted', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'reviewed'"
        " AND had.hand IN ('submitted', 'confirmed')) OR (NEW.kind = 'account' AND NEW.hand = 'confirmed' AND"
        " had.hand IN ('typed')) OR (NEW.kind = 'account' AND NEW.hand = 'controlled' AND had.hand IN ('typed',"
        " 'confirmed')) OR (NEW.kind = 'payable' AND NEW.hand = 'decided' AND had.hand IN ('attested')) OR (NEW.kind"
        " = 'payable' AND NEW.hand = 'attested' AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided',"
        " 'approved', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = 'approved' AND had.hand IN"
        " ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND"
        " NEW.hand = 'handed_over' AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved'))"
        " OR (NEW.kind = 'payable' AND NEW.hand = 'settled' AND had.hand IN ('submitted', 'accepted', 'delivered',"
        " 'attested', 'approved', 'checked')) OR (NEW.kind = 'payable' AND NEW.hand = 'checked' AND had.hand IN"
        " ('submitted', 'accepted', 'delivered', 'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = 'registered'"
        " AND had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed')) OR (NEW.kind = 'repayment' AND"
        " NEW.hand = 'confirmed' AND had.hand IN ('submitted', 'accepted', 'delivered', 'registered')) OR (NEW.kind"
        " = 'repayment' AND NEW.hand = 'settled' AND had.hand IN ('submitted', 'accepted', 'delivered')))) THEN"
        " RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation';"
        " END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW EXECUTE FUNCTION tr_hand_insert()",
    ],
}
