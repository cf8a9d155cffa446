"""What must hold whenever a process died: each thing happened wholly or not at all."""

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.audit.verify import faults
from app.awards.models import Award, Decision
from app.budget.jobs import verify as verify_budget
from app.budget.models import LedgerEntry
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db
from app.dispatch.models import Outgoing
from app.documents import files
from app.documents.models import StoredFile
from app.payouts.models import MoneyBack, Payable, PayoutList, Repayment, SetOff
from tests.factories import AT


def assert_whole() -> None:
    """The record, the money, the letters, the lists and the files agree."""
    db.session.rollback()
    assert list(faults()) == []
    verify_budget(AT)
    _cases_stand_where_the_record_says()
    _every_decision_has_all_that_belongs_to_it()
    _nothing_is_payable_twice()
    _lists_add_up()
    _set_offs_add_up()
    _files_are_there()
    db.session.rollback()


def _cases_stand_where_the_record_says() -> None:
    told = {}
    query = sa.select(AuditEntry.case_id, AuditEntry.facts).where(AuditEntry.event.like("case.%"))
    for case_id, facts in db.session.execute(query.order_by(AuditEntry.id)):
        if "to" in facts:
            told[case_id] = facts["to"]
    for case in db.session.scalars(sa.select(Case)):
        if case.id in told:
            assert case.status == told[case.id], (case.number, case.status, told[case.id])


def _every_decision_has_all_that_belongs_to_it() -> None:
    for decision in db.session.scalars(sa.select(Decision)):
        case = db.session.get_one(Case, decision.case_id)
        assert case.status in (Status.GRANTED, Status.PARTLY_GRANTED, Status.REFUSED, Status.CLOSED)
        assert _count(Outgoing, Outgoing.key == f"decision:{decision.id}") == 1
        assert _count(Award, Award.decision_id == decision.id) == (1 if decision.amount_ore else 0)
        committed = sa.select(sa.func.sum(LedgerEntry.amount_ore)).where(LedgerEntry.ref == f"decision:{decision.id}")
        assert (db.session.scalar(committed) or 0) == decision.amount_ore
    decided = _count(Case, Case.status.in_((Status.GRANTED, Status.PARTLY_GRANTED, Status.REFUSED)))
    assert decided == _count(Decision)


def _nothing_is_payable_twice() -> None:
    twice = (
        sa.select(Payable.basis_id)
        .where(Payable.status != "cancelled")
        .group_by(Payable.basis_id)
        .having(sa.func.count() > 1)
    )
    assert db.session.execute(twice).all() == []


def _lists_add_up() -> None:
    for made in db.session.scalars(sa.select(PayoutList)):
        lines = db.session.scalars(sa.select(Payable).where(Payable.list_id == made.id)).all()
        assert (made.line_count, made.sum_ore) == (len(lines), sum(line.amount_ore for line in lines))
        assert sorted(line.line_no or 0 for line in lines) == list(range(1, len(lines) + 1))


def _set_offs_add_up() -> None:
    """What lines keep back is what debts have held and got back by them, each once."""
    for debt in db.session.scalars(sa.select(Repayment)):
        offs = db.session.scalars(sa.select(SetOff).where(SetOff.repayment_id == debt.id)).all()
        held = sum(off.amount_ore for off in offs if off.booked_at is None and off.undone_at is None)
        booked = sum(off.amount_ore for off in offs if off.booked_at is not None)
        came = db.session.scalars(sa.select(MoneyBack.amount_ore).where(MoneyBack.repayment_id == debt.id)).all()
        assert (debt.held_ore, debt.back_ore) == (held, sum(came)) and booked <= debt.back_ore
    for key, kept_ore in db.session.execute(sa.select(Payable.id, Payable.set_off_ore)):
        offs = db.session.scalars(sa.select(SetOff.amount_ore).where(SetOff.payable_id == key)).all()
        assert kept_ore == sum(offs)
    for made in db.session.scalars(sa.select(PayoutList)):
        kept = sa.select(sa.func.sum(Payable.set_off_ore)).where(Payable.list_id == made.id)
        assert made.set_off_ore == (db.session.scalar(kept) or 0)


def _files_are_there() -> None:
    for stored in db.session.scalars(sa.select(StoredFile)):
        assert len(files.get(stored.sha256)) == stored.size


def _count(model: type, *where: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0
