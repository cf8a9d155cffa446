"""The files of a locked list: made once from the locked rows, stored as bytes, and every taking recorded."""

from datetime import datetime

from app.access.domain import Actor
from app.audit import record
from app.db import db
from app.documents.actions import add_document
from app.documents.domain.scopes import Scope
from app.documents.models import Direction, Document
from app.documents.queries import these
from app.flow import Reason, Refused
from app.payouts import queries
from app.payouts.judgement import why_not_take_file
from app.payouts.models import PayoutList
from app.values.clock import local_date
from app.values.language import N_


def file_list(list_id: int, csv_sha: str, xlsx_sha: str, *, at: datetime) -> None:
    """Tie the stored files to a list that has none; a second call does nothing."""
    payout_list = queries.locked_list(list_id)
    if payout_list.xlsx_document_id is not None:
        return
    payout_list.csv_document_id = _document(payout_list, "csv", csv_sha, at).id
    payout_list.xlsx_document_id = _document(payout_list, "xlsx", xlsx_sha, at).id
    facts = {"number": payout_list.number, "csv_sha256": csv_sha, "xlsx_sha256": xlsx_sha}
    record(payout_list.stream, "payout_list.filed", facts, by=None, at=at)


def take_file(list_id: int, kind: str, *, by: Actor, at: datetime) -> Document:
    """Record who takes which file when. Raises Refused, also when the files are not made yet."""
    payout_list = db.session.get_one(PayoutList, list_id)
    if reasons := why_not_take_file(queries.lines_of(payout_list, by, local_date(at)), by):
        raise Refused(reasons)
    key = payout_list.csv_document_id if kind == "csv" else payout_list.xlsx_document_id
    if key is None:
        raise Refused([Reason(N_("Filene lages nå. Prøv igjen om litt."))])
    (document,) = these([key], by)
    facts = {"file": document.filename, "sha256": document.sha256}
    record(payout_list.stream, "payout_list.taken", facts, by=by, at=at)
    return document


def _document(payout_list: PayoutList, ending: str, sha256: str, at: datetime) -> Document:
    return add_document(
        scope=Scope.PAYOUT_LIST,
        case=None,
        direction=Direction.NOTE,
        kind="payout_list",
        title=f"Utbetalingsliste {payout_list.number}",
        filename=f"utbetalingsliste-{payout_list.number}.{ending}",
        sha256=sha256,
        language="nb",
        to_party=False,
        by=None,
        at=at,
    )
