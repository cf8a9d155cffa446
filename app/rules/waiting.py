"""What waits for a person in this room: rules to finish, approve and publish, calls to announce."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.flow import Offer, Reason, Waiting
from app.rules import judgement, queries
from app.rules.domain import Steps, Words
from app.rules.models import RuleVersion
from app.rules.workflow import CallStep, RulesStatus, RulesStep, Writing
from app.values.clock import local_date
from app.values.language import N_

_VERBS = {
    RulesStep.APPROVE: N_("Godkjenn regelverk"),
    RulesStep.PUBLISH: N_("Publiser regelverk"),
    Writing.GAZETTED: N_("Registrer kunngjøring i Norsk Lovtidend"),
    CallStep.PUBLISH: N_("Kunngjør utlysning"),
}


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    del at
    concerned = any(map(actor.may, (Permission.DRAFT_RULES, Permission.APPROVE_RULES, Permission.PUBLISH)))
    return queries.any_open() if concerned else sa.false()


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """One for each version and call; the steps are those their own pages offer. Two reads."""
    if not any(map(actor.may, (Permission.DRAFT_RULES, Permission.APPROVE_RULES, Permission.PUBLISH))):
        return []
    return [*_rules(actor, local_date(at)), *_calls(actor, at)]


def _rules(actor: Actor, today: date) -> Iterator[Waiting]:
    versions = queries.unpublished()
    steps = queries.regulation_steps([each.id for each in versions if judgement.is_regulation(each)])
    for version in versions:
        pot = Words(version.pot.name_nb, version.pot.name_nn)
        facts = {"pot": pot, "year": version.year, "number": version.number}
        told = Reason(N_("%(pot)s %(year)s, versjon %(number)s"), facts)
        told_of = steps.get(version.id, {})
        offers = judgement.offers(version, actor, today, told_of)
        if _to_finish(version, actor, told_of):
            yield Waiting(N_("Gjør ferdig regelverk"), "rules.edit", offers[0].values, told=told)
        yield from _open(offers, told)


def _to_finish(version: RuleVersion, actor: Actor, steps: Steps) -> bool:
    """A draft waits for who wrote it while it lacks something, or when its approver has sent it back."""
    if version.status is not RulesStatus.DRAFT or judgement.not_changeable(version, actor):
        return False
    people = version.standing().people
    sent_back = bool(people.get("approved"))
    return actor.id in people.get("drafted", ()) and (sent_back or bool(judgement.not_approvable(version, steps)))


def _calls(actor: Actor, at: datetime) -> Iterator[Waiting]:
    for call in queries.draft_calls():
        told = Reason("%(call)s", {"call": Words(call.title_nb, call.title_nn)})
        for each in _open(judgement.call_offers(call, actor, at), told):
            yield replace(each, due_on=call.opens_on)


def _open(offers: list[Offer], told: Reason) -> Iterator[Waiting]:
    for offer in offers:
        if offer.is_open and offer.step in _VERBS:
            yield Waiting(_VERBS[offer.step], offer.endpoint, offer.values, told=told)
