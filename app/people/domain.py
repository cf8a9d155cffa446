"""What is told of a person, and what makes a password too easy to guess. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.access.domain import Role
from app.flow.domain import Reason
from app.values.language import N_, Worded

# OWASP ASVS 4.0.3, 2.1.1 and 2.1.2.
SHORTEST, LONGEST = 12, 128
# zxcvbn's own scale: below 3 a password falls to an attacker who is not slowed down (10^8 guesses).
LEAST_SCORE = 3
# An authority's bounds: longer than any leader stays, begun or to begin within a year, and below any one grant of the
# house a hundred times over. What lies outside is a mistyped year or nought.
LONGEST_AUTHORITY = timedelta(days=5 * 366)
NEAREST_AUTHORITY = timedelta(days=366)
HIGHEST_LIMIT_ORE = 1_000_000_000_00
# Further than this it does not read, and it need not: the rest only makes a password harder.
READ = 72


class Detail(Worded):
    """What can be changed about a person; the record names it, not what it was."""

    NAME = "name", N_("navn")
    TITLE = "title", N_("stilling")
    EMAIL = "email", N_("e-postadresse")
    PHONE = "phone", N_("telefonnummer")
    SUPERIOR = "superior_id", N_("nærmeste leder")


class Shown(Worded):
    """Which people the list shows."""

    ACTIVE = "aktive", N_("Har tilgang")
    ENDED = "avsluttede", N_("Avsluttet")


@dataclass(frozen=True)
class PersonFacts:
    """What an administrator writes about a person."""

    name: str
    title: str
    email: str
    phone: str
    superior_id: int | None


@dataclass(frozen=True)
class NewPerson:
    """A person to be, with the roles they begin with."""

    username: str
    facts: PersonFacts
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Authority:
    """Budget authority as it stands in the written paper: who gave it, from and to which day, up to which sum."""

    giver_id: int
    from_on: date
    to_on: date
    limit_ore: int
    reference: str


def why_not_from(from_on: date, today: date) -> list[Reason]:
    """Why an authority cannot begin that day."""
    first, last = today - LONGEST_AUTHORITY, today + NEAREST_AUTHORITY
    if first <= from_on <= last:
        return []
    words = N_("En fullmakt kan gjelde fra en dag mellom %(first)s og %(last)s.")
    return [Reason(words, {"first": first, "last": last})]


def why_not_to(from_on: date, to_on: date, today: date) -> list[Reason]:
    """Why an authority that begins that day cannot end on this one."""
    if to_on < from_on:
        return [Reason(N_("Sluttdatoen kan ikke være før startdatoen."))]
    if to_on < today:
        return [Reason(N_("Fullmakten er allerede utløpt."))]
    return [Reason(N_("En fullmakt kan ikke vare lenger enn fem år."))] if to_on - from_on > LONGEST_AUTHORITY else []


def why_not_limit(limit_ore: int) -> list[Reason]:
    """Why an authority cannot be of this sum."""
    if 0 < limit_ore <= HIGHEST_LIMIT_ORE:
        return []
    return [Reason(N_("Grensen må være over null og høyst %(most_ore)s."), {"most_ore": HIGHEST_LIMIT_ORE})]


def easy_to_guess(password: str, about: Sequence[str]) -> bool:
    """Whether it is on the lists of common passwords, or put together of such and of words `about` the person."""
    # Reads in 30 000 words, which only this page needs.
    from zxcvbn import zxcvbn

    known = [word for text in (*about, "tilsagn", "helsedirektoratet", "tilskudd") for word in text.split()]
    # A blank between known words makes them no harder to guess, but it would be counted so.
    joined = "".join(password.split())[:READ]
    return not joined or bool(zxcvbn(joined, user_inputs=known)["score"] < LEAST_SCORE)
