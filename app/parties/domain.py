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
    """

    masked: str
    is_new: bool

    @property
    def words(self) -> str:
        """What they are told, as a bokmål msgid with `account`."""
        if self.is_new:
            return N_("Kontonummer dere oppga: %(account)s (nytt). Vi ringer dere for å bekrefte det før vi betaler.")
        return N_("Vi betaler til kontonummer %(account)s.")
