"""What a document belongs to, and who may read what belongs there."""

from enum import StrEnum

from app.access.domain import Permission


class Scope(StrEnum):
    """What a document belongs to: it is read through that thing's rule, whichever door it is opened by."""

    CASE = "case"
    PAYOUT_LIST = "payout_list"
    CLAIM = "claim"


class Verdict(StrEnum):
    """What the virus program has said of an upload; only what is clean is opened."""

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"

    @property
    def is_waiting(self) -> bool:
        """Whether it is not checked yet."""
        return self is Verdict.WAITING

    @property
    def is_infected(self) -> bool:
        """Whether something harmful was found."""
        return self is Verdict.INFECTED


# What a person of the directorate must hold to read what belongs to each. A case's own party reads besides what is
# meant for it; a payout list holds account numbers and is finance's alone, as on the list's own page.
# What documents a GP's claim is its reviewers'; its area and its GP read it by the claim's own page.
READ_BY: dict[Scope, Permission] = {
    Scope.CASE: Permission.READ_CASES,
    Scope.PAYOUT_LIST: Permission.AUTHORISE_FILE,
    Scope.CLAIM: Permission.REVIEW_CLAIM,
}
