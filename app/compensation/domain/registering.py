"""A row of an imported file read as an agreement that a practice is to sign. Plain Python: what it says is judged where
every agreement is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.compensation.domain.agreements import AskedFacts, Employment
from app.compensation.domain.importing import HPR
from app.flow.domain import Reason
from app.orders.domain import Heading, cells
from app.orders.domain.cells import cell
from app.values.badvalue import BadValue
from app.values.language import N_
from app.values.text import clean_code

NAME = Heading("navn", "Fastlegens navn", "Namnet på fastlegen", needed=True)
EMPLOYMENT = Heading("arbeidsforhold", "Arbeidsforhold", "Arbeidsforhold", needed=True)
PAYEE = Heading("orgnr", "Organisasjonsnummer", "Organisasjonsnummer", needed=True)
FROM = Heading("fra", "Avtalen gjelder fra", "Avtalen gjeld frå", needed=True)
TO = Heading("til", "Avtalen gjelder til", "Avtalen gjeld til", needed=True)
HEADINGS = (NAME, HPR, EMPLOYMENT, PAYEE, FROM, TO)

# In both forms of Norwegian, and by the first word alone.
_EMPLOYMENTS = {
    "selvstendig næringsdrivende": Employment.SELF_EMPLOYED,
    "sjølvstendig næringsdrivande": Employment.SELF_EMPLOYED,
    "selvstendig": Employment.SELF_EMPLOYED,
    "sjølvstendig": Employment.SELF_EMPLOYED,
    "næringsdrivende": Employment.SELF_EMPLOYED,
    "næringsdrivande": Employment.SELF_EMPLOYED,
    "fastlønnet i kommunen": Employment.SALARIED,
    "fastlønt i kommunen": Employment.SALARIED,
    "fastløna i kommunen": Employment.SALARIED,
    "fastlønnet": Employment.SALARIED,
    "fastlønt": Employment.SALARIED,
    "fastløna": Employment.SALARIED,
}


@dataclass(frozen=True)
class AskedRow:
    """What a row asks for; or why it cannot be read."""

    row_no: int
    facts: AskedFacts | None = None
    wrong: tuple[Reason, ...] = ()


def read(row_no: int, says: Mapping[str, str], area_public_id: str) -> AskedRow:
    """The row as an agreement in this area, or everything in it that cannot be read."""
    wrong: list[Reason] = []
    facts = AskedFacts(
        gp_name=cell(says, NAME, cells.line, "", wrong),
        hpr_no=cell(says, HPR, cells.hpr, "", wrong),
        employment=cell(says, EMPLOYMENT, _employment, Employment.SELF_EMPLOYED, wrong),
        payee_orgnr=cell(says, PAYEE, cells.orgnr, "", wrong),
        area_public_id=area_public_id,
        from_on=cell(says, FROM, cells.day, date.min, wrong),
        to_on=cell(says, TO, cells.day, date.min, wrong),
    )
    return AskedRow(row_no, None, tuple(wrong)) if wrong else AskedRow(row_no, facts)


def may_be_same_name(one: str, other: str) -> bool:
    """Whether two names may be the same person's: one has all the words of the other, in any order."""
    words, others = ({*re.findall(r"\w+", clean_code(name).casefold())} for name in (one, other))
    return words <= others or others <= words


def _employment(typed: str) -> Employment:
    found = _EMPLOYMENTS.get(clean_code(typed).casefold().rstrip("."))
    if found is None:
        raise BadValue("unknown", N_("Skriv «Selvstendig næringsdrivende» eller «Fastlønnet i kommunen»."))
    return found
