"""What everyone may read about a grant that was given."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class GivenGrant:
    """One line of «who got grants»: never a refused applicant, a single GP or a late flag. Amounts in whole øre."""

    case_id: int
    sort: str
    year: int
    scheme_nb: str
    scheme_nn: str
    chapter_post: str
    orgnr: str
    recipient: str
    purpose: str
    applied_ore: int
    granted_ore: int
    decided_at: datetime
    # Which of the fields are invented; the rest is published (domain J.1.15).
    demo: frozenset[str]

    def is_real(self, field: str) -> bool:
        """Whether the demo has this field, by its name on the case, from what is published."""
        return bool(self.demo) and field not in self.demo
