"""How a pilot area is followed up: figures against the goal, checks of its routines, contact, and the silent GPs."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.compensation import actions, queries
from app.compensation.domain import middle
from app.compensation.routes import bp
from app.compensation.routes.paging import Lists
from app.db import db, writing
from app.db.clock import now
from app.flow import Refused
from app.parties.models import PilotArea
from app.values.clock import local_date
from app.values.language import N_
from forms.areas import CheckForm, ContactForm, GoalForm, ReminderForm

Forms = CheckForm | ContactForm | GoalForm
Page = Response | tuple[str, int]
# What is told of the GPs of the area in all: the sums of its municipalities.
GPS = ("agreed", "started", "lately", "silent", "approved_ore")


@bp.get("/fastleger/omrader/<public_id>")
@needs(Permission.REVIEW_CLAIM, Permission.CONFIRM_CLAIM)
def area_of(public_id: str) -> str:
    """One area, for the directorate and for its own coordinator."""
    return _draw(public_id)


@bp.post("/fastleger/omrader/<public_id>/mal")
@needs(Permission.REVIEW_CLAIM)
def set_goal(public_id: str) -> Page:
    """How many GPs are to have started this year."""
    area, form, actor, at = _area(public_id), GoalForm(), current_actor(), now()
    if not form.validate_on_submit():
        return _draw(public_id, form), 422
    area_id, gps = area.id, form.gps.data or 0
    db.session.rollback()
    with writing():
        actions.set_goal(area_id, gps, by=actor, at=at)
    flash(N_("Målet er satt."), "success")
    return _back(public_id)


@bp.post("/fastleger/omrader/<public_id>/kontroll")
@needs(Permission.REVIEW_CLAIM)
def add_check(public_id: str) -> Page:
    """A check of the area's routines; it follows an open one, or begins anew."""
    area, form, actor, at = _area(public_id), CheckForm(), current_actor(), now()
    _offer(form, queries.open_checks(area.id))
    if not form.validate_on_submit():
        return _draw(public_id, form), 422
    area_id = area.id

    def make() -> str:
        actions.add_check(area_id, form.facts(), by=actor, at=at)
        return url_for("compensation.area_of", public_id=public_id)

    try:
        location = once(form.token, at, make)
    except Refused as refused:
        form.tell(refused.reasons)
        return _draw(public_id, form), 409
    flash(N_("Kontrollen er skrevet inn."), "success")
    return redirect(location, 303)


@bp.post("/fastleger/omrader/<public_id>/kontakt")
@needs(Permission.REVIEW_CLAIM)
def add_contact(public_id: str) -> Page:
    """That there was contact with the area."""
    area, form, actor, at = _area(public_id), ContactForm(), current_actor(), now()
    form.limit(local_date(at))
    if not form.validate_on_submit():
        return _draw(public_id, form), 422
    area_id, (kind, on, words) = area.id, form.facts()

    def make() -> str:
        actions.add_contact(area_id, kind, on, words, by=actor, at=at)
        return url_for("compensation.area_of", public_id=public_id)

    location = once(form.token, at, make)
    flash(N_("Kontakten er skrevet inn."), "success")
    return redirect(location, 303)


@bp.post("/fastleger/omrader/<public_id>/minn")
@needs(Permission.REVIEW_CLAIM)
def remind(public_id: str) -> Response:
    """A notice to the silent who have had none this quarter."""
    area_id, form, actor, at = _area(public_id).id, ReminderForm(), current_actor(), now()
    if not form.validate_on_submit():
        abort(400)
    db.session.rollback()
    with writing():
        actions.remind(area_id, by=actor, at=at)
    flash(N_("Påminnelsene blir sendt."), "success")
    return _back(public_id)


def _area(public_id: str) -> PilotArea:
    """The area of this address, when the person follows up all, or it is their own."""
    return _own(queries.area_by_public_id(public_id))


def _own(area: PilotArea | None) -> PilotArea:
    actor = current_actor()
    if area is None or not (actor.may(Permission.REVIEW_CLAIM) or area.id in actor.area_ids):
        abort(404)
    return area


def _back(public_id: str) -> Response:
    return redirect(url_for("compensation.area_of", public_id=public_id), 303)


def _offer(form: CheckForm, checks: list[tuple[int, str]]) -> None:
    form.limit(local_date(now()))
    form.offer(checks)


def _draw(public_id: str, sent: Forms | None = None) -> str:
    """The page; nothing is asked for twice, and nothing for each row."""
    at = now()
    today = local_date(at)
    found = queries.followed_up(public_id, today.year)
    area = _own(found.area if found else None)
    assert found is not None, "of an area that is there"
    lists = Lists("compensation.area_of", "kontor", "stille", "rutiner", "kontakt", public_id=public_id)
    places = queries.by_municipality(area.id, today, at)
    practices = queries.practices(area.id, today, at, lists["kontor"])
    quiet = queries.silent(area.id, today, at, lists["stille"])
    notes = queries.notes(area.id, lists["rutiner"], lists["kontakt"])
    answered, paid = queries.days_taken(area.id)
    gps = {name: sum(getattr(each, name) for each in places) for name in GPS}
    leaves = {
        "practices_leaf": lists.leaf("kontor", len(practices), count=sum(each.practices for each in places)),
        "quiet_leaf": lists.leaf("stille", len(quiet), count=gps["silent"]),
        "checks_leaf": lists.leaf("rutiner", len(notes.checks), more=notes.more_checks),
        "contacts_leaf": lists.leaf("kontakt", len(notes.contacts), more=notes.more_contacts),
    }
    check = sent if isinstance(sent, CheckForm) else CheckForm(formdata=None)
    contact = sent if isinstance(sent, ContactForm) else ContactForm(formdata=None)
    goal = sent if isinstance(sent, GoalForm) else GoalForm(formdata=None)
    _offer(check, notes.open)
    contact.limit(today)
    if sent is None:
        goal.gps.data = found.goal_gps
        check.checked_on.data = contact.on.data = today
    figures = queries.money_in(area, today.year)
    if lists.is_beyond:
        abort(lists.back())
    return render_template(
        "compensation/follow_up.html",
        area=area,
        year=today.year,
        figures=figures,
        gps=gps,
        goal_gps=found.goal_gps,
        coordinators=found.coordinators,
        places=places,
        practices=practices,
        months=sorted(figures.months.items()),
        answered=middle(answered),
        paid=middle(paid),
        notes=notes,
        quiet=quiet,
        may_write=current_actor().may(Permission.REVIEW_CLAIM),
        check_form=check,
        contact_form=contact,
        goal_form=goal,
        sent=sent,
        reminder=ReminderForm(formdata=None),
        **leaves,
    )
