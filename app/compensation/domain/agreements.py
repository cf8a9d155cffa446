"""What an agreement says, and why it cannot (domain B.2). Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.flow.domain import Reason
from app.values.bounds import agreement_ends, signed_days
from app.values.language import N_, Worded


class Employment(Worded):
    """Who the GP works for, which decides who is paid (domain B.2)."""

    SELF_EMPLOYED = "self_employed", N_("Selvstendig næringsdrivende")
    SALARIED = "salaried", N_("Fastlønnet i kommunen")


class PauseCause(Worded):
    """Why an agreement rests."""

    LEAVE = "leave", N_("Permisjon")
    SUBSTITUTE = "substitute", N_("Vikar på listen")
    OTHER = "other", N_("Annet")


@dataclass(frozen=True)
class AgreementFacts:
    """What an agreement says; `cap_ore` for its whole life. `employment` None: the payee tells who the GP works for."""

    pot_code: str
    gp_name: str
    hpr_no: str
    payee_orgnr: str
    account_no: str
    area_public_id: str
    from_on: date
    to_on: date
    cap_ore: int
    signed_on: date
    de_minimis_declared: bool
    impartial: bool
    employment: Employment | None = None


@dataclass(frozen=True)
class Terms:
    """What the published rules of a year say about agreements; `cap_ore` None where they set no cap.

    `units_ore`: what all units of all prices give, which then is the most.
    """

    pot_code: str
    year: int
    cap_ore: int | None
    units_ore: int = 0

    @property
    def most_ore(self) -> int:
        """The cap of an agreement that is asked for."""
        return self.cap_ore or self.units_ore


@dataclass(frozen=True)
class AskedFacts:
    """What whoever asks for an agreement says: the practice or its area, on a form or in a row of a file."""

    gp_name: str
    hpr_no: str
    employment: Employment
    payee_orgnr: str
    area_public_id: str
    from_on: date
    to_on: date


def terms_of(year: int, terms: Sequence[Terms]) -> Terms | None:
    """The terms of an agreement that begins in this year, where there are rules for it."""
    return next((each for each in terms if each.year == year), None)


def agreement_asked(
    asked: AskedFacts, terms: Sequence[Terms], today: date, *, account_no: str = "", de_minimis: bool = False
) -> AgreementFacts:
    """The agreement that is asked for: its pot and its cap are the rules' own."""
    own = terms_of(asked.from_on.year, terms)
    return AgreementFacts(
        pot_code=own.pot_code if own else "",
        gp_name=asked.gp_name,
        hpr_no=asked.hpr_no,
        payee_orgnr=asked.payee_orgnr,
        account_no=account_no,
        area_public_id=asked.area_public_id,
        from_on=asked.from_on,
        to_on=asked.to_on,
        cap_ore=own.most_ore if own else 0,
        signed_on=today,
        de_minimis_declared=de_minimis,
        impartial=True,
        employment=asked.employment,
    )


def why_not_agree(facts: AgreementFacts, terms: Terms | None, today: date) -> dict[str, Reason]:
    """Why an agreement cannot say this, by what is wrong in it; `terms` are those of the year it begins, if any."""
    wrong = {}
    if terms is None:
        wrong["from_on"] = Reason(N_("Det er ikke publisert noe regelverk for det året avtalen begynner."))
    year = terms.year if terms else facts.from_on.year
    if facts.from_on > facts.to_on:
        wrong["to_on"] = Reason(N_("Avtalen slutter før den begynner."))
    elif facts.to_on > (last := agreement_ends(year).last):
        wrong["to_on"] = Reason(N_("Avtalen kan vare til og med %(last)s."), {"last": last})
    if facts.signed_on > today:
        wrong["signed_on"] = Reason(N_("Avtalen kan ikke være signert fram i tid."))
    elif facts.signed_on < (first := signed_days(year, today).first):
        wrong["signed_on"] = Reason(N_("Avtalen kan ikke være signert før %(first)s."), {"first": first})
    if terms and terms.cap_ore is not None and facts.cap_ore > terms.cap_ore:
        wrong["cap"] = Reason(N_("Taket kan være høyst %(cap_ore)s, som i regelverket."), {"cap_ore": terms.cap_ore})
    return wrong


def why_not_from(on: date, from_on: date, last_on: date) -> list[Reason]:
    """Why an agreement of these days cannot end, or begin to rest, on the day `on`."""
    if from_on <= on <= last_on:
        return []
    text = N_("Datoen må ligge innenfor avtalen, %(from_on)s til %(to_on)s.")
    return [Reason(text, {"from_on": from_on, "to_on": last_on}, of="on")]
