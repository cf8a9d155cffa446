"""The dated steps of rules that are a regulation: heard, summed up, and in Norsk Lovtidend."""

from flask import abort, render_template, request

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.db import writing
from app.db.clock import now
from app.flow import Refused
from app.rules import actions, judgement
from app.rules.domain import RegulationStep
from app.rules.routes.blueprint import VERSION, Answer, bp, code, done
from app.rules.routes.blueprint import found as find
from app.rules.workflow import Writing
from app.values.language import N_
from forms.rule_regulation import FORMS


@bp.route(VERSION + "/forskrift/<step>", methods=["GET", "POST"])
@needs(Permission.READ_CASES, post=(Permission.DRAFT_RULES,))
def tell(pot: str, year: int, number: int, step: str) -> Answer:
    """Register one step; told again, the newer counts."""
    if step not in {each.value for each in RegulationStep}:
        abort(404)
    wanted, version, actor = RegulationStep(step), find(pot, year, number), current_actor()
    shut = judgement.not_tellable(version, wanted, actor)
    form = FORMS[wanted](data={"version": version.version})
    form.limit(version.year)

    def drawn() -> tuple[str, int]:
        page = render_template("rules/tell.html", version=version, form=form, step=Writing(step), shut=shut)
        return page, code()

    if shut and request.method == "POST":
        raise Refused(shut)
    if not form.validate_on_submit():
        return drawn()
    try:
        with writing():
            actions.tell_step(version, form.told(wanted), by=actor, at=now(), version=form.seen_version)
    except Refused as refused:
        for each in refused.reasons:
            field = form[each.of if each.of in form else "on"]
            field.errors = [*field.errors, each]
        version = find(pot, year, number)
        return drawn()
    return done(N_("Registrert."), pot, year, number)
