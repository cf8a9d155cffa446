"""Who has a case, and impartiality."""

from collections.abc import Sequence

from wtforms.fields import RadioField, SelectChoice, SelectField, SelectMultipleField

from app.cases.domain import Impartiality
from app.values.language import N_
from forms.base import BaseForm, Required, RequiredWhen, VersionedForm
from forms.fields import MultilineText, PlainText

WHY = N_("Skriv kort hvorfor du er inhabil eller i tvil. Dette ser bare kolleger.")


def _answer(code: str | None) -> Impartiality | None:
    return Impartiality(code) if code else None


_NOT_IMPARTIAL = RequiredWhen(
    lambda form: _answer(form["answer"].data) not in (None, Impartiality.IMPARTIAL), N_("Skriv kort hvorfor.")
)
WITH_EXCEPTIONS = RequiredWhen(lambda form: bool(form["exceptions"].data), N_("Skriv kort hvorfor."))


def _choices(pairs: Sequence[tuple[int, str]]) -> list[SelectChoice]:
    return [SelectChoice(key, words) for key, words in pairs]


class DeclareForm(BaseForm):
    """One's own answer on one case (forvaltningsloven §§ 6–10)."""

    answer = RadioField(
        N_("Er du habil i saken?"),
        choices=[SelectChoice(each.value, each.word) for each in Impartiality],
        validators=[Required(N_("Velg et svar."))],
    )
    reason = MultilineText(N_("Hvorfor"), [_NOT_IMPARTIAL], description=WHY, longest=1000, printed=False)

    def offer(self, answers: Sequence[Impartiality]) -> None:
        """The answers to show: a page offers those that change something, and the action judges what was sent."""
        self.answer.choices = [SelectChoice(each.value, each.word) for each in answers]

    def facts(self) -> tuple[Impartiality, str]:
        """The answer and its reason."""
        return Impartiality(self.answer.data), self.reason.data or ""


class RoundForm(BaseForm):
    """One's answer for a whole round: impartial in all but the ticked (domain J.1.4). Choices are the cases.

    `shown`: the numbers of the cases that stood on the page.
    """

    shown = SelectMultipleField(N_("Saker"), validate_choice=False)
    exceptions = SelectMultipleField(N_("Søkere jeg ikke er habil overfor, eller er i tvil om"), coerce=int)
    answer = RadioField(
        N_("For dem jeg har krysset av"),
        choices=[SelectChoice(each.value, each.word) for each in (Impartiality.PARTIAL, Impartiality.IN_DOUBT)],
        default=Impartiality.PARTIAL.value,
    )
    reason = MultilineText(N_("Hvorfor"), [WITH_EXCEPTIONS], description=WHY, longest=1000, printed=False)

    def offer(self, cases: Sequence[tuple[int, str]]) -> None:
        """The cases to tick, as (key, words)."""
        self.exceptions.choices = _choices(cases)

    def facts(self) -> tuple[list[str], dict[int, Impartiality], str]:
        """The numbers of the cases shown, the answer for each exception by case key, and the reason."""
        answer = Impartiality(self.answer.data)
        ticked = {int(case_id): answer for case_id in self.exceptions.data or []}
        return list(self.shown.data or []), ticked, self.reason.data or ""


class DistributeForm(VersionedForm):
    """Whom the case goes to; choices are the colleagues."""

    officer = RadioField(
        N_("Hvem skal ha saken?"), coerce=int, validators=[Required(N_("Velg en saksbehandler."))], validate_choice=True
    )

    def offer(self, colleagues: Sequence[tuple[int, str]]) -> None:
        """The colleagues to choose among, as (key, name)."""
        self.officer.choices = _choices(colleagues)

    def facts(self) -> int:
        """The key of the chosen colleague."""
        return int(self.officer.data)


class TitleForm(VersionedForm):
    """The name of the project, corrected."""

    title = PlainText(N_("Navn på prosjektet"), [Required()], longest=120)
    reason = MultilineText(
        N_("Hvorfor rettes det?"),
        [Required()],
        longest=1000,
        printed=False,
        description=N_("Søkeren ser begge navnene og grunnen."),
    )

    def facts(self) -> tuple[str, str]:
        """The new name and the reason."""
        return self.title.data or "", self.reason.data or ""


class SettleForm(VersionedForm):
    """The leader's word on a colleague's impartiality (forvaltningsloven § 8); the version: the newest answer seen."""

    person = SelectField(N_("Hvem gjelder det?"), coerce=int, validators=[Required()])
    answer = RadioField(
        N_("Avgjørelse"),
        choices=[
            SelectChoice(Impartiality.IMPARTIAL.value, N_("Habil: kan arbeide med saken")),
            SelectChoice(Impartiality.PARTIAL.value, N_("Inhabil: skal ikke arbeide med saken")),
        ],
        validators=[Required(N_("Velg et svar."))],
    )
    reason = MultilineText(
        N_("Begrunnelse"), validators=[Required(N_("Skriv kort hvorfor."))], longest=1000, printed=False
    )

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        """Those it can be about, as (key, name)."""
        self.person.choices = _choices(people)

    def facts(self) -> tuple[int, Impartiality, str]:
        """Whom it is about, the answer and its reason."""
        return int(self.person.data), Impartiality(self.answer.data), self.reason.data or ""
