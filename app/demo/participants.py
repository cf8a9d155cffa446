"""Who and what the stories are told with."""

from dataclasses import dataclass

from app.access.domain import Actor
from app.access.models import User
from app.access.queries import actor, by_username
from app.parties.models import Party, PilotArea
from app.rules.models import Pot


@dataclass(frozen=True)
class Participants:
    """Keys and frozen people; rows that change are read anew in each act."""

    parties: dict[str, Party]
    areas: dict[str, PilotArea]
    signers: dict[str, str]
    pots: dict[str, Pot]

    def person(self, username: str) -> Actor:
        """The acting person."""
        found = actor(user(username).id)
        if found is None:
            raise LookupError(username)
        return found

    def signer(self, orgnr: str) -> Actor:
        """The one who signs for this organisation."""
        return self.person(self.signers[orgnr])

    def name(self, orgnr: str) -> str:
        """«Bergen», for titles."""
        return self.parties[orgnr].name.removesuffix(" kommune")


def user(username: str) -> User:
    """The account. Raises LookupError."""
    found = by_username(username)
    if found is None:
        raise LookupError(username)
    return found
