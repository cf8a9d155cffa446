"""hands: who ever had a hand in what, and the database refuses an opposing one

Filled from the rows there are and from the record, which remembers hands that later ones overwrote. Old data may hold
opposing hands (that was the fault): they are kept as they were, so the triggers come after them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002_hands"
down_revision = "0009_names_in_norwegian_order"
branch_labels = None
depends_on = None

Row = tuple[str, int, str, int | None, datetime | None]
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT = sa.DateTime(timezone=True)

# kind, hand, and the rows that tell of it: thing, person, moment.
_COLUMNS = (
    ("rules", "drafted", "SELECT id, drafted_by, drafted_at FROM rule_version"),
    ("rules", "approved", "SELECT id, approved_by, approved_at FROM rule_version"),
    ("case", "assessed", "SELECT case_id, assessor_id, changed_at FROM assessment"),
    ("case", "recommended", "SELECT case_id, recommended_by, recommended_at FROM recommendation"),
    ("case", "decided", "SELECT case_id, decided_by, decided_at FROM decision"),
    ("award", "stopped", "SELECT id, stopped_by, stopped_at FROM award"),
    ("claim", "submitted", "SELECT id, submitted_by, submitted_at FROM claim"),
    ("claim", "confirmed", "SELECT id, confirmed_by, confirmed_at FROM claim"),
    ("claim", "reviewed", "SELECT id, reviewed_by, reviewed_at FROM claim"),
    ("account", "typed", "SELECT id, registered_by, registered_at FROM bank_account"),
    ("account", "controlled", "SELECT id, controlled_by, controlled_at FROM bank_account"),
    ("payable", "attested", "SELECT id, attested_by, attested_at FROM payable"),
    ("payable", "approved", "SELECT id, approved_by, approved_at FROM payable"),
    ("payable", "handed_over", "SELECT id, authorised_by, authorised_at FROM payable"),
)
# Only where nothing else tells: a case does not say when its hands were there.
_UNTIMED = (
    ("case", "assessed", "SELECT id, assessed_by, created_at FROM case_file"),
    ("case", "recommended", "SELECT id, recommended_by, created_at FROM case_file"),
    ("case", "decided", "SELECT id, decided_by, created_at FROM case_file"),
)
_ON_CASE = {
    "case.recommend": "recommended",
    "case.grant": "decided",
    "case.grant_part": "decided",
    "case.refuse": "decided",
    "assessment.finished": "assessed",
}
_ON_AWARD = {"award.stop": "stopped", "award.resume": "resumed", "award.resume_part": "resumed"}
_ON_RULES = {"rules.drafted": "drafted", "rules.changed": "drafted"}
_ON_PAYABLE = {
    "payable.attest": "attested",
    "payable.approve": "approved",
    "payable.send": "handed_over",
    "payable.pay": "settled",
    "payable.reject": "settled",
}


def upgrade() -> None:
    """Make the table, tell it what is known, then lock it."""
    hand = op.create_table(
        "hand",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("thing_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("hand", sa.Text(), nullable=False),
        sa.Column("user_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_hand_user_id")),
        sa.PrimaryKeyConstraint("kind", "thing_id", "hand", "user_id", name=op.f("pk_hand")),
    )
    op.create_index("ix_hand_user_id", "hand", ["user_id"], unique=False)
    first: dict[tuple[str, int, str, int], datetime] = {}
    people = set(op.get_bind().scalars(sa.text("SELECT id FROM user_account")))
    for kind, thing, done, person, at in (*_from_columns(_COLUMNS), *_from_record()):
        if person in people and at is not None:
            key = (kind, thing, done, person)
            first[key] = min(at, first.get(key, at))
    for kind, thing, done, person, at in _from_columns(_UNTIMED):
        if person is not None and at is not None:
            first.setdefault((kind, thing, done, person), at)
    rows = [{"kind": k, "thing_id": t, "hand": h, "user_id": u, "at": at} for (k, t, h, u), at in first.items()]
    if rows:
        op.bulk_insert(hand, rows)
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def _from_columns(columns: tuple[tuple[str, str, str], ...]) -> Iterator[Row]:
    for kind, done, query in columns:
        found = sa.text(query).columns(sa.column("a", _KEY), sa.column("b", _KEY), sa.column("c", _AT))
        for thing, person, at in op.get_bind().execute(found):
            yield kind, thing, done, person, at


def _from_record() -> Iterator[Row]:
    """What the record tells of earlier hands, where it tells which thing they were in."""
    entry = sa.table(
        "audit_entry",
        *(sa.column(name, kind) for name, kind in (("id", _KEY), ("stream", sa.Text), ("event", sa.Text))),
        *(sa.column(name, kind) for name, kind in (("by_id", _KEY), ("case_id", _KEY), ("at", _AT), ("facts", sa.JSON))),
    )
    awards, rules, payables = _known()
    told = (*_ON_CASE, *_ON_AWARD, *_ON_RULES, *_ON_PAYABLE)
    for each in op.get_bind().execute(sa.select(entry).where(entry.c.event.in_(told)).order_by(entry.c.id)):
        for kind, hands, things in (
            ("case", _ON_CASE, [each.case_id]),
            ("award", _ON_AWARD, awards.get(each.case_id, [])),
            ("rules", _ON_RULES, rules.get((each.stream, each.facts.get("year"), each.facts.get("number")), [])),
            ("payable", _ON_PAYABLE, payables.get((each.case_id, each.facts.get("amount_ore")), [])),
        ):
            # Two payables of one sum on one case are not told apart.
            if each.event in hands and len(things) == 1:
                yield kind, things[0], hands[each.event], each.by_id, each.at


def _known() -> tuple[dict[Any, list[int]], dict[Any, list[int]], dict[Any, list[int]]]:
    """Awards by case, rule versions by stream, year and number, payables by case and sum."""
    run = op.get_bind().execute
    awards: dict[Any, list[int]] = {}
    rules: dict[Any, list[int]] = {}
    payables: dict[Any, list[int]] = {}
    for key, case_id in run(sa.text("SELECT id, case_id FROM award ORDER BY id")):
        awards.setdefault(case_id, []).append(key)
    for key, pot_id, year, number in run(sa.text("SELECT id, pot_id, year, number FROM rule_version ORDER BY id")):
        rules.setdefault((f"pot:{pot_id}", year, number), []).append(key)
    for key, case_id, amount_ore in run(sa.text("SELECT id, case_id, amount_ore FROM payable ORDER BY id")):
        payables.setdefault((case_id, amount_ore), []).append(key)
    return awards, rules, payables


_TRIGGERS = {
    "sqlite": [
        "CREATE TRIGGER tr_hand_update BEFORE UPDATE ON hand FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'hand is append-only'); END",
        "CREATE TRIGGER tr_hand_delete BEFORE DELETE ON hand FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'hand is append-only'); END",
        
        "CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW WHEN EXISTS (SELECT 1 FROM hand AS had WHERE had.kind = NEW.kind AND had.thing_id = NEW.thing_id AND had.user_id = NEW.user_id AND ((NEW.kind = 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved'))"
        " OR (NEW.kind = 'rules' AND NEW.hand = 'approved' AND had.hand IN ('drafted'))"
        " OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND had.hand IN ('decided'))"
        " OR (NEW.kind = 'case' AND NEW.hand = 'recommended' AND had.hand IN ('decided'))"
        " OR (NEW.kind = 'case' AND NEW.hand = 'decided' AND had.hand IN ('assessed', 'recommended'))"
        " OR (NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN ('stopped'))"
        " OR (NEW.kind = 'claim' AND NEW.hand = 'submitted' AND had.hand IN ('confirmed', 'reviewed'))"
        " OR (NEW.kind = 'claim' AND NEW.hand = 'confirmed' AND had.hand IN ('submitted', 'reviewed'))"
        " OR (NEW.kind = 'claim' AND NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'confirmed'))"
        " OR (NEW.kind = 'account' AND NEW.hand = 'typed' AND had.hand IN ('controlled'))"
        " OR (NEW.kind = 'account' AND NEW.hand = 'controlled' AND had.hand IN ('typed'))"
        " OR (NEW.kind = 'payable' AND NEW.hand = 'attested' AND had.hand IN ('approved', 'handed_over', 'settled'))"
        " OR (NEW.kind = 'payable' AND NEW.hand = 'approved' AND had.hand IN ('attested', 'handed_over'))"
        " OR (NEW.kind = 'payable' AND NEW.hand = 'handed_over' AND had.hand IN ('attested', 'approved'))"
        " OR (NEW.kind = 'payable' AND NEW.hand = 'settled' AND had.hand IN ('attested')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION tr_hand_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'hand is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN NEW; END $$",
        'CREATE TRIGGER tr_hand_update BEFORE UPDATE ON hand FOR EACH ROW  EXECUTE FUNCTION tr_hand_update()',
        "CREATE FUNCTION tr_hand_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'hand is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN OLD; END $$",
        'CREATE TRIGGER tr_hand_delete BEFORE DELETE ON hand FOR EACH ROW  EXECUTE FUNCTION tr_hand_delete()',
        
        "CREATE FUNCTION tr_hand_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM hand AS had WHERE had.kind = NEW.kind AND had.thing_id = NEW.thing_id AND had.user_id = NEW.user_id AND ((NEW.kind = 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved'))"
        " OR (NEW.kind = 'rules' AND NEW.hand = 'approved' AND had.hand IN ('drafted'))"
        " OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND had.hand IN ('decided'))"
        " OR (NEW.kind = 'case' AND NEW.hand = 'recommended' AND had.hand IN ('decided'))"
        " OR (NEW.kind = 'case' AND NEW.hand = 'decided' AND had.hand IN ('assessed', 'recommended'))"
        " OR (NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN ('stopped'))"
        " OR (NEW.kind = 'claim' AND NEW.hand = 'submitted' AND had.hand IN ('confirmed', 'reviewed'))"
        " OR (NEW.kind = 'claim' AND NEW.hand = 'confirmed' AND had.hand IN ('submitted', 'reviewed'))"
        " OR (NEW.kind = 'claim' AND NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'confirmed'))"
        " OR (NEW.kind = 'account' AND NEW.hand = 'typed' AND had.hand IN ('controlled'))"
        " OR (NEW.kind = 'account' AND NEW.hand = 'controlled' AND had.hand IN ('typed'))"
        " OR (NEW.kind = 'payable' AND NEW.hand = 'attested' AND had.hand IN ('approved', 'handed_over', 'settled'))"
        " OR (NEW.kind = 'payable' AND NEW.hand = 'approved' AND had.hand IN ('attested', 'handed_over'))"
        " OR (NEW.kind = 'payable' AND NEW.hand = 'handed_over' AND had.hand IN ('attested', 'approved'))"
        " OR (NEW.kind = 'payable' AND NEW.hand = 'settled' AND had.hand IN ('attested')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        'CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW EXECUTE FUNCTION tr_hand_insert()',
    ],
}


def downgrade() -> None:
    """Undo."""
    op.drop_table("hand")
    if op.get_bind().dialect.name == "postgresql":
        for act in ("update", "delete", "insert"):
            op.execute(f"DROP FUNCTION tr_hand_{act}()")
