"""The officer's sheet, questions to the applicant, the recommendation and the decider's «do it again»."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext
from wtforms import Field, Form
from wtforms.fields import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import ValidationError

from app.assessments.domain import BackCause, Cut, Judged, Met, Outcome, Proposal, Scored, Sheet, Suggested
from app.rules.domain import Rules
from app.values.bounds import answer_days
from app.values.language import N_
from forms.base import Required, VersionedForm
from forms.fields import KronerField, LocalDateField, MultilineText, PlainText, WordedField

_NOTE = N_("Merknaden er intern, men parten kan få se faktiske opplysninger.")


class _Asked:
    """Marks a field that the domain asks for at the end; a half sheet may still be saved, a refusal has no purpose."""

    field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Nothing to refuse yet: `domain.missing` judges at «Ferdig vurdert»."""


class _OneOrNone:
    """One of the choices, or none of them yet: a half sheet may be saved."""

    def __call__(self, form: Form, field: Any) -> None:
        """Refuse what is no choice of the page."""
        if field.data and field.data not in {str(each.value) for each in field.iter_choices()}:
            raise ValidationError(gettext(N_("Velg et av svarene.")))


class SheetForm(VersionedForm):
    """The fields of one rule version and budget; made by `sheet_form`."""

    rules: ClassVar[Rules]
    lines: ClassVar[tuple[Cut, ...]]
    internal_note = MultilineText(N_("Intern merknad"), description=_NOTE, printed=False)

    def part(self, kind: str, code: object) -> Field:
        """The field of one requirement, criterion or budget line."""
        return self[f"{kind}_{code}"]

    asked_last = ("internal_note",)

    def row_of(self, field: Field) -> str:
        """The requirement, criterion or line of the budget, as short as they can be told apart."""
        kind, _, code = field.short_name.partition("_")
        if kind in ("met", "note"):
            point = next(each.point for each in self.rules.requirements if each.code == code)
            return str(gettext(N_("Regelverket punkt %(point)s"), point=point))
        if kind in ("points", "why"):
            return str(gettext(N_("Kriterium %(nr)s"), nr=[each.code for each in self.rules.criteria].index(code) + 1))
        if kind in ("cut", "cutwhy"):
            return str(gettext(N_("Linje %(nr)s"), nr=[str(line.position) for line in self.lines].index(code) + 1))
        return ""

    def facts(self, known: Mapping[str, Suggested]) -> Sheet:
        """The sheet as filled in, with the facts that the program showed beside it."""
        return Sheet(
            {
                r.code: Judged(
                    _met(self, r.code),
                    self.part("note", r.code).data,
                    known[r.code].fact if r.code in known else None,
                )
                for r in self.rules.requirements
            },
            {c.code: Scored(_points(self, c.code), self.part("why", c.code).data) for c in self.rules.criteria},
            tuple(
                replace(
                    line,
                    proposed_ore=self.part("cut", line.position).data or 0,
                    why=self.part("cutwhy", line.position).data,
                )
                for line in self.lines
            ),
            self.internal_note.data or "",
        )


def _met(form: SheetForm, code: str) -> Met | None:
    found: Any = form.part("met", code).data
    return Met(found) if found else None


def _points(form: SheetForm, code: str) -> int | None:
    found: Any = form.part("points", code).data
    return int(found) if found else None


def sheet_form(rules: Rules, lines: Sequence[Cut]) -> type[SheetForm]:
    """The form of these rules and these budget lines; what is proposed of them is typed anew."""
    fields: dict[str, Any] = {"rules": rules, "lines": tuple(lines)}
    for r in rules.requirements:
        choices = [SelectChoice(each.value, each.word) for each in Met]
        fields[f"met_{r.code}"] = _open(N_("Svar"), choices)
        fields[f"note_{r.code}"] = PlainText(N_("Merknad til kravet"), longest=1000)
    for c in rules.criteria:
        points = [SelectChoice(str(n), str(n)) for n in range(c.top + 1)]
        fields[f"points_{c.code}"] = _open(N_("Poeng"), points)
        fields[f"why_{c.code}"] = MultilineText(N_("Hvorfor"), validators=[_Asked()], longest=2000)
    for line in lines:
        fields[f"cut_{line.position}"] = KronerField(
            N_("Foreslått"), validators=[Required()], most_ore=line.applied_ore
        )
        fields[f"cutwhy_{line.position}"] = PlainText(N_("Hvorfor kuttet"), longest=500)
    return type("FilledSheet", (SheetForm,), fields)


def _open(label: str, choices: list[SelectChoice]) -> Any:
    return RadioField(label, choices=choices, validators=[_Asked(), _OneOrNone()], validate_choice=False)


def as_typed(sheet: Sheet, version: int, known: Mapping[str, Suggested]) -> dict[str, Any]:
    """The stored sheet as the form's data; what nobody has answered yet has the answer that the program suggests."""
    data: dict[str, Any] = {"version": version, "internal_note": sheet.internal_note}
    for code, judged in sheet.requirements.items():
        data[f"met_{code}"] = judged.met.value if judged.met else None
        data[f"note_{code}"] = judged.note
    for code, suggestion in known.items():
        if sheet.met(code) is None and suggestion.met:
            data[f"met_{code}"] = suggestion.met.value
    for code, scored in sheet.scores.items():
        data[f"points_{code}"] = "" if scored.points is None else str(scored.points)
        data[f"why_{code}"] = scored.reason
    for cut in sheet.cuts:
        data[f"cut_{cut.position}"] = cut.proposed_ore
        data[f"cutwhy_{cut.position}"] = cut.why
    return data


class AskForm(VersionedForm):
    """Everything the applicant is asked, as one letter with one deadline (forvaltningsloven § 11)."""

    questions = MultilineText(
        N_("Spørsmål til søker"),
        description=N_("Skriv alle spørsmålene, ett på hver linje. De går ut i ett brev med én frist."),
        validators=[Required(N_("Skriv hva søkeren skal svare på."))],
    )
    due_on = LocalDateField(N_("Svarfrist"), validators=[Required(N_("Skriv en frist."))], days=None)

    def limit(self, today: date) -> None:
        """No deadline today or before, and none more than a year away."""
        self.due_on.days = answer_days(today)

    def facts(self) -> tuple[str, date]:
        """The questions and the deadline."""
        assert self.due_on.data is not None
        return self.questions.data or "", self.due_on.data


class RecommendForm(VersionedForm):
    """The recommendation. The amount is the sheet's own sum, so nobody types it."""

    outcome = RadioField(N_("Utfall"), validators=[Required(N_("Velg utfall."))])
    purpose = MultilineText(N_("Tilskuddet skal brukes til"), validators=[_Asked()], longest=2000)
    facts_found = MultilineText(
        N_("Faktiske forhold"),
        description=N_("Hva søknaden gjelder, og det vurderingen bygger på."),
        validators=[Required(N_("Skriv hvilke faktiske forhold innstillingen bygger på."))],
    )
    reasons = MultilineText(
        N_("Hovedhensyn i vurderingen"),
        description=N_("Hentet fra begrunnelsene i vurderingen. Rett det som må rettes. Ikke skriv poeng."),
        validators=[Required(N_("Skriv hovedhensynene i vurderingen."))],
        longest=8000,
    )
    despite = MultilineText(
        N_("Hvorfor søknaden likevel bør innvilges"),
        description=N_("Poengene taler mot å innvilge. Begrunnelsen går inn i brevet."),
        longest=2000,
    )
    conditions = SelectMultipleField(
        N_("Vilkår fra regelverket"),
        description=N_("Brevet får bare de vilkårene du krysser av eller skriver her."),
        coerce=int,
    )
    own_conditions = MultilineText(
        N_("Egne vilkår"), description=N_("Ett vilkår på hver linje. Vilkår må henge saklig sammen med tilskuddet.")
    )

    def offer(self, outcomes: Sequence[Outcome], conditions: Sequence[str]) -> None:
        """What can be chosen: the outcomes that fit the sheet, and the conditions of the rules by place."""
        self.outcome.choices = [SelectChoice(each.value, each.word) for each in outcomes]
        self.conditions.choices = [SelectChoice(place, text) for place, text in enumerate(conditions)]

    def facts(self, amount_ore: int, texts: Sequence[str]) -> Proposal:
        """The proposal; `texts` are the conditions of the rules in the letter's language, by place."""
        outcome = Outcome(self.outcome.data)
        own = [line.strip() for line in (self.own_conditions.data or "").splitlines() if line.strip()]
        chosen = [texts[place] for place in self.conditions.data or []]
        refused = outcome is Outcome.REFUSE
        return Proposal(
            outcome,
            0 if refused else amount_ore,
            "" if refused else self.purpose.data or "",
            self.facts_found.data or "",
            self.reasons.data or "",
            () if refused else tuple(dict.fromkeys((*chosen, *own))),  # each once
            "" if refused else self.despite.data or "",
        )


class SendBackForm(VersionedForm):
    """Why the officer must do it again."""

    cause = WordedField(N_("Årsak"), words=BackCause, blank=N_("Velg"), validators=[Required(N_("Velg en årsak."))])
    words = MultilineText(
        N_("Hva må gjøres på nytt?"),
        validators=[Required(N_("Skriv hva som må gjøres på nytt."))],
        longest=2000,
        printed=False,
    )

    def facts(self) -> tuple[BackCause, str]:
        """The coded cause and the words."""
        assert isinstance(self.cause.data, BackCause)
        return self.cause.data, self.words.data or ""
