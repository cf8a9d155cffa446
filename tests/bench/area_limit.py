"""The limit of the scheme's three pages: for each the least page with the same rows, sums and counts.

Flask, SQLAlchemy Core and Jinja; no log-in, no guard, no frame, no forms, no judgement of what one may do. Statements
are made once. Sums over thousands of claims are asked for by the program's own statements: there is no less to ask.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template

from app.access.models import User, UserMembership
from app.budget.models import Frame
from app.cases.models import Case
from app.compensation.domain import PAGE, middle
from app.compensation.models import AreaCheck, AreaContact, AreaGoal, Claim, ClaimLine, GpAgreement
from app.compensation.queries import area_gps, areas
from app.compensation.queries.claims import MOST, OPEN
from app.compensation.workflow import Status
from app.db.session import watch
from app.parties.models import Party, PilotArea
from app.values.clock import local_date
from app.values.dates import format_short
from app.values.money import format_kr
from tests.area_rows import AT
from tests.bench.limit import PAGES

TODAY = local_date(AT)
_C: Any = Claim.__table__.c
_G: Any = GpAgreement.__table__.c
_AREA = sa.bindparam("area_id", type_=sa.Integer)
_ROW = (
    sa.select(_C.id, _C.public_id, _C.from_on, _C.to_on, _C.claimed_ore, _C.status, _G.gp_name, Party.display_name)
    .join(GpAgreement, GpAgreement.id == _C.agreement_id)
    .join(Party, Party.id == _C.party_id)
)
_WAITS = (_C.area_id == _AREA, _C.status == sa.literal_column("'submitted'"))


def _first(count: bool, *where: Any) -> Any:
    query = _ROW.where(_C.id.in_(sa.select(_C.id).where(*where).order_by(_C.id).limit(PAGE))).order_by(_C.id)
    return query.add_columns(sa.select(sa.func.count()).where(*where).scalar_subquery().label("of")) if count else query


def _newest(many: int, statuses: Any) -> Any:
    each = [
        sa.select(
            sa.select(_C.id)
            .where(_C.area_id == _AREA, _C.status == sa.literal_column(f"'{status.value}'"))
            .order_by(_C.id.desc())
            .limit(many)
            .subquery()
        )
        for status in statuses
    ]
    found = sa.union_all(*each).subquery()
    return sa.select(found.c.id).order_by(found.c.id.desc()).limit(many)


CONFIRM = _first(True, *_WAITS)
LINES = sa.select(ClaimLine.__table__).where(ClaimLine.claim_id.in_(sa.bindparam("ids", expanding=True)))
SETTLED = _ROW.where(_C.id.in_(_newest(PAGE, [s for s in Status if s is not Status.SUBMITTED]))).order_by(_C.id.desc())
USUAL = sa.select(_C.claimed_ore).where(_C.id.in_(_newest(MOST, Status)))
GOAL = (
    sa.select(AreaGoal.gps)
    .where(AreaGoal.area_id == PilotArea.id)
    .order_by(AreaGoal.id.desc())
    .limit(1)
    .scalar_subquery()
)
AREA = sa.select(PilotArea.name, PilotArea.health_community, GOAL.label("goal")).where(PilotArea.id == _AREA)
NAMES = sa.select(User.name).join(UserMembership, UserMembership.user_id == User.id)
NAMES = NAMES.where(UserMembership.area_id == _AREA).order_by(User.sort_key)
CHECKS = sa.select(AreaCheck.__table__, User.name).join(User, User.id == AreaCheck.told_by)
CHECKS = CHECKS.where(AreaCheck.area_id == _AREA).order_by(AreaCheck.id.desc()).limit(PAGE)
CONTACTS = sa.select(AreaContact.__table__, User.name).join(User, User.id == AreaContact.told_by)
CONTACTS = CONTACTS.where(AreaContact.area_id == _AREA).order_by(AreaContact.id.desc()).limit(PAGE)
FRAME = sa.select(Frame.frame_ore, Frame.committed_ore, Frame.paid_ore)
WAITING = _first(True, _C.status.in_(sa.literal_column(f"'{status.value}'") for status in OPEN))
AGREEMENTS = (
    sa.select(Case.number, _G.gp_name, Party.display_name, PilotArea.name, _G.status, _G.to_on, _G.cap_ore)
    .add_columns(_G.claimed_ore, sa.select(sa.func.count()).select_from(GpAgreement).scalar_subquery().label("of"))
    .join(Case, Case.id == _G.case_id)
    .join(Party, Party.id == _G.payee_id)
    .join(PilotArea, PilotArea.id == _G.area_id)
    .order_by(_G.id.desc())
    .limit(PAGE)
)


def bare(url: str, area_id: int) -> Flask:
    """The three pages, of this area."""
    app = Flask("bare", template_folder=str(PAGES))
    app.jinja_env.filters.update(kr=format_kr, date=format_short, day=lambda at: format_short(local_date(at)))
    engine = sa.create_engine(url)
    watch(engine)
    key = {"area_id": area_id}
    uptake = (area_gps._BY_MUNICIPALITY, area_gps._PRACTICES, area_gps._SILENT_PAGE)
    asked = {**area_gps.asked_for(area_id, TODAY, AT), **areas.days_asked_for(TODAY, AT)}

    @app.get("/omrade")
    def omrade() -> str:
        with engine.connect() as connection:
            rows = connection.execute(CONFIRM, key).all()
            settled = connection.execute(SETTLED, key).all()
            usual = middle(connection.execute(USUAL, key).scalars().all())
            lines: dict[int, list[Any]] = {row.id: [] for row in rows}
            for line in connection.execute(LINES, {"ids": list(lines)}):
                lines[line.claim_id].append(line)
        return render_template("omrade.html", rows=rows, settled=settled, usual=usual, lines=lines)

    @app.get("/oppfolging")
    def oppfolging() -> str:
        with engine.connect() as connection:
            area = connection.execute(AREA, key).one()
            names = connection.execute(NAMES, key).scalars().all()
            places, practices, quiet = (connection.execute(query, asked).all() for query in uptake)
            checks, contacts = (connection.execute(query, key).all() for query in (CHECKS, CONTACTS))
            took = connection.execute(area_gps._DAYS, key).all()
            sums = connection.execute(areas._CLAIMED_IN, asked).all()
        told = {which: middle([row.days for row in took if row.which == which]) for which in ("answered", "paid")}
        return render_template(
            "oppfolging.html", area=area, names=names, places=places, practices=practices, quiet=quiet, checks=checks,
            contacts=contacts, told=told, months=_months(sums),
        )  # fmt: skip

    @app.get("/fastleger")
    def fastleger() -> str:
        with engine.connect() as connection:
            frame = connection.execute(FRAME).one()
            by_area = {row.area_id: row for row in connection.execute(areas._AGREED, asked)}
            sums = connection.execute(areas._CLAIMED, asked).all()
            waiting, agreements = (connection.execute(query).all() for query in (WAITING, AGREEMENTS))
        months = {area_id: _months([row for row in sums if row.area_id == area_id]) for area_id in by_area}
        return render_template(
            "fastleger.html", frame=frame, areas=by_area, months=months, waiting=waiting, agreements=agreements
        )

    return app


def _months(rows: list[Any]) -> dict[date, int]:
    found: dict[date, int] = {}
    for row in rows:
        if row.status is not Status.REFUSED:
            ore = int(row.approved_ore or row.claimed_ore)
            found[row.from_on] = found.get(row.from_on, 0) + ore
    return found
