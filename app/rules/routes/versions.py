"""Rule versions: read, write, approve with another hand, publish."""

from flask import abort, redirect, render_template, request, url_for

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.access.queries import names
from app.db import writing
from app.db.clock import now
from app.intake import takes
from app.parties.domain import Kind
from app.rules import actions, judgement, queries
from app.rules.domain import PARTS, Rules, Words, from_data
from app.rules.models import Pot, RuleVersion, Track
from app.rules.routes.blueprint import VERSION, Answer, bp, code, done
from app.rules.routes.blueprint import found as find
from app.rules.workflow import RulesStatus
from app.values.clock import local_date
from app.values.language import N_
from forms.rules import ApproveForm, ConfirmForm, DraftForm, SendBackForm, StartDraftForm

P = Permission


@bp.get("")
@needs(P.READ_CASES)
def home() -> str:
    """Every version per pot and year, and every call."""
    return render_template(
        "rules/home.html",
        pots=queries.pots(),
        versions=queries.versions(),
        calls=queries.calls(),
        may_write=current_actor().may(P.DRAFT_RULES),
    )


@bp.get(VERSION)
@needs(P.READ_CASES)
def version(pot: str, year: int, number: int) -> str:
    """One version, all its parts, and what can be done with it."""
    shown = find(pot, year, number)
    steps = queries.regulation_steps([shown.id])[shown.id]
    hands = names({h for h in (shown.drafted_by, shown.approved_by, shown.published_by) if h is not None})
    return render_template(
        "rules/version.html",
        version=shown,
        newer=_newer_than(shown),
        rules=from_data(shown.content),
        parts=PARTS,
        kinds={kind.value: kind.word for kind in Kind},
        offers=judgement.offers(shown, current_actor(), local_date(now()), steps),
        steps=steps.values() if judgement.is_regulation(shown) else (),
        hands=hands,
    )


def _newer_than(shown: RuleVersion) -> RuleVersion | None:
    """The newest published version of the same pot that comes after this one."""
    published = (each for each in queries.versions(shown.pot_id) if each.status is RulesStatus.PUBLISHED)
    return next((each for each in published if (each.year, each.number) > (shown.year, shown.number)), None)


@bp.route("/<pot>/utkast", methods=["GET", "POST"])
@needs(P.DRAFT_RULES)
def start(pot: str) -> Answer:
    """A new draft: a copy of an earlier version, or empty."""
    pot_row = queries.pot_by_code(pot) or abort(404)
    earlier = {v.id: v for v in queries.versions(pot_row.id)}
    form = StartDraftForm()
    form.limit(local_date(now()))
    form.offer([(v.id, f"{v.year} – {v.number}") for v in earlier.values()])
    if request.method != "POST":
        form.year.data = max((v.year for v in earlier.values()), default=now().year - 1) + 1
    if not form.validate_on_submit():
        return render_template("rules/start.html", form=form, pot=pot_row), code()
    chosen = earlier.get(form.source.data)
    content = from_data(chosen.content) if chosen else _empty(pot_row)
    actor, at, wanted = current_actor(), now(), form.year.data or 0

    def make() -> str:
        made = actions.draft_rules(pot_row, wanted, content, by=actor, at=at, source=chosen)
        return url_for("rules.edit", pot=pot, year=made.year, number=made.number)

    return redirect(once(form.token, at, make), 303)


@bp.route(VERSION + "/rediger", methods=["GET", "POST"])
@takes(megabytes=2)
@needs(P.DRAFT_RULES)
def edit(pot: str, year: int, number: int) -> Answer:
    """The whole draft as a form."""
    version = find(pot, year, number)
    base = from_data(version.content)
    closed = judgement.not_changeable(version, current_actor())
    form = DraftForm.shown(base, version.version) if request.method != "POST" else DraftForm()
    form.limit(version.year)
    if version.pot.scheme.track is not Track.COMPENSATION:
        form.without_compensation()
    if not form.validate_on_submit():
        return render_template("rules/edit.html", form=form, version=version, closed=closed), code()
    facts, actor = form.facts(base), current_actor()
    with writing():
        actions.change_draft(version, facts, by=actor, at=now(), version=form.seen_version)
    return done(N_("Utkastet er lagret."), pot, year, number)


@bp.route(VERSION + "/godkjenn", methods=["GET", "POST"])
@needs(P.READ_CASES, post=(P.APPROVE_RULES,))
@fresh_password
def approve(pot: str, year: int, number: int) -> Answer:
    """Approve, with what it builds on."""
    version, actor = find(pot, year, number), current_actor()
    form = ApproveForm(data={"version": version.version})
    if not form.validate_on_submit():
        return _step_page("rules/approve.html", version, form, "rules.approve")
    with writing():
        actions.approve(version, form.basis.data or "", by=actor, at=now(), version=form.seen_version)
    return done(N_("Regelverket er godkjent."), pot, year, number)


@bp.route(VERSION + "/send-tilbake", methods=["GET", "POST"])
@needs(P.READ_CASES, post=(P.APPROVE_RULES,))
def send_back(pot: str, year: int, number: int) -> Answer:
    """Back to the writer, with why."""
    version, actor = find(pot, year, number), current_actor()
    form = SendBackForm(data={"version": version.version})
    if not form.validate_on_submit():
        return _step_page("rules/send_back.html", version, form, "rules.send_back")
    with writing():
        actions.send_back(version, form.cause.data or "", by=actor, at=now(), version=form.seen_version)
    return done(N_("Regelverket er sendt tilbake."), pot, year, number)


@bp.route(VERSION + "/publiser", methods=["GET", "POST"])
@needs(P.READ_CASES, post=(P.PUBLISH,))
@fresh_password
def publish(pot: str, year: int, number: int) -> Answer:
    """Publish, after one page that says what it means."""
    version, actor = find(pot, year, number), current_actor()
    form = ConfirmForm(data={"version": version.version})
    if not form.validate_on_submit():
        return _step_page("rules/publish.html", version, form, "rules.publish")
    with writing():
        actions.publish(version, by=actor, at=now(), version=form.seen_version)
    return done(N_("Regelverket er publisert."), pot, year, number)


def _step_page(template: str, version: RuleVersion, form: ConfirmForm, endpoint: str) -> tuple[str, int]:
    offers = judgement.offers(
        version, current_actor(), local_date(now()), queries.regulation_steps([version.id])[version.id]
    )
    offer = next(each for each in offers if each.endpoint == endpoint)
    return render_template(template, version=version, rules=from_data(version.content), form=form, offer=offer), code()


def _empty(pot: Pot) -> Rules:
    purpose = Words(pot.scheme.purpose_nb, pot.scheme.purpose_nn)
    return Rules(Words(pot.name_nb, pot.name_nn), purpose, Words("", ""))
