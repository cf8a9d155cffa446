"""Tell those it concerns that the rules change, once they are published and before they hold (domain J.1.6)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.cases.models import Case
from app.compensation import queries
from app.compensation.domain.changes import changed
from app.compensation.letter_facts import language_of
from app.compensation.models import GpAgreement, GpTerms
from app.compensation.queries import Standing
from app.compensation.queries.closing import address_of
from app.compensation.queries.terms import Coming
from app.db import db
from app.dispatch.actions import queue_notices
from app.dispatch.domain import Notice
from app.dispatch.words import say
from app.rules.domain import RegulationStep, Rules
from app.rules.queries import published_line, regulation_steps, rules_of
from app.summaries.domain import Unit, shown
from app.values.language import N_

_SUBJECT = N_("Nytt regelverk for kompensasjon til fastleger fra %(from_on)s")
_REACHED = N_("Regelverket endres fra %(from_on)s. Endringen gjelder avtalen deres for %(gp)s.")
_KEPT = N_(
    "Regelverket endres fra %(from_on)s. Avtalen deres for %(gp)s beholder vilkårene den har. "
    "Vil dere ha de nye vilkårene, kan dere signere dem under «Krav om kompensasjon»."
)
_AREA = N_("Regelverket endres fra %(from_on)s. Legekontorene i %(area)s har fått beskjed.")
_GAZETTED = N_("Forskriften er kunngjort i Norsk Lovtidend: %(reference)s.")
_BEFORE = N_("Krav for dager før %(from_on)s følger vilkårene som gjelder nå.")
_WHAT = N_("Dette endres:")
_CHANGE = N_("– %(what)s: fra %(present)s til %(planned)s")


def announce(each: Coming, most: int, *, at: datetime) -> int:
    """Tell the payees of at most so many agreements, and when all are told the areas; gives how many were told."""
    line = published_line(each.version.pot_id)
    before = [key for key, on in line if on < each.from_on]
    asked = queries.untold(each, before, most)
    standings = queries.standings_on([case.id for _, case in asked])
    notices = [_to_payee(each, agreement, case, standings[case.id], at) for agreement, case in asked]
    if not asked:
        earlier = rules_of(before[-1]) if before else None
        for key, area, host, email in queries.coordinators_untold(each) if before else ():
            language = language_of(host)
            told = [say(language, _AREA, from_on=each.from_on, area=area.name)]
            body = "\n\n".join(told + _words(each, earlier, language))
            subject = say(language, _SUBJECT, from_on=each.from_on)
            notices.append(Notice(key, None, None, "rules_change", email, language, subject, body))
    if notices:
        queue_notices(notices, at=at)
    return len(notices)


def _to_payee(each: Coming, agreement: GpAgreement, case: Case, standing: Standing, at: datetime) -> Notice:
    reached = any(held.version_id == each.version.id for held in standing.held)
    own = standing.rules_on(each.from_on - timedelta(days=1))
    terms = GpTerms(agreement_id=agreement.id, rule_version_id=each.version.id, reached=reached, told_at=at)
    db.session.add(terms)
    language = language_of(case.party)
    told = say(language, _REACHED if reached else _KEPT, from_on=each.from_on, gp=agreement.gp_name)
    return Notice(
        key=f"rules:{each.version.id}:agreement:{agreement.id}",
        case_id=case.id if case.number else None,
        party_id=agreement.payee_id,
        kind="rules_change",
        address=address_of(case.party, agreement.signed_by),
        language=language,
        subject=say(language, _SUBJECT, from_on=each.from_on),
        body="\n\n".join([told, *_words(each, own, language)]),
    )


def _words(each: Coming, earlier: Rules | None, language: str) -> list[str]:
    """What is changed, where a regulation is gazetted, and what holds until then."""
    said = _changes(earlier, rules_of(each.version.id), language)
    gazetted = regulation_steps([each.version.id])[each.version.id].get(RegulationStep.GAZETTED)
    if gazetted is not None:
        said.append(say(language, _GAZETTED, reference=gazetted.reference))
    return [*said, say(language, _BEFORE, from_on=each.from_on)]


def _changes(earlier: Rules | None, rules: Rules, language: str) -> list[str]:
    found: Sequence[str] = [
        say(
            language,
            _CHANGE,
            what=each.name.in_(language),
            present=shown(each.present, Unit.TEXT, language),
            planned=shown(each.planned, Unit.TEXT, language),
        )
        for each in changed(earlier, rules)
    ]
    return ["\n".join([say(language, _WHAT), *found])] if found else []
