"""The steps of a case as its page draws them: the next as the button, the others below it, the closed ones folded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.addresses import address
from app.flow import Offer
from app.values.language import Worded

# Steps that are for exceptions: never the primary button.
ASIDE = (
    "declare",
    "settle",
    "distribute",
    "take_back",
    "send_back",
    "ask",
    "go_on",
    "close",
    "stop",
    "lapse",
    "correct_title",
)


@dataclass(frozen=True)
class Button:
    """A step as it is drawn: where it leads, and what a POST carries along. `about`: which of the case's things."""

    step: Worded
    address: str
    post: bool
    hidden: dict[str, str]
    about: str


@dataclass(frozen=True)
class Drawn:
    """`coming`: the next step of the case, whoever takes it, when it is not the reader's own button."""

    primary: Button | None
    opened: Sequence[Button]
    closed: Sequence[Offer]
    coming: Worded | None


def drawn(offers: Sequence[Offer], *, must_declare: bool) -> Drawn:
    """What the person can do now and what not."""
    opened = sorted((offer for offer in offers if offer.is_open), key=_rank)
    primary = _primary(opened, must_declare=must_declare)
    forward = [offer for offer in (*opened, *offers) if _rank(offer) == 0]
    coming = forward[0] if forward and forward[0] is not primary else None
    return Drawn(
        _button(primary) if primary else None,
        [_button(offer) for offer in opened if offer is not primary],
        [offer for offer in offers if not offer.is_open],
        coming.step if coming else None,
    )


def _button(offer: Offer) -> Button:
    """A button that sends keeps the version that was seen out of its address."""
    hidden = {"version": offer.values["version"]} if offer.post and "version" in offer.values else {}
    place: dict[str, Any] = {name: value for name, value in offer.values.items() if name not in hidden}
    return Button(offer.step, address(offer.endpoint, **place), offer.post, hidden, offer.about)


def _rank(offer: Offer) -> int:
    return ASIDE.index(offer.step.value) + 1 if offer.step.value in ASIDE else 0


def _primary(opened: Sequence[Offer], *, must_declare: bool) -> Offer | None:
    """The one step worded as the act; declaring comes first where it must (fvl §§ 6–10)."""
    if must_declare:
        declare = next((o for o in opened if o.step.value == "declare"), None)
        if declare is not None:
            return declare
    return next((o for o in opened if _rank(o) == 0), None)
