"""The letters with our answers, for the pages of what was answered: as PDF where there is one, else as it will be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.access.domain import Actor, Permission
from app.compensation import queries
from app.dispatch import composing
from app.dispatch.models import Outgoing
from app.documents.models import Document
from app.documents.queries import these


@dataclass(frozen=True)
class Answer:
    """`document`: the letter, where this person may open it. `outgoing`: what was queued, with its words."""

    outgoing: Outgoing
    document: Document | None

    @property
    def is_on_its_way(self) -> bool:
        """Whether the letter is still to be made, or sent."""
        return self.outgoing.letter is not None and self.document is None


def answers_to(keys: Mapping[int, Sequence[str]], party_id: int | None, actor: Actor) -> dict[int, Answer]:
    """The answers by thing, of what they may be queued under; none for who is neither the payee's nor an officer."""
    if not actor.may(Permission.REVIEW_CLAIM) and party_id not in actor.party_ids:
        return {}
    found = queries.answers_under([key for each in keys.values() for key in each])
    papers = {paper.id: paper for paper in these([each.document_id for each in found.values()], actor)}
    return {
        thing: Answer(found[key], papers.get(found[key].document_id or 0))
        for thing, each in keys.items()
        for key in each
        if key in found
    }


def as_it_will_be(answer: Answer | None, actor: Actor) -> object:
    """The letter's blocks for an officer, while nobody can open it yet; drawn from what was frozen with the answer."""
    if answer is None or not answer.is_on_its_way or not actor.may(Permission.REVIEW_CLAIM):
        return None
    outgoing = answer.outgoing
    return composing.kept(outgoing.blocks or composing.composed(outgoing.facts or {})[0])
