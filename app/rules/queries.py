"""Reading rules and calls."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from threading import Lock
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import contains_eager, joinedload

from app.db import db, joined
from app.rules.domain import RegulationStep, Rules, Told, Words, from_data
from app.rules.models import Call, Pot, RegulationNote, RuleVersion, Scheme
from app.rules.workflow import CallStatus, RulesStatus
from app.values.clock import local_date

KEPT = 64
MOST = 500
MOST_OPEN = 50
_kept: WeakKeyDictionary[sa.Engine, OrderedDict[int, Rules]] = WeakKeyDictionary()
_names: WeakKeyDictionary[sa.Engine, dict[str, Words]] = WeakKeyDictionary()
_lock = Lock()
_WITH_POT = joinedload(RuleVersion.pot).joinedload(Pot.scheme)
_CALL_WITH_ALL = (joinedload(Call.pot).joinedload(Pot.scheme), joinedload(Call.rules))


def rules_of(rule_version_id: int) -> Rules:
    """The rules of a version. Only published ones are kept in memory: they alone never change.

    Raises NoResultFound for a version that does not exist.
    """
    with _lock:
        shelf = _kept.setdefault(db.engine, OrderedDict())
        if rule_version_id in shelf:
            shelf.move_to_end(rule_version_id)
            return shelf[rule_version_id]
    query = sa.select(RuleVersion.content, RuleVersion.status).where(RuleVersion.id == rule_version_id)
    content, status = db.session.execute(query).one()
    rules = from_data(content)
    if status is RulesStatus.PUBLISHED and (not db.session.info.get("writing") or _is_out(rule_version_id)):
        with _lock:
            shelf[rule_version_id] = rules
            while len(shelf) > KEPT:
                shelf.popitem(last=False)
    return rules


def _is_out(rule_version_id: int) -> bool:
    """Whether everybody sees it published, not only this transaction, which may yet be undone."""
    query = sa.select(RuleVersion.status).where(RuleVersion.id == rule_version_id)
    with db.engine.connect() as connection:
        return connection.scalar(query) is RulesStatus.PUBLISHED


def version_at(pot_code: str, year: int, number: int) -> RuleVersion | None:
    """The version of this address."""
    query = (
        sa.select(RuleVersion)
        .join(RuleVersion.pot)
        .options(contains_eager(RuleVersion.pot).joinedload(Pot.scheme))
        .where(Pot.code == pot_code, RuleVersion.year == year, RuleVersion.number == number)
    )
    return db.session.scalar(query)


def locked_version(version_id: int) -> RuleVersion:
    """The version as it is now, locked until the transaction ends."""
    query = (
        sa.select(RuleVersion)
        .where(RuleVersion.id == version_id)
        .with_for_update(of=RuleVersion)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).one()


def locked_call(call_id: int) -> Call:
    """The call as it is now with its rule version, locked until the transaction ends."""
    query = (
        sa.select(Call)
        .where(Call.id == call_id)
        .options(joinedload(Call.rules))
        .with_for_update(of=Call)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).one()


def scheme_name(code: str) -> Words:
    """What the scheme of this code is called; the code itself when there is none. Kept in memory: it has one name."""
    with _lock:
        shelf = _names.setdefault(db.engine, {})
    if code not in shelf:
        row = db.session.execute(sa.select(Scheme.name_nb, Scheme.name_nn).where(Scheme.code == code)).one_or_none()
        if row is None or db.session.info.get("writing"):
            return Words(*row) if row else Words(code, code)
        shelf[code] = Words(row.name_nb, row.name_nn)
    return shelf[code]


def pots() -> Sequence[Pot]:
    """Every pot with its scheme."""
    return db.session.scalars(
        sa.select(Pot).options(joinedload(Pot.scheme)).order_by(Pot.scheme_id, Pot.id).limit(MOST)
    ).all()


def pot_by_code(code: str) -> Pot | None:
    """The pot of this code with its scheme."""
    return db.session.scalar(sa.select(Pot).options(joinedload(Pot.scheme)).where(Pot.code == code))


def scheme_by_code(code: str) -> Scheme | None:
    """The scheme of this code."""
    return db.session.scalar(sa.select(Scheme).where(Scheme.code == code))


def scheme_of(pot_id: int) -> Scheme:
    """The scheme a pot is of. Raises NoResultFound."""
    return db.session.scalars(sa.select(Scheme).join(Pot, Pot.scheme_id == Scheme.id).where(Pot.id == pot_id)).one()


def versions(pot_id: int | None = None) -> Sequence[RuleVersion]:
    """Every rule version, newest year first."""
    query = (
        sa.select(RuleVersion)
        .options(_WITH_POT)
        .order_by(RuleVersion.pot_id, RuleVersion.year.desc(), RuleVersion.number.desc())
        .limit(MOST)
    )
    return db.session.scalars(query if pot_id is None else query.where(RuleVersion.pot_id == pot_id)).all()


def published_version(pot_id: int, year: int, on: date | None = None) -> RuleVersion | None:
    """The newest published version of a pot and year; with a day, the newest that holds on it."""
    query = (
        sa.select(RuleVersion)
        .options(_WITH_POT)
        .where(RuleVersion.pot_id == pot_id, RuleVersion.year == year, RuleVersion.status == RulesStatus.PUBLISHED)
        .order_by(RuleVersion.number.desc())
        .limit(1)
    )
    return db.session.scalar(query if on is None else query.where(_holds(on)))


class _Line(sa.types.TypeDecorator[list[tuple[int, date]]]):
    """«7:2025:1:2025-12-01,…» as the database joins it, read as what takes over when, in order."""

    impl = sa.Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> list[tuple[int, date]]:
        """The key of each version and the first day it holds."""
        found = []
        for each in value.split(",") if value else ():
            key, year, number, on = each.split(":")
            found.append((date.fromisoformat(on) if on else date(int(year), 1, 1), int(number), int(key)))
        return [(key, on) for on, _, key in sorted(found)]


def lines_of_pots() -> sa.Subquery:
    """Of each pot all that is published, to join: `pot_id`, and `line` in the order the versions take over."""
    told = sa.func.coalesce(sa.cast(RuleVersion.in_force_on, sa.Text), "")
    parts = (sa.cast(RuleVersion.id, sa.Text), sa.cast(RuleVersion.year, sa.Text), sa.cast(RuleVersion.number, sa.Text))
    each = parts[0] + ":" + parts[1] + ":" + parts[2] + ":" + told
    query = sa.select(RuleVersion.pot_id, sa.type_coerce(joined(each, ","), _Line()).label("line"))
    return query.where(RuleVersion.status == RulesStatus.PUBLISHED).group_by(RuleVersion.pot_id).subquery()


def published_line(pot_id: int) -> list[tuple[int, date]]:
    """The same of one pot."""
    lines = lines_of_pots()
    return db.session.scalar(sa.select(lines.c.line).where(lines.c.pot_id == pot_id)) or []


def _holds(on: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """That a version of the year has begun to hold on this day."""
    return sa.or_(RuleVersion.in_force_on.is_(None), RuleVersion.in_force_on <= on)


def regulation_steps(version_ids: Collection[int]) -> dict[int, dict[RegulationStep, Told]]:
    """What is registered of these versions as regulations, the newest of each step, by version."""
    found: dict[int, dict[RegulationStep, Told]] = {each: {} for each in version_ids}
    if not found:
        return found
    query = sa.select(RegulationNote).where(RegulationNote.rule_version_id.in_(version_ids))
    for note in db.session.scalars(query.order_by(RegulationNote.id)):
        told = Told(note.step, note.on_day, note.until_on, note.reference, note.words)
        found[note.rule_version_id][note.step] = told
    return found


def newest_rules(call: Call) -> RuleVersion:
    """What a draft follows: the newest published version of the pot and year that holds when the call closes, else
    the call's own.
    """
    found = published_version(call.pot_id, call.year, call.deadline_on)
    if found is not None:
        return found
    return db.session.scalars(sa.select(RuleVersion).where(RuleVersion.id == call.rule_version_id)).one()


def last_number(pot_id: int, year: int) -> int:
    """The highest version number of the pot and year, 0 when there is none. Locks the pot."""
    db.session.execute(sa.select(Pot.id).where(Pot.id == pot_id).with_for_update())
    query = sa.select(sa.func.max(RuleVersion.number)).where(RuleVersion.pot_id == pot_id, RuleVersion.year == year)
    return db.session.scalar(query) or 0


def open_calls(at: datetime) -> Sequence[Call]:
    """Published calls that take applications now, nearest deadline first. The whole last day counts."""
    return db.session.scalars(open_now(at).options(*_CALL_WITH_ALL)).all()


def open_now(at: datetime) -> sa.Select[Call]:
    """The same to add columns to."""
    today = local_date(at)
    query = sa.select(Call).where(
        Call.status == CallStatus.PUBLISHED, Call.opens_on <= today, Call.deadline_on >= today
    )
    return query.order_by(Call.deadline_on, Call.id).limit(MOST)


def newest_rules_id() -> sa.ColumnElement[int]:
    """Of a call in a query: the key of what a draft on it follows, as `newest_rules` finds it."""
    query = sa.select(RuleVersion.id).where(
        RuleVersion.pot_id == Call.pot_id,
        RuleVersion.year == Call.year,
        RuleVersion.status == RulesStatus.PUBLISHED,
        _holds(Call.deadline_on.expression),
    )
    newest = query.order_by(RuleVersion.number.desc()).limit(1).correlate(Call).scalar_subquery()
    return sa.func.coalesce(newest, Call.rule_version_id)


def published_calls() -> Sequence[Call]:
    """Every published call, newest deadline first."""
    return db.session.scalars(_published().order_by(Call.deadline_on.desc(), Call.id).limit(MOST)).all()


def calls_of_scheme(scheme_id: int) -> Sequence[Call]:
    """Every published call of a scheme, newest deadline first."""
    query = _published().where(Call.pot_id.in_(sa.select(Pot.id).where(Pot.scheme_id == scheme_id)))
    return db.session.scalars(query.order_by(Call.deadline_on.desc(), Call.id).limit(MOST)).all()


def calls() -> Sequence[Call]:
    """Every call, drafts too, newest deadline first."""
    query = sa.select(Call).options(*_CALL_WITH_ALL).order_by(Call.deadline_on.desc(), Call.id).limit(MOST)
    return db.session.scalars(query).all()


def call(call_id: int) -> Call | None:
    """A call with its pot, scheme and rules."""
    return db.session.scalar(sa.select(Call).options(*_CALL_WITH_ALL).where(Call.id == call_id))


_CALL_AND_NEWEST = (
    sa.select(Call, newest_rules_id()).options(joinedload(Call.pot)).where(Call.id == sa.bindparam("asked"))
)


def call_and_newest(call_id: int) -> tuple[Call | None, int]:
    """A call with its pot, and the key of what `newest_rules` gives, without reading the rules themselves."""
    row = db.session.execute(_CALL_AND_NEWEST, {"asked": call_id}).one_or_none()
    return (row[0], row[1]) if row else (None, 0)


def call_by_public_id(public_id: str) -> Call | None:
    """The published call of this address."""
    return db.session.scalar(_published().where(Call.public_id == public_id))


def any_call_by_public_id(public_id: str) -> Call | None:
    """The call of this address, a draft too: for the directorate's own pages."""
    return db.session.scalar(sa.select(Call).options(*_CALL_WITH_ALL).where(Call.public_id == public_id))


def _published() -> sa.Select[Call]:
    return sa.select(Call).options(*_CALL_WITH_ALL).where(Call.status == CallStatus.PUBLISHED)


def any_open() -> sa.ColumnElement[bool]:
    """Whether there is a version that is not out, or a call that is not announced."""
    versions = sa.exists().where(RuleVersion.status != RulesStatus.PUBLISHED)
    return sa.or_(versions, sa.exists().where(Call.status == CallStatus.DRAFT))


def unpublished() -> Sequence[RuleVersion]:
    """The rule versions that are drafts, or approved and not out; the oldest first."""
    query = sa.select(RuleVersion).options(_WITH_POT).where(RuleVersion.status != RulesStatus.PUBLISHED)
    return db.session.scalars(query.order_by(RuleVersion.id).limit(MOST_OPEN)).all()


def draft_calls() -> Sequence[Call]:
    """The calls that are not announced; the nearest deadline first."""
    query = sa.select(Call).options(*_CALL_WITH_ALL).where(Call.status == CallStatus.DRAFT)
    return db.session.scalars(query.order_by(Call.deadline_on, Call.id).limit(MOST_OPEN)).all()
