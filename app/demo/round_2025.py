"""The samhandling round of 2025, as far as it has come on 10 February: in five days all are to be decided."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from app.demo import applying, granting, handling
from app.demo.compensating import Agreed, those
from app.demo.compensating import Ends as Claim
from app.demo.participants import Participants
from app.demo.stories import Ends, round_2025
from app.demo.story import Story
from app.demo.telling import Payee, Teller, control, hand, jobs, sign
from app.rules.models import Call

# What of a case is demo: all of it but who the real applicants are.
DEMO_FIELDS = ("applied_ore", "granted_ore", "title", "purpose", "answers", "account", "dates", "paid", "status")
_PAID = (Ends.PAID, Ends.HANDED_OVER, Ends.APPROVED, Ends.ATTESTED)
_ACCEPTED = (*_PAID, Ends.ACCEPTED)
_DECIDED = (*_ACCEPTED, Ends.AWAITING, Ends.REFUSED)
# Those ready when February began, and those after them.
FIRST_DECISIONS, SECOND_DECISIONS = date(2025, 2, 3), date(2025, 2, 7)


def tell_2025(story: Story, people: Participants, call: Callable[[], Call]) -> list[Teller]:
    """Everything up to the day the demo begins; the cases in the order they came in."""
    all_told = round_2025()
    tellers = [Teller(story, people, told, "officer1" if told.nr % 2 else "officer2") for told in all_told]
    for teller, sent_on in zip(tellers, _sent_on(len(tellers)), strict=True):
        _tell_applied(teller, sent_on, call)
    for who in ("officer1", "officer2", "decider"):
        story.when(date(2025, 1, 17), "15:00", _declared(people, who, call))
    for on in (date(2024, 12, 6), date(2024, 12, 20), date(2025, 1, 8), date(2025, 1, 13), date(2025, 1, 15)):
        jobs(story, on)
    _tell_judged(tellers)
    for on in (date(2025, 1, 23), FIRST_DECISIONS, date(2025, 2, 4), SECOND_DECISIONS):
        jobs(story, on)
    return tellers


def _sent_on(count: int) -> Iterator[date]:
    """Some send early and half of them in the last three days, as always."""
    before = [*_workdays(date(2024, 12, 4), date(2024, 12, 19)), *_workdays(date(2025, 1, 2), date(2025, 1, 10))]
    last = (date(2025, 1, 13), date(2025, 1, 14), date(2025, 1, 15), date(2025, 1, 15))
    early = count // 2
    yield from (before[nr * len(before) // early] for nr in range(early))
    yield from (last[nr * len(last) // (count - early)] for nr in range(count - early))


def _tell_applied(teller: Teller, sent_on: date, call: Callable[[], Call]) -> None:
    nr = teller.told.nr
    teller.draft(max(sent_on - timedelta(days=3 + nr % 9), date(2024, 11, 22)), f"08:{nr % 60:02d}", call, DEMO_FIELDS)
    teller.do(sent_on, f"{9 + nr * 5 % 7:02d}:{nr * 7 % 60:02d}", applying.send, "signer")
    if teller.told.ends is not Ends.SUBMITTED:
        teller.register(date(2025, 1, 16), f"{9 + nr // 15:02d}:{nr * 4 % 60:02d}")


def _declared(people: Participants, who: str, call: Callable[[], Call]) -> Callable[..., None]:
    return lambda at: handling.declare_round(call().id, by=people.person(who), at=at)


def _tell_judged(tellers: Sequence[Teller]) -> None:
    """From «Registrert» to where each stands when the demo begins."""
    first = [t for t in tellers if t.told.ends in _ACCEPTED or (t.told.ends is Ends.AWAITING and t.told.nr % 2)]
    second = [t for t in tellers if t.told.ends in _DECIDED and t not in first]
    ready = _those(tellers, Ends.RECOMMENDED, Ends.SENT_BACK)
    _assessed(first, date(2025, 1, 20), date(2025, 1, 28))
    _assessed(second, date(2025, 1, 27), date(2025, 2, 3))
    _assessed(ready, date(2025, 1, 30), date(2025, 2, 4))
    _assessed(_those(tellers, Ends.ASSESSED), date(2025, 2, 3), date(2025, 2, 7))
    for group, to_decider, decided in (
        (first, date(2025, 1, 30), FIRST_DECISIONS),
        (second, date(2025, 2, 5), SECOND_DECISIONS),
        (ready, date(2025, 2, 5), None),
    ):
        for nr, teller in enumerate(group):
            teller.do(
                to_decider, f"{12 + nr // 12:02d}:{nr * 5 % 60:02d}", handling.recommend, teller.officer, teller.told
            )
            if decided:
                teller.do(decided, f"{10 + nr // 15:02d}:{nr * 4 % 60:02d}", granting.decide, "decider")
    for teller in tellers:
        _tell_apart(teller)


def _assessed(tellers: Sequence[Teller], first: date, last: date) -> None:
    """So many a day that all are assessed from the first day to the last."""
    days = _workdays(first, last)
    for nr, teller in enumerate(tellers):
        on, minutes = days[nr * len(days) // len(tellers)], nr * 13 % 60
        teller.do(on, f"09:{minutes:02d}", handling.start, teller.officer)
        teller.do(on, f"{13 + nr % 2}:{minutes:02d}", handling.assess, teller.officer, teller.told)


def _tell_apart(teller: Teller) -> None:
    """What happens to this one alone."""
    told, officer = teller.told, teller.officer
    match told.ends:
        case Ends.WITHDRAWN:
            teller.do(date(2025, 1, 22), f"11:{told.nr % 60:02d}", applying.withdraw, "signer", told)
        case Ends.ASKED | Ends.ANSWERED:
            teller.do(date(2025, 1, 23), f"10:{told.nr % 60:02d}", handling.ask, officer, told, date(2025, 2, 13))
            if told.ends is Ends.ANSWERED:
                teller.do(date(2025, 2, 6), "14:20", applying.reply, "signer", told)
        case Ends.ASSESSING | Ends.HALF:
            teller.do(date(2025, 2, 6), f"09:{told.nr % 60:02d}", handling.start, officer)
            if told.ends is Ends.HALF:
                teller.do(date(2025, 2, 7), f"13:{told.nr % 60:02d}", handling.assess_half, officer, told)
        case Ends.SENT_BACK:
            teller.do(date(2025, 2, 7), f"11:{told.nr % 60:02d}", handling.send_back, "decider", told)
        case ends if ends in _ACCEPTED:
            teller.do(date(2025, 2, 4), f"09:{told.nr % 60:02d}", granting.accept, "signer", told)


def tell_payment_2025(story: Story, people: Participants, tellers: Sequence[Teller], agreed: Sequence[Agreed]) -> None:
    """The first list of 2025: grants and GPs' claims together, where the bank rejects one of the claims.

    Some wait to be attested, some attested and some approved, so that each of finance's pages has something to do.
    """
    rejected, claimed = those(agreed, Claim.REJECTED), those(agreed, Claim.PAID)
    on_list: list[Payee] = [*_those(tellers, Ends.HANDED_OVER, Ends.PAID), *rejected, *claimed]
    approved = [*on_list, *_those(tellers, Ends.APPROVED)]
    attested = [*approved, *_those(tellers, Ends.ATTESTED), *those(agreed, Claim.ATTESTED)]
    control(story, people, date(2025, 2, 5), attested)
    sign(story, people, date(2025, 2, 5), granting.attest, "finance1", attested)
    sign(story, people, date(2025, 2, 6), granting.approve, "decider", approved)
    booked = date(2025, 2, 10)
    sign(story, people, date(2025, 2, 7), granting.hand_over, "finance2", on_list, booked)
    paid: list[Payee] = [*_those(tellers, Ends.PAID), *claimed]
    story.when(booked, "08:30", hand(people, granting.paid, "finance2", paid, booked))
    answer = "Kontoen er sperret. (Demo)"
    story.when(booked, "08:40", hand(people, granting.rejected, "finance2", rejected, answer))


def _those(tellers: Sequence[Teller], *ends: Ends) -> list[Teller]:
    return [teller for teller in tellers if teller.told.ends in ends]


def _workdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]
