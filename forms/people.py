"""What an administrator writes about people, and choosing a password."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from wtforms import PasswordField
from wtforms.fields import RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from app.access.domain import INSIDE, OUTSIDE, Role
from app.flow.domain import Reason
from app.people.domain import (
    HIGHEST_LIMIT_ORE,
    LONGEST,
    SHORTEST,
    Authority,
    NewPerson,
    PersonFacts,
    easy_to_guess,
    why_not_from,
    why_not_to,
)
from app.values.language import N_
from forms.applications import Shaped
from forms.base import BaseForm, CreatingForm, Required, VersionedForm
from forms.fields import JUDGED, EmailField, KronerField, LocalDateField, NumberText, PlainText

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_PHONE = re.compile(r"\+?[0-9][0-9 ]{4,18}")


def _refuse(reasons: Sequence[Reason]) -> None:
    """Say the first reason at the field that is being judged."""
    if reasons:
        raise ValidationError(reasons[0])


def _key(chosen: str | int | None) -> int | None:
    """The key as it was posted, or as it is stored."""
    return int(chosen) if chosen and str(chosen).isdecimal() else None


class DetailsForm(BaseForm):
    """Name, how to reach the person, and who leads them."""

    name = PlainText(N_("Navn"), [Required(N_("Skriv navnet."))], longest=120)
    title = PlainText(N_("Stilling"), longest=120)
    email = EmailField(N_("E-post"))
    phone = NumberText(
        N_("Telefon"), [Shaped(_PHONE, N_("Skriv telefonnummeret med tall, for eksempel 22 33 44 55."))], longest=30
    )
    superior_id = SelectField(N_("Nærmeste leder"), coerce=_key, description=N_("Fullmakter følger linjen oppover."))

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        """Those to choose a superior among, as (key, name)."""
        none = SelectChoice("", self.superior_id.gettext(N_("Ingen")))
        self.superior_id.choices = [none, *(SelectChoice(str(key), name) for key, name in people)]

    def facts(self) -> PersonFacts:
        """What was written; blank is the empty text."""
        return PersonFacts(
            self.name.data or "", self.title.data or "", self.email.data or "", self.phone.data or "",
            self.superior_id.data,
        )  # fmt: skip


class PersonForm(DetailsForm, VersionedForm):
    """Details of a person who is there."""


class NewPersonForm(DetailsForm, CreatingForm):
    """A person to be."""

    username = PlainText(
        N_("Brukernavn"),
        [
            Required(N_("Skriv et brukernavn.")),
            Shaped(_USERNAME, N_("Bruk små bokstaver a–z, tall, punktum og bindestrek, minst to tegn.")),
        ],
        description=N_("Små bokstaver a–z, tall, punktum og bindestrek. Det kan ikke endres senere."),
        longest=40,
    )
    roles = SelectMultipleField(
        N_("Roller i direktoratet"),
        choices=[SelectChoice(role.value, role.word) for role in INSIDE],
        description=N_("La stå tomt for en som skal ha tilgang for en organisasjon."),
    )

    def validate_roles(self, field: SelectMultipleField) -> None:
        """Budget authority and finance are never in one person (domain J.1.10)."""
        if {Role.DECIDER.value, Role.FINANCE.value} <= set(field.data or []):
            raise ValidationError(N_("Leder med BDM kan ikke også være økonomi."))

    def whole(self) -> NewPerson:
        """The person with user name and first roles."""
        return NewPerson(self.username.data or "", self.facts(), tuple(Role(code) for code in self.roles.data or []))


class RoleForm(BaseForm):
    """One role to give."""

    role = SelectField(
        N_("Ny rolle"), choices=[SelectChoice(role.value, role.word) for role in INSIDE], validators=[Required()]
    )

    def offer(self, roles: Iterable[Role]) -> None:
        """The roles to choose among: those that can be given."""
        self.role.choices = [SelectChoice(role.value, role.word) for role in roles]

    def facts(self) -> Role:
        """The role."""
        return Role(self.role.data)


class MembershipForm(BaseForm):
    """A role for one organisation, or for one pilot area."""

    role = RadioField(
        N_("Tilgang"),
        choices=[SelectChoice(role.value, role.word) for role in OUTSIDE],
        validators=[Required(N_("Velg hva personen skal kunne."))],
    )
    party = PlainText(
        N_("Organisasjon"),
        description=N_("Organisasjonsnummer, eller begynnelsen av navnet."),
        longest=120,
        printed=False,
    )
    area = SelectField(N_("Utprøvingsområde"), coerce=_key)

    def offer(self, areas: Sequence[tuple[int, str]]) -> None:
        """The pilot areas, as (key, name)."""
        none = SelectChoice("", self.area.gettext(N_("Ingen")))
        self.area.choices = [none, *(SelectChoice(str(key), name) for key, name in areas)]

    @property
    def for_area(self) -> bool:
        """Whether the role is held for a pilot area."""
        return bool(self.role.data == Role.COORDINATOR.value)

    def validate_party(self, field: PlainText) -> None:
        """An organisation, unless it is for an area."""
        if self.role.data and not self.for_area and not field.data:
            raise ValidationError(N_("Skriv organisasjonsnummeret eller navnet."))

    def validate_area(self, field: SelectField) -> None:
        """An area, when the role is for one."""
        if self.for_area and field.data is None:
            raise ValidationError(N_("Velg utprøvingsområdet."))


class AuthorityForm(CreatingForm):
    """Budget authority as it stands in the written paper (domain C.3). `today` is the local day it is registered."""

    today: date
    giver = SelectField(
        N_("Gitt av"),
        coerce=_key,
        validators=[Required(N_("Velg hvem som har gitt fullmakten."))],
        description=N_("En leder over mottakeren i linjen."),
    )
    from_on = LocalDateField(N_("Fra og med"), [Required(N_("Skriv datoen fullmakten gjelder fra."))], days=JUDGED)
    to_on = LocalDateField(N_("Til og med"), [Required(N_("Skriv datoen fullmakten gjelder til."))], days=JUDGED)
    limit_ore = KronerField(
        N_("Grense for hvert vedtak"),
        [Required(N_("Skriv beløpsgrensen."))],
        least_ore=1_00,
        most_ore=HIGHEST_LIMIT_ORE,
    )
    reference = PlainText(
        N_("Referanse"),
        [Required(N_("Skriv hvor den skriftlige fullmakten finnes."))],
        description=N_("Hvor den skriftlige fullmakten finnes, for eksempel et saksnummer i arkivet."),
        longest=200,
        printed=False,
    )

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        """Those who may have given it, as (key, name)."""
        none = SelectChoice("", self.giver.gettext(N_("Velg person")))
        self.giver.choices = [none, *(SelectChoice(str(key), name) for key, name in people)]

    def validate_from_on(self, field: LocalDateField) -> None:
        """No mistyped year."""
        _refuse(why_not_from(field.data, self.today) if field.data else [])

    def validate_to_on(self, field: LocalDateField) -> None:
        """In order, not over, and not for ever."""
        start: date | None = self.from_on.data
        _refuse(why_not_to(start, field.data, self.today) if start and field.data else [])

    def facts(self) -> Authority:
        """What the paper says."""
        giver, start, end, limit = self.giver.data, self.from_on.data, self.to_on.data, self.limit_ore.data
        if giver is None or start is None or end is None or limit is None:
            raise ValueError("the form did not validate")
        return Authority(giver, start, end, limit, self.reference.data or "")


NOBODY = "ingen"


class EndForm(BaseForm):
    """Who takes the open cases over; nobody yet is an answer too, but not one that is given by silence."""

    receiver = SelectField(N_("Hvem overtar de åpne sakene?"))
    has_cases = False

    def offer(self, colleagues: Sequence[tuple[int, str]], usual: int | None, has_cases: bool) -> None:
        """Those who can have cases, as (key, name), and whom of them is suggested."""
        self.has_cases = self.receiver.flags.required = has_cases
        if not has_cases:
            del self["receiver"]
            return
        self.receiver.choices = [
            SelectChoice("", self.receiver.gettext(N_("Velg person"))),
            SelectChoice(NOBODY, self.receiver.gettext(N_("Ingen ennå – fagansvarlig fordeler dem"))),
            *(SelectChoice(str(key), name) for key, name in colleagues),
        ]
        if not self.is_submitted():
            self.receiver.data = "" if usual is None else str(usual)

    def validate_receiver(self, field: SelectField) -> None:
        """Where there are cases, somebody says where they go."""
        if self.has_cases and not field.data:
            raise ValidationError(N_("Velg hvem som overtar sakene, eller at ingen gjør det ennå."))

    @property
    def receiver_id(self) -> int | None:
        """The colleague's key; None for nobody."""
        return _key(self.receiver.data) if "receiver" in self else None


class PasswordForm(BaseForm):
    """A new password: long, and not one that everybody tries (OWASP ASVS 4.0.3, 2.1). Anything may be pasted."""

    # Named so that no page and no log that shows what was sent shows this.
    new_password = PasswordField(
        N_("Nytt passord"),
        validators=[Required(N_("Skriv et nytt passord."))],
        description=N_("Minst 12 tegn. Fire tilfeldige ord med mellomrom er lett å huske og vanskelig å gjette."),
    )
    about: Sequence[str] = ()

    def validate_new_password(self, field: PasswordField) -> None:
        """Length first; then the lists. `about`: the person's own names, which others know."""
        # Blanks in a row count as one (OWASP ASVS 4.0.3, 2.1.1); what is stored is the whole of it.
        signs = len(re.sub(r"\s+", " ", field.data or ""))
        if signs < SHORTEST:
            raise ValidationError(N_("Passordet er for kort. Skriv minst 12 tegn."))
        if len(field.data or "") > LONGEST:
            raise ValidationError(N_("Passordet er for langt. Skriv høyst 128 tegn."))
        if any(unicodedata.category(sign) == "Cc" for sign in field.data):
            raise ValidationError(N_("Passordet har et tegn som ikke kan skrives igjen. Velg et annet passord."))
        if easy_to_guess(field.data, self.about):
            raise ValidationError(N_("Passordet er lett å gjette. Velg et annet, for eksempel fire tilfeldige ord."))


class OwnPasswordForm(PasswordForm):
    """Changing one's own: the old one is asked for."""

    old_password = PasswordField(N_("Passordet du har nå"), validators=[Required(N_("Skriv passordet du har nå."))])
    asked_last = ("new_password",)
