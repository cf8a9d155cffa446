"""Moves as data, and the pure judgement of whether a step is open for a person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.access.domain import OF_AREA, OWN, Actor, Permission, holders
from app.flow.opposed import DONE, HOUSE, THEIRS, barring, had_by
from app.values.language import N_, Worded


@dataclass(frozen=True)
class Reason:
    """Why a step is closed: bokmål words with %(fact)s places, and who can open it. Translated when shown.

    `of`: the name of the fact the person gave that stands in the way, so that a form tells it there.
    """

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)
    who: str | None = None
    of: str = ""


class Refused(Exception):
    """The step may not be taken; every reason is told."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("; ".join(r.text % r.facts for r in reasons))
        self.reasons = list(reasons)


class Stale(Exception):
    """Somebody changed the thing after the page was shown. `conflict` is what the 409 page lays side by side."""

    conflict: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Move:
    """One row of a workflow. `leaves` names the hand its person has had in the thing from then on.

    Which hands must be other people's (four eyes) follows from it: app.flow.opposed.
    """

    step: Worded
    start: tuple[Worded, ...]
    end: Worded
    needs: Permission | None
    leaves: str | None = None
    impartial: bool = False


@dataclass(frozen=True)
class Standing:
    """What the judgement needs to know of a thing. `people` maps a hand («recommended») to all who ever had it.

    `declared` is the actor's own declaration of impartiality on the case: None, "impartial", "in_doubt" or "partial".
    """

    status: Worded
    party_id: int | None = None
    area_id: int | None = None
    people: Mapping[str, Collection[int]] = field(default_factory=dict)
    declared: str | None = None


@dataclass(frozen=True)
class Workflow:
    """The life of one kind of thing."""

    name: str
    moves: tuple[Move, ...]

    def move(self, step: Worded) -> Move:
        """The row of a step. Raises KeyError for a step this thing does not have."""
        for row in self.moves:
            if row.step == step:
                return row
        raise KeyError(step)


def why_not(
    workflow: Workflow, step: Worded, standing: Standing, actor: Actor | None, also: Sequence[Reason] = ()
) -> list[Reason]:
    """Every reason this person (None: a job) may not take the step now; empty when it is open."""
    move = workflow.move(step)
    reasons = [] if standing.status in move.start else [wrong_status(standing.status)]
    if actor is not None:
        reasons += _not_you(workflow, move, standing, actor)
    elif move.needs is not None:
        reasons.append(Reason(N_("Dette må en person gjøre.")))
    return reasons + [each for each in also if each not in reasons]


def wrong_status(status: Worded) -> Reason:
    """That the thing stands where this cannot be done; the page says «Kan ikke gjøres ennå» itself."""
    return Reason(N_("Status er «%(status)s»."), {"status": status})


def _not_you(workflow: Workflow, move: Move, standing: Standing, actor: Actor) -> list[Reason]:
    if move.needs is None:
        return [Reason(N_("Dette gjør systemet selv."))]
    if not _holds(move.needs, standing, actor):
        who = holders(move.needs)
        return [Reason(N_("Du har ikke tilgang til dette."), who=who[0] if who else None)]
    reasons = why_not_hand(workflow.name, move.leaves, standing.people, actor) if move.leaves else []
    if move.needs in OWN:
        also = _had((HOUSE,), standing.people, actor) + why_not_bind(actor)
        return reasons + [each for each in also if each not in reasons]
    reasons += [each for each in why_not_for_the_house(standing, actor) if each not in reasons]
    return reasons + (not_impartial(None) if move.impartial and standing.declared is None else [])


def why_not_bind(actor: Actor) -> list[Reason]:
    """Why this person may not bind a recipient, whose money it is: they work in the house.

    Judged when they bind: what was accepted or claimed before they began here stands.
    """
    if actor.is_internal:
        return [Reason(N_("Du har en rolle i Helsedirektoratet. En annen må signere for mottakeren."))]
    return []


def why_not_for_the_house(standing: Standing, actor: Actor) -> list[Reason]:
    """Why this person does nothing for the house on the thing's case: they signed for the recipient, or are tied to it.

    Forvaltningsloven § 6: who is not impartial prepares nothing either. An answer that lacks is another matter.
    """
    reasons = _had(THEIRS, standing.people, actor)
    if standing.party_id in actor.tied_to:
        reasons.append(Reason(N_("Du er knyttet til mottakeren. En annen må gjøre dette.")))
    return reasons + (not_impartial(standing.declared) if standing.declared is not None else [])


def why_not_hand(kind: str, hand: str, people: Mapping[str, Collection[int]], actor: Actor) -> list[Reason]:
    """Four eyes: why this person may not leave this hand, having had an opposing one in the thing, however long ago."""
    return _had(barring(kind, hand), people, actor)


def _had(hands: Sequence[str], people: Mapping[str, Collection[int]], actor: Actor) -> list[Reason]:
    return [
        Reason(N_("Du har %(hand)s denne selv. En annen må gjøre dette."), {"hand": DONE[had]})
        for had in hands
        if actor.id in had_by(people, had)
    ]


def _holds(needed: Permission, standing: Standing, actor: Actor) -> bool:
    if needed in OF_AREA:
        return actor.may(needed, area_id=standing.area_id)
    return actor.may(needed, party_id=standing.party_id if needed in OWN else None)


def not_impartial(declared: str | None) -> list[Reason]:
    """Forvaltningsloven §§ 6–10: declared before the first step, and nobody acts where they are not impartial."""
    if declared is None:
        return [Reason(N_("Du må først svare på om du er habil i saken."))]
    if declared == "partial":
        return [Reason(N_("Du er inhabil i saken. En annen må gjøre dette."))]
    if declared == "in_doubt":
        return [
            Reason(N_("Du har meldt tvil om du er habil. Lederen din må avgjøre det først."), who=N_("leder med BDM"))
        ]
    return []


@dataclass(frozen=True)
class Offer:
    """A step as a page shows it: open, or closed with every reason. `endpoint` and `values` lead to it.

    `post`: the step is one button; else it has a page of its own. `about` names the thing, where the case has several
    of its kind («Årsrapport 2024», the same in both forms of Norwegian). `aside`: never the way forward.
    """

    step: Worded
    reasons: tuple[Reason, ...]
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)
    post: bool = False
    about: str = ""
    aside: bool = False

    @property
    def is_open(self) -> bool:
        """Whether this person may take it now."""
        return not self.reasons


@dataclass(frozen=True)
class Waiting:
    """Work that waits for a person: one thing, or a queue of `count` things done on one page. `verb` is a bokmål msgid.

    `endpoint` and `values` lead to where it is done. `cause`: what went wrong; `back`: why it was sent back.
    `since`: the day it came to this person, by the step that brought it. `on_others`: they only follow it;
    `first`: it comes before work with a deadline, for without it the rest is closed.
    `told`: what it is about, by its sum and what is proposed.
    """

    verb: str
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)
    party: str = ""
    number: str = ""
    due_on: date | None = None
    since: date | None = None
    count: int = 0
    cause: str = ""
    back: str = ""
    on_others: bool = False
    first: bool = False
    told: Reason | None = None


def is_theirs(reasons: Sequence[Reason]) -> bool:
    """Whether a step waits for this person: it is open, or all that stands in the way is their own answer (D.3)."""
    return all(reason in not_impartial(None) for reason in reasons)
