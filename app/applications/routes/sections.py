"""One page for each section: save, go on, and see both texts when somebody else saved meanwhile."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.access.queries import names
from app.applications import actions, queries
from app.applications.domain import (
    MOST_PARTNERS,
    Answers,
    Own,
    Partner,
    Partners,
    SectionFacts,
    rules_section,
    sections,
)
from app.applications.queries import Read
from app.applications.routes import bp
from app.applications.routes.own import own
from app.budget.queries import frame_of
from app.cases.workflow import Status
from app.db import writing
from app.db.clock import now
from app.flow import Stale
from app.intake import takes
from app.page_language import current_language
from app.parties.models import Party
from app.parties.queries import by_orgnr
from app.values.badvalue import BadValue
from app.values.clock import local_date
from app.values.dates import format_time
from app.values.identity import parse_orgnr
from app.values.language import N_
from forms.applications import (
    EMPTY_ROWS,
    BudgetForm,
    ContactForm,
    PartnersForm,
    ProjectForm,
    budget_data,
    budget_form,
    partners_form,
)
from forms.base import VersionedForm
from forms.differing import differing
from forms.from_rules import QuestionsForm, as_data, section_form


@bp.route("/soknad/<public_id>/del/<code>", methods=["GET", "POST"])
@takes(megabytes=4)
@needs(Permission.WRITE_OWN)
def section(public_id: str, code: str) -> Response | tuple[str, int]:
    """Write one section; incomplete is fine, unreadable is not."""
    found = own(public_id)
    if code not in dict(sections(found.rules)):
        abort(404)
    if found.case.status is not Status.DRAFT and request.method != "POST":
        return redirect(url_for("portal.case", public_id=public_id), 303)
    form = _form(found, code)
    facts = _facts(found, code, form) if form.validate_on_submit() else None
    if facts is None:
        return _page(found, code, form, 422 if form.is_submitted() else 200)
    actor, at = current_actor(), now()
    try:
        with writing():
            actions.save_section(found.case.id, facts, version=form.seen_version, by=actor, at=at)
    except Stale as stale:
        stale.conflict = _conflict(public_id, code, form)
        raise
    flash(gettext("Lagret %(time)s.", time=format_time(at)), "success")
    return redirect(_onward(found, code), 303)


def _page(found: Read, code: str, form: VersionedForm, status: int) -> tuple[str, int]:
    order = sections(found.rules)
    view = next(view for view in found.views if view.code == code)
    saved = queries.section(found.application.id, code)
    template = {each.value: each.value for each in Own}.get(code, "sporsmal")
    page = render_template(
        f"applications/sections/{template}.html",
        found=found,
        form=form,
        view=view,
        saved=saved,
        saved_by=names({saved.changed_by}).get(saved.changed_by) if saved else None,
        place_in=(nr := [each for each, _ in order].index(code) + 1, len(order)),
        following=order[nr][1] if nr < len(order) else None,
    )
    return page, status


def _onward(found: Read, code: str) -> str:
    """The next section after «save and go on», the same after «more lines», the task list otherwise."""
    public_id = found.case.public_id
    codes = [each for each, _ in sections(found.rules)]
    after = codes[codes.index(code) + 1 :]
    if request.form.get("go") == "more":
        return url_for("applications.section", public_id=public_id, code=code)
    if request.form.get("go") == "next" and after:
        return url_for("applications.section", public_id=public_id, code=after[0])
    return url_for("applications.tasks", public_id=public_id)


def _form(found: Read, code: str, *, stored: bool = False) -> Any:
    """The section's form: with what was posted, else with what is stored; `stored`: what is stored in any case."""
    version = found.saved.get(code, 0)
    given: dict[str, Any] = {"formdata": None} if stored else {}
    make: dict[str, Callable[[], Any]] = {
        Own.CONTACT.value: lambda: ContactForm(obj=found.whole.contact, data={"version": version}, **given),
        Own.PROJECT.value: lambda: _project(found, version, given),
        Own.BUDGET.value: lambda: _budget(found, version, given),
        Own.PARTNERS.value: lambda: _partners(found, version, given),
    }
    return make[code]() if code in make else _questions(found, code, version, given)


def _questions(found: Read, code: str, version: int, given: dict[str, Any]) -> QuestionsForm:
    asked = rules_section(found.rules, code)
    if asked is None:
        abort(404)
    cls = section_form(found.rule_version_id, asked, current_language())
    return cls(data={"version": version, **as_data(dict(found.whole.answers))}, **given)


def _project(found: Read, version: int, given: dict[str, Any]) -> ProjectForm:
    form = ProjectForm(obj=found.whole.project, data={"version": version}, **given)
    form.limit(found.case.year)
    return form


def _budget(found: Read, version: int, given: dict[str, Any]) -> BudgetForm:
    posted = sum(1 for name in request.form if name.startswith("amount_")) if not given else 0
    rows = max(posted, len(found.whole.budget.lines) + EMPTY_ROWS)
    cls = budget_form(found.rules.cost_types, rows, current_language())
    form = cls(data={"version": version, **budget_data(found.whole.budget)}, **given)
    frame = frame_of(found.call.pot_id, found.case.year)
    form.limit(frame.frame_ore if frame else None)
    return form


def _partners(found: Read, version: int, given: dict[str, Any]) -> PartnersForm:
    cls = partners_form(found.whole.partners.partners, local_date(now()))
    return cls(data={"version": version}, **given)


def _facts(found: Read, code: str, form: Any) -> SectionFacts | None:
    """What the form says; None when an organisation in it is not to be found."""
    if code == Own.PARTNERS:
        return _partners_of(found, form)
    facts: SectionFacts = Answers(code, form.answers()) if isinstance(form, QuestionsForm) else form.facts()
    return facts


def _partners_of(found: Read, form: PartnersForm) -> Partners | None:
    kept = form.kept()
    if not form.new.data:
        if form.new_intent.data:
            form.new.errors = [gettext("Skriv hvem intensjonserklæringen er fra.")]
            return None
        return Partners(kept)
    wrong, party = _look_up(form.new.data)
    if party is not None and party.id == found.case.party_id:
        wrong = N_("Dere er søker selv. Skriv bare de andre som deltar.")
    if party is not None and any(each.party_id == party.id for each in kept):
        wrong = N_("Virksomheten står allerede i listen.")
    if len(kept) >= MOST_PARTNERS:
        wrong = N_("Listen er full.")
    if wrong or party is None:
        form.new.errors = [gettext(wrong)]
        return None
    return Partners((*kept, Partner(party.id, form.new_intent.data)))


def _look_up(text: str) -> tuple[str, Party | None]:
    """The organisation somebody means, by number or by name; else why it was not found."""
    if any(sign.isdigit() for sign in text):
        try:
            party = by_orgnr(parse_orgnr(text))
        except BadValue as bad:
            return bad.words(gettext(bad.reason)), None
        return ("", party) if party else (N_("Vi finner ingen virksomhet med dette nummeret."), None)
    fitting = queries.organisations(text)
    if len(fitting) > 1:
        return N_("Flere har dette navnet. Skriv organisasjonsnummeret i stedet."), None
    if not fitting:
        return N_("Vi finner ingen virksomhet med dette navnet. Skriv organisasjonsnummeret i stedet."), None
    return "", fitting[0]


def _conflict(public_id: str, code: str, mine: Any) -> dict[str, Any]:
    """Both texts side by side: what this person wrote, and what somebody saved meanwhile."""
    found = own(public_id)
    saved = queries.section(found.application.id, code)
    theirs = _form(found, code, stored=True)
    return {
        "by": names({saved.changed_by}).get(saved.changed_by, "") if saved else "",
        "at": saved.changed_at if saved else now(),
        "version": saved.version if saved else 0,
        "action": url_for("applications.section", public_id=public_id, code=code),
        "fields": differing(mine, theirs),
    }
