"""Begin on a delivery, write in it, and go on with a new version when one is approved."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from app.access.domain import Actor
from app.audit import record
from app.db import db
from app.flow import Reason, Refused, Stale, inherit_hands, record_hand
from app.summaries import judgement, queries
from app.summaries.domain import Kind, faults_of
from app.summaries.kinds import kind_of
from app.summaries.models import Summary
from app.summaries.workflow import SUMMARY
from app.values.clock import local_date
from app.values.language import Language


def begin(kind: Kind, year: int, language: Language, *, by: Actor, at: datetime, demo: bool = False) -> Summary:
    """The first version, as an empty draft. Raises Refused."""
    _refuse(judgement.why_not_begin(kind, year, by, local_date(at)))
    return _add(
        Summary(
            kind=kind.name,
            year=year,
            number=1,
            due_on=kind.due_on(year),
            language=language,
            texts={section.code: "" for section in kind.sections},
            demo=demo,
        ),
        by,
        at,
    )


def change(seen: Summary, texts: Mapping[str, str], *, by: Actor, at: datetime, version: int) -> None:
    """New texts of a draft. Everybody who ever wrote in it is remembered, for four eyes. Raises Stale or Refused.

    A figure stands in them by reference; a typed one, or a reference to nothing, is told `of` its section.
    """
    draft = queries.locked(seen.id)
    if draft.version != version:
        raise Stale
    _refuse(judgement.why_not_edit(draft, by))
    kind = kind_of(draft.kind)
    counted = queries.counted_now(draft.kind, draft.year, at)
    known = [section.code for section in kind.sections] if kind else []
    told = {code: texts.get(code, "").strip() for code in known}
    _refuse([fault for code, text in told.items() for fault in faults_of(text, counted, of=code)])
    if told == draft.texts:
        return
    record_hand(SUMMARY.name, draft.id, "drafted", case_id=None, by=by, at=at)
    draft.texts = told
    draft.drafted_by, draft.drafted_at = by.id, at
    draft.version += 1
    db.session.flush()
    record(draft.stream, "summary.changed", {"number": draft.number}, by=by, at=at)


def revise(seen: Summary, *, by: Actor, at: datetime, version: int) -> Summary:
    """A new version that begins with the approved one's texts, whose writers have written it too.

    Raises Stale or Refused.
    """
    approved = queries.locked(seen.id)
    if approved.version != version:
        raise Stale
    _refuse(judgement.why_not_revise(approved, by))
    made = _add(
        Summary(
            kind=approved.kind,
            year=approved.year,
            number=approved.number + 1,
            continues_id=approved.id,
            due_on=approved.due_on,
            language=approved.language,
            texts=dict(approved.texts),
            demo=approved.demo,
        ),
        by,
        at,
    )
    inherit_hands(SUMMARY.name, made.id, {SUMMARY.name: [approved.id]}, case_id=None, at=at, only=("drafted",))
    return made


def _add(made: Summary, by: Actor, at: datetime) -> Summary:
    made.public_id = secrets.token_urlsafe(12)
    made.drafted_by, made.drafted_at = by.id, at
    db.session.add(made)
    db.session.flush()
    record_hand(SUMMARY.name, made.id, "drafted", case_id=None, by=by, at=at)
    record(made.stream, "summary.begun", {"number": made.number}, by=by, at=at)
    return made


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
