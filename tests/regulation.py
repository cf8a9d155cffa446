"""Rules taken from draft to published in a test at one moment, with the steps a regulation takes on the way."""

from datetime import datetime

from app.access.domain import Actor
from app.rules import actions
from app.rules.domain import RegulationStep, Told
from app.rules.judgement import is_regulation
from app.rules.models import RuleVersion
from app.values.clock import local_date


def publish(version: RuleVersion, *, writer: Actor, approver: Actor, at: datetime) -> None:
    """Approve by another and publish; a regulation is said not to need a hearing, and is gazetted that day."""
    today = local_date(at)
    if is_regulation(version):
        unheard = Told(RegulationStep.NO_HEARING, today, words="Endringen er varslet i en tidligere høring.")
        actions.tell_step(version, unheard, by=writer, at=at, version=version.version)
    actions.approve(version, "Fullmakt", by=approver, at=at, version=version.version)
    if is_regulation(version):
        gazetted = Told(RegulationStep.GAZETTED, today, reference=f"FOR-{today}-1")
        actions.tell_step(version, gazetted, by=writer, at=at, version=version.version)
    actions.publish(version, by=writer, at=at, version=version.version)
