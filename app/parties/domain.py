"""Kinds of organisation, and the life of a bank account."""

from app.values.language import N_, Worded


class Kind(Worded):
    """What an organisation is; one organisation can be two (Oslo is municipality and county)."""

    MUNICIPALITY = "municipality", N_("kommune")
    COUNTY = "county", N_("fylkeskommune")
    HEALTH_TRUST = "health_trust", N_("helseforetak")
    PRACTICE = "practice", N_("legekontor")
    COMPANY = "company", N_("foretak")
    AGENCY = "agency", N_("statlig virksomhet")
