"""Why a file for Helfo cannot be made, and why what Helfo has paid cannot be registered."""

from collections.abc import Sequence
from datetime import date

from app.access.domain import Actor, Permission
from app.compensation import queries
from app.compensation.domain import HelfoPaid
from app.compensation.models import Claim, HelfoExport
from app.compensation.queries.helfo import Unpaid
from app.flow import Reason, why_not_for_the_house
from app.flow.opposed import had_by
from app.values.clock import local_date
from app.values.language import N_

_NO_ACCESS = N_("Du har ikke tilgang til dette.")


def why_not_export(claims: Sequence[Claim], actor: Actor) -> list[Reason]:
    """Why this person makes no file of these claims."""
    if not actor.may(Permission.REVIEW_CLAIM):
        return [Reason(_NO_ACCESS, who=N_("saksbehandler"))]
    return why_not_handle(claims, actor) if claims else [Reason(N_("Det er ingen nye krav til Helfo."))]


def why_not_handle(claims: Sequence[Claim], actor: Actor) -> list[Reason]:
    """Why this person neither tells Helfo of these claims nor that they are paid: one tie is enough, and is named.

    The same ties as with a list that is paid here, and whoever laid a claim in for its area.
    """
    standings = queries.standings(claims, actor)
    for claim in claims:
        standing = standings[claim.id]
        reasons = why_not_for_the_house(standing, actor)
        if actor.id in had_by(standing.people, "imported"):
            reasons.append(Reason(N_("Du har importert kravet selv. En annen må gjøre dette.")))
        if reasons:
            facts = {"code": claim.public_id, "why": reasons[0]}
            return [Reason(N_("Krav %(code)s: %(why)s"), facts, who=reasons[0].who)]
    return []


def why_not_register_paid(export: HelfoExport, left_claims: int, actor: Actor) -> list[Reason]:
    """Why this person registers nothing on the file, whatever they type: four eyes, as with every payment (C.3)."""
    if not actor.may(Permission.AUTHORISE_FILE):
        return [Reason(_NO_ACCESS, who=N_("økonomi"))]
    if not left_claims:
        return [Reason(N_("Helfo har betalt alle kravene i filen."))]
    if export.made_by == actor.id:
        return [Reason(N_("Du har laget filen selv. En annen må gjøre dette."), who=N_("økonomi"))]
    return []


def why_not_paid_so(export: HelfoExport, told: HelfoPaid, left: Sequence[Unpaid], today: date) -> list[Reason]:
    """Why what was typed cannot be what Helfo has paid of the claims that are left of the file."""
    reasons: list[Reason] = []
    if not told.reference.strip():
        reasons.append(Reason(N_("Skriv hvor opplysningen kommer fra."), of="reference"))
    if told.paid_on > today:
        reasons.append(Reason(N_("Datoen kan ikke være fram i tid."), of="paid_on"))
    if told.paid_on < local_date(export.made_at):
        reasons.append(Reason(N_("Datoen kan ikke være før filen ble laget."), of="paid_on"))
    here = {each.public_id for each in left}
    if strange := [code for code in told.not_paid if code not in here]:
        text = N_("Filen har ikke noe ubetalt krav med koden %(code)s.")
        reasons += [Reason(text, {"code": code}, of="not_paid") for code in strange[:3]]
        return reasons
    rest = [each for each in left if each.public_id not in told.not_paid]
    if not rest:
        reasons.append(Reason(N_("Ingen krav er igjen når disse er tatt ut."), of="not_paid"))
    elif (sum_ore := sum(each.amount_ore for each in rest)) != told.sum_ore:
        text = N_("Kravene kommer til %(sum_ore)s, og ikke til %(told_ore)s. Skriv hvilke krav Helfo ikke har betalt.")
        reasons.append(Reason(text, {"sum_ore": sum_ore, "told_ore": told.sum_ore}, of="sum"))
    return reasons
