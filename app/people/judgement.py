"""Why an administrator may not do something with a person, and what four eyes keep from a person of many roles.

Pure: the verbs and the pages ask the same functions.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from app.access.domain import GRANTS, INSIDE, Actor, Delegation, Permission, Role
from app.access.domain.links import Links
from app.access.models import BudgetDelegation, User
from app.flow import Reason
from app.people.domain import Authority, NewPerson
from app.values.language import N_

P = Permission
# A role, and the organisation or the pilot area it is for.
Place = tuple[Role, int | None, int | None]
ADMIN = Role.ADMIN.word
# Both permissions in one person: what they still cannot do. Bokmål with a place for the name.
_APART: tuple[tuple[Permission, Permission, str], ...] = (
    (P.ASSESS, P.DECIDE, N_("%(name)s kan ikke vedta saker som %(name)s selv har vurdert eller innstilt.")),
    (P.DRAFT_RULES, P.APPROVE_RULES, N_("%(name)s kan ikke godkjenne regelverk som %(name)s selv har skrevet.")),
    (P.ATTEST, P.APPROVE_PAYOUT, N_("%(name)s kan ikke godkjenne utbetalinger som %(name)s selv har attestert.")),
    (P.ATTEST, P.AUTHORISE_FILE, N_("%(name)s kan ikke levere lister med linjer som %(name)s selv har attestert.")),
)  # fmt: skip


def kept_apart(name: str, roles: Iterable[Role], own: Iterable[str]) -> list[Reason]:
    """What this person cannot do although a role opens it. `own`: the organisations they act for."""
    roles = list(roles)
    held = {permission for role in roles for permission in GRANTS[role]}
    found = [Reason(words, {"name": name}) for one, other, words in _APART if {one, other} <= held]
    if roles:
        words = N_("%(name)s kan ikke behandle saker eller utbetalinger til %(party)s.")
        found += [Reason(words, {"name": name, "party": party}) for party in own]
    if Role.ADMIN in roles:
        found.append(Reason(N_("%(name)s kan ikke endre sine egne roller og fullmakter."), {"name": name}))
    return found


def not_manager(actor: Actor) -> list[Reason]:
    """That people are the administrator's to change."""
    if actor.may(P.MANAGE_USERS):
        return []
    return [Reason(N_("Du har ikke tilgang til dette."), who=ADMIN)]


def why_not_add(new: NewPerson, same_name: User | None, actor: Actor) -> list[Reason]:
    """Why this new person cannot be made. `same_name`: whoever has the user name already."""
    reasons = not_manager(actor) + _both(new.roles)
    if same_name is not None:
        reasons.append(Reason(N_("Brukernavnet er i bruk.")))
    return reasons


def _both(roles: Iterable[Role]) -> list[Reason]:
    """Budget authority and finance are never in one person (domain J.1.10)."""
    if not {Role.DECIDER, Role.FINANCE} <= set(roles):
        return []
    return [Reason(N_("Leder med BDM kan ikke også være økonomi. Ta bort den ene rollen først."))]


def why_not_manage(user: User, actor: Actor) -> list[Reason]:
    """Why this person may not change the other's access: nobody changes their own, and a closed account has none."""
    reasons = not_manager(actor)
    if user.id == actor.id:
        reasons.append(Reason(N_("Ingen kan endre sin egen tilgang. En annen administrator må gjøre det.")))
    if not user.active:
        reasons.append(Reason(N_("Tilgangen er avsluttet. Åpne den igjen først.")))
    return reasons


def why_not_link(user: User, links: Links, actor: Actor, at: datetime) -> list[Reason]:
    """Why no link for a password can be made. Whoever has had one gets it at their own address, and that is not new:

    an administrator's open screen would else become anybody, by a link shown there or mailed where they please.
    """
    reasons = why_not_manage(user, actor)
    if user.password_chosen_at is None:
        return reasons
    if not links.by_mail:
        reasons.append(
            Reason(N_("Lenken må sendes som e-post, og det er ikke satt opp her."), who=N_("den som drifter Tilsagn"))
        )
    elif not user.email:
        reasons.append(Reason(N_("%(name)s har ingen e-postadresse. Skriv den inn først."), {"name": user.name}))
    elif user.email_changed_at and at < user.email_changed_at + links.rest:
        words = N_("E-postadressen er nylig endret. Lenken kan sendes dit fra %(opens)s.")
        reasons.append(Reason(words, {"opens": user.email_changed_at + links.rest}))
    return reasons


def why_not_give(user: User, role: Role, held: Iterable[Role], actor: Actor) -> list[Reason]:
    """Why the role cannot be given."""
    reasons, held = why_not_manage(user, actor), set(held)
    if role in held:
        reasons.append(Reason(N_("%(name)s har rollen fra før."), {"name": user.name}))
    return reasons + _both(held | {role})


def new_roles(user: User, held: Iterable[Role], actor: Actor) -> dict[Role, list[Reason]]:
    """Every role of the house the person does not hold, each with why it cannot be given."""
    held = set(held)
    return {role: why_not_give(user, role, held, actor) for role in INSIDE if role not in held}


def why_not_take(user: User, role: Role, held: Iterable[Role], admins: Iterable[int], actor: Actor) -> list[Reason]:
    """Why the role cannot be taken away. `admins`: everyone who is administrator and not ended."""
    reasons = why_not_manage(user, actor) + (_last(user, admins) if role is Role.ADMIN else [])
    if role not in held:
        reasons.append(Reason(N_("%(name)s har ikke denne rollen."), {"name": user.name}))
    return reasons


def why_not_place(user: User, given: Place, held: Iterable[Place], actor: Actor) -> list[Reason]:
    """Why they cannot be given this role for an organisation or an area. `held`: what they have."""
    reasons = why_not_manage(user, actor)
    if given in held:
        reasons.append(Reason(N_("%(name)s har tilgangen fra før."), {"name": user.name}))
    return reasons


def why_not_end(user: User, admins: Iterable[int], actor: Actor) -> list[Reason]:
    """Why the person's access cannot be ended."""
    return why_not_manage(user, actor) + _last(user, admins)


def why_not_reopen(user: User, actor: Actor) -> list[Reason]:
    """Why the account cannot be opened again."""
    return not_manager(actor) + ([Reason(N_("Tilgangen er åpen."))] if user.active else [])


def _last(user: User, admins: Iterable[int]) -> list[Reason]:
    if set(admins) - {user.id}:
        return []
    return [Reason(N_("%(name)s er den eneste administratoren."), {"name": user.name})]


def why_not_superior(user_id: int, superior_id: int | None, lines: Mapping[int, int | None]) -> list[Reason]:
    """Why that person cannot be the superior. `lines`: everyone's own superior."""
    if superior_id is None or user_id not in (superior_id, *above(superior_id, lines)):
        return []
    return [Reason(N_("Ingen kan være sin egen leder, heller ikke gjennom andre."))]


def why_not_new_superior(user: User, superior_id: int | None, actor: Actor) -> list[Reason]:
    """Why this person may not change it: authority follows the line, so one's own superior is one's own access."""
    if user.id != actor.id or superior_id == user.superior_id:
        return []
    return [Reason(N_("Ingen kan endre sin egen leder. En annen administrator må gjøre det."))]


def above(user_id: int, lines: Mapping[int, int | None]) -> Iterator[int]:
    """The superior, the superior's superior, and so on; a circle is walked once."""
    seen, at = {user_id}, lines.get(user_id)
    while at is not None and at not in seen:
        yield at
        seen.add(at)
        at = lines.get(at)


def why_not_delegate(user: User, held: Iterable[Role], actor: Actor) -> list[Reason]:
    """Why budget authority cannot be registered for this person."""
    reasons = why_not_manage(user, actor)
    if Role.DECIDER not in held:
        reasons.append(Reason(N_("%(name)s må ha rollen leder med BDM først."), {"name": user.name}))
    return reasons


def why_not_giver(
    given: Authority, user_id: int, lines: Mapping[int, int | None], of_giver: Iterable[Delegation] | None
) -> list[Reason]:
    """Authority follows the line, from the top down (domain C.3): whoever gives it is above, and has it to give.

    `of_giver`: the giver's own authority that is in force; None when their access is ended.
    """
    if of_giver is None:
        return [Reason(N_("Tilgangen til den som gir fullmakten, er avsluttet."))]
    if given.giver_id not in above(user_id, lines):
        return [Reason(N_("Den som gir fullmakten, må være over mottakeren i linjen."))]
    at_the_top = lines.get(given.giver_id) is None
    has_it = any(
        own.from_on <= given.from_on and given.to_on <= own.to_on and given.limit_ore <= own.limit_ore
        for own in of_giver
    )
    if at_the_top or has_it:
        return []
    return [Reason(N_("Den som gir fullmakten, har ikke selv en bekreftet fullmakt for så lang tid eller så mye."))]


def why_not_confirm(
    delegation: BudgetDelegation,
    actor: Actor,
    lines: Mapping[int, int | None],
    of_givers: Mapping[int, Iterable[Delegation]],
) -> list[Reason]:
    """Why this person may not confirm the authority: it takes one who neither registered nor receives it.

    What its giver had when it was registered, they must have still. `of_givers`: as `app.access.queries.authority_of`.
    """
    reasons = []
    if not actor.may(P.CONFIRM_BUDGET):
        reasons.append(Reason(N_("Du har ikke tilgang til dette."), who=ADMIN))
    if delegation.registered_by == actor.id:
        reasons.append(Reason(N_("Du har selv registrert fullmakten. En annen må bekrefte den.")))
    if delegation.user_id == actor.id:
        reasons.append(Reason(N_("Fullmakten er din egen. En annen må bekrefte den.")))
    if delegation.confirmed_at is not None or delegation.ended_at is not None:
        reasons.append(Reason(N_("Fullmakten er allerede bekreftet eller avsluttet.")))
        return reasons
    given = Authority(
        delegation.given_by, delegation.from_on, delegation.to_on, delegation.limit_ore, delegation.reference
    )
    return reasons + why_not_giver(given, delegation.user_id, lines, of_givers.get(given.giver_id))


def why_not_end_authority(delegation: BudgetDelegation, actor: Actor) -> list[Reason]:
    """Why this person may not end the authority."""
    reasons = not_manager(actor)
    if delegation.user_id == actor.id:
        reasons.append(Reason(N_("Ingen kan endre sin egen tilgang. En annen administrator må gjøre det.")))
    if delegation.ended_at is not None:
        reasons.append(Reason(N_("Fullmakten er allerede avsluttet.")))
    return reasons
