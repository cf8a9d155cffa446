"""What the decider sends, the recipient's answer, and the reasons for stopping, resuming and lapse."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from wtforms.fields import BooleanField, HiddenField

from app.awards.domain import Acceptance, Piece, RevisedLine, Seen
from app.values.bounds import Days
from app.values.language import N_
from forms.base import Required, VersionedForm
from forms.fields import AccountField, KronerField, LocalDateField, MultilineText
from forms.messages import TICKED


class DecideForm(VersionedForm):
    """Carries the letter that was read: its hash, and short hashes of its parts, to tell what changed since."""

    letter_hash = HiddenField()
    pieces = HiddenField()
    send_on = LocalDateField(
        N_("Send brevet en bestemt dag"),
        days=None,
        description=N_("Tomt felt: sendes straks. Ellers kl. 09.00; brevet får den datoen, og fristen regnes fra den."),
    )

    def limit(self, today: date, within_days: int) -> None:
        """From today, and no longer than a decision may wait."""
        self.send_on.days = Days(today, today + timedelta(days=within_days))

    def facts(self) -> Seen:
        """What the decider had before them."""
        return Seen(
            self.seen_version, self.letter_hash.data or "", read_pieces(self.pieces.data or ""), self.send_on.data
        )


def show_pieces(pieces: dict[Piece, str]) -> str:
    """The hashes of the parts as one hidden field carries them."""
    return " ".join(f"{piece.value}:{short}" for piece, short in pieces.items())


def read_pieces(text: str) -> dict[Piece, str]:
    """The hashes of the parts; what is not ours is left out."""
    codes = {piece.value: piece for piece in Piece}
    pairs = (each.partition(":") for each in text[:2000].split())
    return {codes[code]: short for code, _, short in pairs if code in codes}


class ReasonForm(VersionedForm):
    """Why, in words: stop, resume and lapse are a person's acts."""

    reason = MultilineText(N_("Begrunnelse"), [Required()], longest=2000, printed=False)


class DeclineForm(VersionedForm):
    """The recipient's no, in their own words."""

    reason = MultilineText(N_("Hvorfor takker dere nei?"), [Required()], longest=2000, printed=False)


class AcceptForm(VersionedForm):
    """The recipient's answer. Partial awards have a line for each line of the budget (see `accept_form`)."""

    account = AccountField(
        N_("Kontonummer"),
        [Required()],
        description=N_("Kontoen tilskuddet skal betales til, elleve siffer."),
    )
    account_is_new = BooleanField(
        N_("Nummeret er nytt, og skal brukes i stedet for det i brevet"),
        description=N_("Vi ringer dere for å bekrefte et nytt nummer før vi betaler."),
    )
    terms = BooleanField(
        N_("Vi godtar vilkårene i vedtaksbrevet, og jeg har fullmakt til å binde mottakeren"), [Required(TICKED)]
    )
    budget: Sequence[tuple[str, str, str]] = ()
    asked_last = ("terms",)

    @property
    def lines(self) -> list[Any]:
        """The fields of the revised budget, in order."""
        return [self[name] for name, _, _ in self.budget]

    @property
    def revised(self) -> tuple[RevisedLine, ...]:
        """The revised budget as it is typed, also when something in the form is wrong."""
        return tuple(RevisedLine(code, text, self[name].data or 0) for name, code, text in self.budget)

    def facts(self) -> Acceptance:
        """The answer, frozen."""
        plan = self["plan"].data if "plan" in self else ""
        return Acceptance(
            self.seen_version, self.account.data or "", bool(self.account_is_new.data), self.revised, plan or ""
        )


def accept_form(lines: Sequence[tuple[str, str, str]], total_ore: int, partial: bool) -> type[AcceptForm]:
    """The form of one award. `lines`: code, text and shown name of each line of the budget that was applied with.

    `total_ore` is what the revised lines sum to.
    """
    if not partial:
        return AcceptForm
    rows = [(f"line_{position}", code, text) for position, (code, text, _) in enumerate(lines)]
    fields: dict[str, Any] = {
        name: KronerField(shown, [Required()], most_ore=total_ore)
        for (name, _, _), (_, _, shown) in zip(rows, lines, strict=True)
    }
    fields["plan"] = MultilineText(
        N_("Revidert plan"),
        [Required()],
        description=N_("Hva gjør dere annerledes når tilskuddet er lavere?"),
        printed=False,
    )
    return type("RevisedAcceptForm", (AcceptForm,), {**fields, "budget": tuple(rows)})
