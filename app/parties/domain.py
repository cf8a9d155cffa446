"""Kinds of organisation, and the life of a bank account."""

from dataclasses import dataclass

from app.values.language import N_, Worded


class Kind(Worded):
    """What an organisation is; one organisation can be two (Oslo is municipality and county)."""

    MUNICIPALITY = "municipality", N_("kommune")
    COUNTY = "county", N_("fylkeskommune")
    HEALTH_TRUST = "health_trust", N_("helseforetak")
    PRACTICE = "practice", N_("legekontor")
    COMPANY = "company", N_("foretak")
    AGENCY = "agency", N_("statlig virksomhet")


@dataclass(frozen=True)
class PaidTo:
    """The number an organisation's money goes to, as its own people are told of it: masked, the one given last.

    `is_new`: another than the one that was known, and nobody has rung them back about it yet, so nothing goes to it.
    `is_rejected`: the bank has refused it, so nothing goes to it before they give another or are rung about it.
    `is_closed`: it was wrong when they were rung.
    """

    masked: str
    is_new: bool
    is_rejected: bool = False
    is_closed: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether they must give another."""
        return self.is_rejected or self.is_closed

    @property
    def words(self) -> str:
        """What they are told, as a bokmål msgid with `account`."""
        if self.is_closed:
            return N_("Kontonummer %(account)s var feil da vi ringte dere. Gi oss et nytt, så vi kan betale.")
        if self.is_rejected:
            return N_("Banken avviste kontonummer %(account)s. Gi oss et nytt, så vi kan betale.")
        if self.is_new:
            return N_("Kontonummer dere oppga: %(account)s (nytt). Vi ringer dere for å bekrefte det før vi betaler.")
        return N_("Vi betaler til kontonummer %(account)s.")
