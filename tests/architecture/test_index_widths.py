"""No allowed text is too wide for an index: PostgreSQL refuses an index row above 2 704 bytes, and SQLite none."""

import sqlalchemy as sa

import app.models  # noqa: F401 - fills the metadata
from app.db import Base
from app.values.sortkeys import LONGEST_KEY

MOST = 2_600
OURS, HASH, TYPED_LINE = 60, 64, 4 * 120
# The most bytes of each text that stands in an index: codes and keys of our own, and what people may type (4 bytes a
# sign at the most). A new one is added here with the limit its form holds.
BYTES = {
    "audit_entry.stream": OURS,
    "audit_head.stream": OURS,
    "award.public_sort": LONGEST_KEY,
    "application_answer.question_code": OURS,
    "application_section.code": OURS,
    "assessment_score.criterion": OURS,
    "case_file.number": OURS,
    "case_file.officer_name": TYPED_LINE,
    "case_file.party_name": TYPED_LINE,
    "case_file.party_sort": LONGEST_KEY,
    "case_file.scheme_code": OURS,
    "case_file.title": TYPED_LINE,
    "claim_line.code": OURS,
    "counter_claim_line.code": OURS,
    "hand.hand": OURS,
    "hand.kind": OURS,
    "helfo_export.number": OURS,
    "helfo_figure.code": OURS,
    "helfo_figure.hpr_no": 9,
    "helfo_figure.orgnr": 9,
    "job_run.name": OURS,
    "gp.hpr_no": 9,
    "gp_agreement.hpr_no": 9,
    "ledger_entry.ref": 300,
    "login_brake.key": 200,
    "login_session.address": OURS,
    "money_back.voucher": 4 * 40,
    "once_token.token": HASH,
    "order_row.sorted_by": 4 * 200,
    "order_row.thing": OURS,
    "outgoing.key": 200,
    "payment_basis.ref": 60,
    "repayment.ref": 60,
    "party.name_fold": TYPED_LINE,
    "party.orgnr": 9,
    "party.sort_key": LONGEST_KEY,
    "payout_list.number": OURS,
    "pilot_area.name": TYPED_LINE,
    "pot.code": OURS,
    "scheme.code": OURS,
    "search_text.part": OURS,
    "summary.kind": OURS,
    "user_account.sort_key": LONGEST_KEY,
    "user_account.username": TYPED_LINE,
}
HASHES = ("public_id", "sha256", "_sha256")


def indexes() -> dict[str, list[sa.Column[str]]]:
    """The text columns of each index, unique or not, by its name."""
    found = {}
    for table in Base.metadata.sorted_tables:
        keys = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint | sa.PrimaryKeyConstraint)]
        for each in (*table.indexes, *keys):
            texts = [c for c in each.columns if isinstance(c.type, sa.Text) and not isinstance(c.type, sa.Enum)]
            if texts:
                found[f"{table.name}({', '.join(c.name for c in each.columns)})"] = texts
    return found


def test_the_longest_texts_fit_in_every_index() -> None:
    unknown, wide = set(), []
    for name, columns in indexes().items():
        unknown |= {str(c) for c in columns if str(c) not in BYTES and not c.name.endswith(HASHES)}
        if (width := sum(BYTES.get(str(column), HASH) for column in columns)) > MOST:
            wide.append(f"{name}: {width} bytes")
    assert not unknown, f"say how long they can be: {sorted(unknown)}"
    assert not wide
