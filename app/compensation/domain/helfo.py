"""What Helfo says it has paid of a file. Plain Python."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HelfoPaid:
    """As a person reads it of Helfo's receipt: the day, the sum in øre, its reference, and the claims it left out."""

    paid_on: date
    sum_ore: int
    reference: str
    not_paid: tuple[str, ...] = ()
