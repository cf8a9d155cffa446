"""Jobs: make payables of what is ready, and the files of lists that have none. Safe to run twice."""

from datetime import datetime

import structlog

from app.db import db, writing
from app.documents.actions import store
from app.payouts import actions, queries
from app.payouts.exports import csv_bytes, xlsx_bytes
from app.spreadsheet import CSV_TYPE, XLSX_TYPE
from app.values.clock import local_date

log = structlog.get_logger()


def make_payables(at: datetime) -> int:
    """Every sum that may be paid now and has no live payable. Gives how many.

    Each in its own small transaction; a bad one is logged and the rest go on.
    """
    ready = queries.ready_to_pay(local_date(at))
    db.session.rollback()
    done = 0
    for basis_id, case_id in ready:
        try:
            with writing():
                done += actions.pay(basis_id, case_id, at=at) is not None
        except Exception:
            log.exception("payable not made", basis=basis_id)
    return done


def make_files(at: datetime) -> int:
    """The files of lists that a crash left without. Gives how many."""
    waiting = queries.unfiled()
    for list_id in waiting:
        make_file(list_id, at)
    return len(waiting)


def make_file(list_id: int, at: datetime) -> None:
    """Render a locked list and tie the files to it; the bytes are stored before the row that points at them."""
    payout_list, lines = queries.lines_to_file(list_id)
    if payout_list.xlsx_document_id is not None:
        return
    number, made_at = payout_list.number, payout_list.authorised_at
    db.session.rollback()
    csv_sha = store(csv_bytes(lines), CSV_TYPE, at)
    xlsx_sha = store(xlsx_bytes(lines, number, local_date(made_at)), XLSX_TYPE, at)
    with writing():
        actions.file_list(list_id, csv_sha, xlsx_sha, at=at)
