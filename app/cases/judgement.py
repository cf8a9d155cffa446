"""Why a step on a case is closed: the same functions for the verb, the page and the list of steps."""

from collections.abc import Sequence
from datetime import datetime

from app.access.domain import Actor, Permission, holders
from app.access.models import User
from app.cases import queries
from app.cases.domain import Chore, Impartiality
from app.cases.models import Case
from app.cases.queries import Answer
from app.cases.workflow import CASE, Step
from app.flow import Offer, Reason, why_not, why_not_bind, why_not_for_the_house, wrong_status
from app.parties.queries import has_controlled
from app.values.language import N_


def why_not_declare(case: Case, answer: Impartiality, by: Actor) -> list[Reason]:
    """Why this person may not answer so themselves: an answer that stands is made stricter, never milder.

    Doubt is the leader's to settle, and what the leader settled stands (forvaltningsloven § 8 second paragraph). A tie
    is to a party (§ 6): who has told of one in another case of the same party says so here too, or is in doubt.
    """
    before = queries.declared([case.id], by.id).get(case.id)
    if before is None and answer is Impartiality.IMPARTIAL:
        return _tied_elsewhere(queries.ties(by.id, [case.party_id]).get(case.party_id), case)
    if before is None or answer.strictness >= Impartiality(before).strictness:
        return []
    return [
        Reason(
            N_("Svaret «%(before)s» står til lederen har avgjort noe annet."),
            {"before": Impartiality(before)},
            N_("leder med BDM"),
        )
    ]


def _tied_elsewhere(number: str | None, case: Case) -> list[Reason]:
    if number is None:
        return []
    return [
        Reason(
            N_(
                "%(party)s: Du har meldt inhabilitet eller tvil i sak %(number)s, som gjelder den samme søkeren. "
                "Meld det her også. Er du i tvil, avgjør lederen."
            ),
            {"party": case.party_name, "number": number},
        )
    ]


def why_not_settle(case: Case, person_id: int, by: Actor) -> list[Reason]:
    """Why this person may not settle that colleague's impartiality: the leader's, never one's own, and asked for."""
    if not by.may(Permission.DECIDE) or person_id == by.id:
        return [Reason(N_("Tvil om habilitet avgjøres av lederen."), who=N_("leder med BDM"))]
    if tied := own_tie(case, queries.declared([case.id], by.id).get(case.id), by):
        return tied
    if person_id not in to_settle(queries.answers(case.id), by):
        return [Reason(N_("Det er ikke meldt tvil om habilitet her."))]
    return []


def own_tie(case: Case, declared: str | None, by: Actor) -> list[Reason]:
    """Why a leader with a tie or a doubt of their own may not settle anybody's."""
    if declared in (Impartiality.PARTIAL, Impartiality.IN_DOUBT):
        return [Reason(N_("Du har selv meldt tvil eller inhabilitet i saken. En annen leder må avgjøre dette."))]
    return why_not_for_the_house(case.standing(), by)


def to_settle(answers: Sequence[Answer], by: Actor) -> dict[int, Answer]:
    """The colleagues whose answer this leader may change: in doubt, partial, or settled before; doubt first."""
    newest = {each.user.id: each for each in answers if each.user.id != by.id}
    asked = [each for each in newest.values() if each.settled_by or each.answer is not Impartiality.IMPARTIAL]
    return {e.user.id: e for e in sorted(asked, key=lambda e: e.answer is not Impartiality.IN_DOUBT)}


def why_not_vouch(party_id: int, by: Actor) -> list[Reason]:
    """Why they may not say for it which account number is right: they also have controlled one of its own before."""
    if has_controlled(party_id, by.id):
        return [
            *why_not_bind(by),
            Reason(N_("Du har kontrollert kontonummeret til mottakeren. En annen må gjøre dette.")),
        ]
    return why_not_bind(by)


def assign_reasons(case: Case, officer_id: int, by: Actor) -> list[Reason]:
    """Why this person may not give the case to that officer. Taking one nobody has is open to those who register."""
    if case.status in queries.DONE:
        return [Reason(N_("Saken er ferdig og kan ikke gis til noen."))]
    taking = officer_id == by.id and by.may(Permission.ASSESS) and case.officer_id in (None, by.id)
    if not taking and not by.may(Permission.DISTRIBUTE):
        return [Reason(N_("Bare fagansvarlig kan gi saken til en annen."), who=N_("fagansvarlig"))]
    # One's own answer is told as the receiver's below.
    closed = why_not_for_the_house(case.standing(), by) if officer_id == by.id else distribute_reasons(case, by)
    return closed + _tied(queries.declared([case.id], officer_id).get(case.id))


def distribute_reasons(case: Case, actor: Actor) -> list[Reason]:
    """Why this person gives the case to nobody, whoever it is to be."""
    return why_not_for_the_house(queries.standing(case, actor), actor)


def why_not_receive(case: Case, officer: User, taker: Actor | None, by: Actor) -> list[Reason]:
    """Why an officer is not given the case, beyond what they have told themselves. `taker`: the officer's rights."""
    if taker is None or not taker.may(Permission.ASSESS):
        return [Reason(N_("%(name)s behandler ikke saker lenger."), {"name": officer.name})]
    if taker.id != by.id and why_not_for_the_house(case.standing(), taker):
        return [Reason(N_("Den som skal få saken, er knyttet til mottakeren."))]
    return []


def _tied(declared: str | None) -> list[Reason]:
    """Nobody is given a case they may not work with."""
    if declared == Impartiality.PARTIAL:
        return [Reason(N_("Den som skal få saken, har meldt at de er inhabile."))]
    if declared == Impartiality.IN_DOUBT:
        return [
            Reason(
                N_("Den som skal få saken, er i tvil om de er habile. Tvilen må avgjøres først."),
                who=N_("leder med BDM"),
            )
        ]
    return []


def why_not_close(case: Case) -> list[Reason]:
    """Why the case cannot be closed yet, beyond the table of moves: its party must have been told how it ended."""
    return [Reason(N_("Vedtaksbrevet er ikke sendt."))] if queries.is_untold(case.id) else []


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """Register, take, distribute, declare, settle a doubt and close. `at` is not needed yet."""
    del at
    if case.number is None or not actor.may(Permission.READ_CASES):
        return []
    return [*_moves(case, actor), *_chores(case, actor)]


def _moves(case: Case, actor: Actor) -> list[Offer]:
    now = queries.standing(case, actor)
    values = {"number": str(case.number), "version": str(case.version)}
    steps = ((Step.REGISTER, "cases.register"), (Step.CLOSE, "cases.close"))
    return [
        Offer(step, tuple(why_not(CASE, step, now, actor, _also(step, case))), endpoint, values, post=True)
        for step, endpoint in steps
        if case.status in CASE.move(step).start
    ]


def _also(step: Step, case: Case) -> list[Reason]:
    return why_not_close(case) if step is Step.CLOSE else []


def _chores(case: Case, actor: Actor) -> list[Offer]:
    if case.status in queries.DONE:
        return []
    number = {"number": str(case.number)}
    found: list[Offer] = []
    if case.officer_id is None and actor.may(Permission.ASSESS):
        values = {**number, "version": str(case.version)}
        found.append(Offer(Chore.TAKE, tuple(assign_reasons(case, actor.id, actor)), "cases.take", values, post=True))
    if actor.may(Permission.DISTRIBUTE):
        found.append(Offer(Chore.DISTRIBUTE, tuple(distribute_reasons(case, actor)), "cases.distribute", number))
    # A doubt that is told after the decision is settled too: payments and reports are handled by somebody impartial.
    if actor.may(Permission.DECIDE) and to_settle(queries.answers(case.id), actor):
        mine = queries.declared([case.id], actor.id).get(case.id)
        found.append(Offer(Chore.SETTLE, tuple(own_tie(case, mine, actor)), "cases.settle", number))
    if case.status not in queries.OPEN:
        return found
    acts = actor.may(Permission.ASSESS) or actor.may(Permission.DECIDE)
    if acts and queries.declared([case.id], actor.id).get(case.id) is None:
        found.append(Offer(Chore.DECLARE, (), "cases.declare", number))
    if actor.may(Permission.REGISTER):
        found.append(Offer(Chore.CORRECT_TITLE, tuple(title_reasons(case, actor)), "cases.correct_title", number))
    return found


def title_reasons(case: Case, actor: Actor) -> list[Reason]:
    """Why this person may not correct the project's name now: what is decided keeps the name it was decided with."""
    if not actor.may(Permission.REGISTER):
        return [Reason(N_("Du har ikke tilgang til dette."), who=holders(Permission.REGISTER)[0])]
    if case.status not in queries.OPEN:
        return [wrong_status(case.status)]
    return why_not_for_the_house(queries.standing(case, actor), actor)
