"""Why something that was not sent cannot be sent, mended or settled: the same for the verb and the page."""

from app.access.domain import Actor
from app.access.domain.links import KIND
from app.dispatch import queries
from app.dispatch.models import Outgoing
from app.dispatch.workflow import OUTGOING, Step
from app.flow import Offer, Reason, why_not
from app.values.language import N_

DECISION = "decision"


def why_not_retry(outgoing: Outgoing, actor: Actor) -> list[Reason]:
    """Why this person cannot send it again, as it is or mended."""
    return why_not(OUTGOING, Step.RETRY, queries.standing(outgoing, actor), actor)


def not_readdressed(outgoing: Outgoing) -> list[Reason]:
    """Why it can go to no other address: whoever gets a link for a password becomes the person."""
    if outgoing.kind == KIND:
        return [Reason(N_("En lenke for passord går bare til personens egen adresse. Lag en ny lenke i stedet."))]
    return []


def not_mendable(outgoing: Outgoing) -> list[Reason]:
    """Why nobody can correct this letter's text: it was made, or it says what was decided and only a decision may."""
    if outgoing.letter is None or outgoing.blocks is not None:
        return [Reason(N_("Bare et brev som ikke kunne lages, kan rettes."))]
    if outgoing.kind == DECISION:
        return [Reason(N_("Et vedtak kan bare endres med et nytt vedtak."))]
    return []


def not_settled(outgoing: Outgoing) -> list[Reason]:
    """Why nobody can say that it went, beyond its status: only doubt can be settled."""
    if outgoing.uncertain:
        return []
    return [Reason(N_("Den ble helt sikkert ikke sendt. Prøv igjen i stedet."))]


def ways_out(outgoing: Outgoing, actor: Actor) -> list[Offer]:
    """Both ways out of a failure; saying that it went only where there is doubt."""
    steps = [(Step.RETRY, "dispatch.retry", why_not_retry(outgoing, actor))]
    if outgoing.uncertain:
        standing = queries.standing(outgoing, actor)
        why = why_not(OUTGOING, Step.SETTLE, standing, actor, not_settled(outgoing))
        steps.append((Step.SETTLE, "dispatch.settle", why))
    where = {"public_id": outgoing.public_id}
    return [Offer(step, tuple(why), endpoint, where, post=True) for step, endpoint, why in steps]
