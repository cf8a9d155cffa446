"""Four eyes as one table: which hands of the same thing must be different people's, for its whole life.

`why_not()` reads it, and so does the trigger on the table of hands (app.flow.models), so the two cannot differ. A hand
once left stays: nobody gets rid of it by taking back, sending back, or somebody else doing the same after them. A new
row that continues an older one has its hands from the start (app.flow.actions.inherit_hands), and the recipient's own
hands in anything on a case are hands in everything on it.
"""

from collections.abc import Collection, Mapping

from app.values.language import N_

# The recipient's own hands: who has had one takes no step of the house on the same case, before or afterwards.
THEIRS = ("submitted", "accepted", "declined", "delivered")
# And the other way: any hand of the house on the case, in whatever it was.
HOUSE = "house"

# Kinds of things that belong to no case.
ON_NO_CASE = ("rules", "account", "summary")

# Kind of thing (a workflow's name, or «account») → hand → the hands that bar whoever had one of them from leaving it.
# Reglement for økonomistyring i staten § 14, Bestemmelser 2.5.2 and 5.3.5 (domain C.3, J.1.5, J.1.6, J.1.10, J.1.13).
BARRED_BY: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "rules": {
        "drafted": ("approved",),
        "approved": ("drafted",),
    },
    # A delivery: whoever ever wrote in it approves neither it nor the version that is copied from it.
    "summary": {
        "drafted": ("approved",),
        "approved": ("drafted",),
    },
    "case": {
        "submitted": (HOUSE,),
        "assessed": (*THEIRS, "decided"),
        "recommended": (*THEIRS, "decided"),
        "decided": (*THEIRS, "assessed", "recommended"),
    },
    # Stopping is one way: whoever let payment go on may stop it again, for a stop protects the money.
    "award": {
        "accepted": (HOUSE,),
        "declined": (HOUSE,),
        "stopped": THEIRS,
        "resumed": (*THEIRS, "stopped"),
        "lapsed": THEIRS,
    },
    "report": {
        "delivered": (HOUSE,),
        "reviewed": THEIRS,
    },
    "claim": {
        "submitted": (HOUSE,),
        # The area's own people lay claims in for its GPs: whoever did takes no other step on that claim.
        "imported": (*THEIRS, "confirmed", "reviewed"),
        "confirmed": (*THEIRS, "imported", "reviewed"),
        "reviewed": (*THEIRS, "imported", "confirmed"),
    },
    # One way: a recipient who tells a number again is never refused, and whoever ever told it does not control it.
    "account": {
        "confirmed": ("typed",),
        "controlled": (*THEIRS, "typed", "confirmed"),
    },
    "payable": {
        # «decided» is the hand that fixed the sum: the grant's decider, or who settled the claim.
        "decided": ("attested",),
        # And «imported» that of who laid the claim in.
        "imported": (*THEIRS, "attested", "approved", "handed_over", "settled", "checked"),
        "attested": (*THEIRS, "imported", "decided", "approved", "handed_over", "settled"),
        "approved": (*THEIRS, "imported", "attested", "handed_over", "settled"),
        "handed_over": (*THEIRS, "imported", "attested", "approved"),
        "settled": (*THEIRS, "imported", "attested", "approved", "checked"),
        "checked": (*THEIRS, "imported", "settled"),
    },
    "repayment": {
        "registered": (*THEIRS, "confirmed", "refused", "settled"),
        "confirmed": (*THEIRS, "registered"),
        "refused": (*THEIRS, "registered"),
        "settled": (*THEIRS, "registered"),
    },
}

# «Du har … denne selv»: what a hand has done, by kind and hand.
DONE: Mapping[str, str] = {
    HOUSE: N_("behandlet"),
    "accepted": N_("akseptert"),
    "declined": N_("takket nei til"),
    "delivered": N_("levert"),
    "registered": N_("registrert"),
    "drafted": N_("skrevet"),
    "approved": N_("godkjent"),
    "assessed": N_("vurdert"),
    "recommended": N_("innstilt"),
    "decided": N_("vedtatt"),
    "stopped": N_("stanset"),
    "submitted": N_("sendt inn"),
    "imported": N_("importert"),
    "confirmed": N_("bekreftet"),
    "refused": N_("avslått"),
    "reviewed": N_("behandlet"),
    "typed": N_("registrert"),
    "controlled": N_("kontrollert"),
    "attested": N_("attestert"),
    "handed_over": N_("overført"),
    "settled": N_("registrert utfallet av"),
    "checked": N_("kontrollert svaret fra banken på"),
}


def barring(kind: str, hand: str) -> tuple[str, ...]:
    """The hands that keep their person from leaving this one in the same thing; none for a hand nothing opposes."""
    return BARRED_BY.get(kind, {}).get(hand, ())


def meaning(kind: str) -> frozenset[str]:
    """The hands that bar, or are barred, in this kind of thing."""
    return frozenset(BARRED_BY[kind]).union(*BARRED_BY[kind].values()) - {HOUSE}


def had_by(people: Mapping[str, Collection[int]], hand: str) -> frozenset[int]:
    """Everybody who has had this hand; for HOUSE, any hand but the recipient's."""
    names = set(people) - set(THEIRS) if hand == HOUSE else {hand} & set(people)
    return frozenset().union(*(people[name] for name in names))


def with_latest(hands: Mapping[str, Collection[int]], **latest: int | None) -> dict[str, frozenset[int]]:
    """Everybody who ever had each hand, with whom the thing's own row names last."""
    found = {hand: frozenset(people) for hand, people in hands.items()}
    for hand, person in latest.items():
        if person is not None:
            found[hand] = found.get(hand, frozenset()) | {person}
    return found
