"""Rules that are a regulation («forskrift»): heard before they are approved, and in Norsk Lovtidend before they hold.

Forvaltningsloven §§ 37–39, as domain J.1.6 asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.flow.domain import Reason
from app.values.language import N_, Worded


class RegulationStep(Worded):
    """What is registered of a regulation on its way, in order; a hearing may be left out with a reason."""

    HEARING = "hearing", N_("Sendt på høring")
    HEARD = "heard", N_("Høringen er oppsummert")
    NO_HEARING = "no_hearing", N_("Uten høring")
    GAZETTED = "gazetted", N_("Kunngjort i Norsk Lovtidend")


@dataclass(frozen=True)
class Told:
    """What is registered of one step: the local date it happened, the last day for answers, where, and in words."""

    step: RegulationStep
    on: date
    until_on: date | None = None
    reference: str = ""
    words: str = ""


Steps = Mapping[RegulationStep, Told]


def why_not_tell(told: Told, before: Steps, approved_on: date | None, today: date) -> list[Reason]:
    """Why this cannot be registered, each at its field; `approved_on` None while the rules are a draft."""
    reasons = []
    if told.on > today:
        reasons.append(Reason(N_("Datoen kan ikke være fram i tid."), of="on"))
    if told.step is RegulationStep.HEARING and (told.until_on is None or told.until_on <= told.on):
        reasons.append(Reason(N_("Fristen må være etter at saken ble sendt på høring."), of="until_on"))
    if told.step is RegulationStep.HEARD:
        hearing = before.get(RegulationStep.HEARING)
        if hearing is None or hearing.until_on is None:
            reasons.append(Reason(N_("Registrer først når saken ble sendt på høring.")))
        elif told.on <= hearing.until_on:
            words = N_("Høringsfristen er %(until_on)s. Svarene oppsummeres etter den.")
            reasons.append(Reason(words, {"until_on": hearing.until_on}, of="on"))
    if told.step is RegulationStep.GAZETTED and approved_on is not None and told.on < approved_on:
        words = N_("Regelverket ble godkjent %(approved_on)s. Kunngjøringen kan ikke være eldre.")
        reasons.append(Reason(words, {"approved_on": approved_on}, of="on"))
    return reasons


def not_heard(steps: Steps) -> list[Reason]:
    """Why a regulation cannot be approved yet (forvaltningsloven § 37)."""
    hearing, heard = steps.get(RegulationStep.HEARING), steps.get(RegulationStep.HEARD)
    if RegulationStep.NO_HEARING in steps:
        return []
    if hearing is None:
        return [Reason(N_("Forskriften er ikke sendt på høring. Registrer høringen, eller hvorfor den er utelatt."))]
    if heard is None or hearing.until_on is None or heard.on <= hearing.until_on:
        return [Reason(N_("Høringen er ikke oppsummert."))]
    return []


def not_gazetted(steps: Steps, from_on: date, approved_on: date | None) -> list[Reason]:
    """Why a regulation cannot be published here yet: nobody is bound before Norsk Lovtidend (§§ 38 and 39)."""
    gazetted = steps.get(RegulationStep.GAZETTED)
    if gazetted is None or (approved_on is not None and gazetted.on < approved_on):
        return [Reason(N_("Forskriften er ikke kunngjort i Norsk Lovtidend."))]
    if from_on < gazetted.on:
        words = N_(
            "Forskriften gjelder fra %(from_on)s, men ble kunngjort %(on)s. Lag en ny versjon med en senere dag."
        )
        return [Reason(words, {"from_on": from_on, "on": gazetted.on})]
    return []
