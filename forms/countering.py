"""The form of a counter-claim on a GP's claim."""

from collections.abc import Sequence
from functools import cache

from wtforms.fields import BooleanField

from app.compensation.domain.reversing import Counter
from app.values.bounds import MOST_UNITS
from app.values.language import N_
from forms.base import CreatingForm, Required, VersionedForm
from forms.fields import MultilineText, WholeNumberField


class CounterForm(CreatingForm, VersionedForm):
    """What is taken back: all that is left, or units for each line; `counter_form` adds the fields."""

    all_of_it = BooleanField(N_("Ta tilbake alt som er igjen av kravet"))
    reason = MultilineText(
        N_("Begrunnelse"), [Required()], description=N_("Mottakeren får den i svaret."), longest=1000
    )
    asked_last = ("reason",)
    codes: tuple[str, ...] = ()

    def facts(self, left: Sequence[tuple[str, int, int]]) -> Counter:
        """What is taken back of a claim with these lines (code, units left, price)."""
        if self.all_of_it.data:
            units = {code: there for code, there, _ in left if there}
        else:
            units = {code: self[f"units_{code}"].data or 0 for code in self.codes}
        return Counter(units, self.reason.data or "")


def counter_form(lines: Sequence[tuple[str, str]]) -> type[CounterForm]:
    """The form for these lines: (code, words)."""
    return _counter_form(tuple(lines))


@cache
def _counter_form(lines: tuple[tuple[str, str], ...]) -> type[CounterForm]:
    fields = {f"units_{code}": WholeNumberField(words, highest=MOST_UNITS) for code, words in lines}
    return type("PricedCounterForm", (CounterForm,), {**fields, "codes": tuple(code for code, _ in lines)})
