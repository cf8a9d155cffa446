"""What a sheet that is saved as one goes answers the page (tilsagn.js); without a script the buttons do the same."""

from datetime import datetime

from flask import jsonify
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.templating import reason, time_of_day, words
from app.values.language import N_
from app.values.money import format_kr
from app.values.scores import format_score
from forms.assessments import SheetForm


def kept(version: int, at: datetime, sum_ore: int, applied_ore: int, score: int | None) -> Response:
    """It is saved: the version to save on, and the sums as they are now."""
    said = gettext(N_("Lagret %(time)s"), time=time_of_day(at))
    shown = {"sum": format_kr(sum_ore), "score": "–" if score is None else format_score(score)}
    return jsonify(version=version, said=said, shown=shown | {"above": above(sum_ore, applied_ore)})


def above(sum_ore: int, applied_ore: int) -> str:
    """How much more is proposed than is applied for: the lines hold own money too, and no more can be recommended."""
    if sum_ore <= applied_ore:
        return ""
    return str(gettext(N_("%(amount)s mer enn søkt"), amount=format_kr(sum_ore - applied_ore)))


def told(form: SheetForm) -> Response:
    """It is not saved while an answer cannot be read; the first of them is told."""
    first = next(((f"{row}: " if row else "") + reason(why) for _, row, why in form.wrong()), "")
    return _not_saved(f"{words(N_('Ikke lagret.'))} {first}", 422)


def stale() -> Response:
    """It is saved from another window meanwhile: the button shows both."""
    return _not_saved(
        words(N_("Ikke lagret: vurderingen er lagret fra et annet vindu. Trykk «Lagre» for å se begge.")), 409
    )


def _not_saved(said: str, status: int) -> Response:
    response = jsonify(said=said)
    response.status_code = status
    return response
