"""Verbs on a case that belong to no single stage: number, officer, impartiality, words to find it by."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from app.access import queries as people
from app.access.domain import Actor
from app.access.models import User
from app.audit import record
from app.audit.record import Entry, record_all
from app.cases import judgement, queries
from app.cases.domain import Impartiality
from app.cases.models import Case, CaseCounter, Declaration, SearchText
from app.cases.workflow import CASE, Step
from app.db import db
from app.db.inserting import made_once
from app.db.search import index
from app.flow import Reason, Refused, Stale, advance, leave_hands
from app.parties.actions import give_account
from app.parties.models import BankAccount
from app.values.language import N_
from app.values.printable import shown, unprintable
from app.values.text import clean_line

_COUNTER: Any = CaseCounter.__table__
# The first of a year makes its row; of two at once, one inserts and the other waits and counts on.
_COUNT_ON = made_once(
    lambda insert: (
        insert(_COUNTER)
        .on_conflict_do_update(index_elements=["year"], set_={"next": _COUNTER.c.next + 1})
        .returning(_COUNTER.c.next)
    )
)
_TEXT: Any = SearchText.__table__
_SET_TEXT = made_once(
    lambda insert: (adding := insert(_TEXT)).on_conflict_do_update(
        index_elements=["case_id", "part"], set_={"text": adding.excluded.text}
    )
)


def public_id() -> str:
    """A random address that tells nothing and cannot be guessed; never one that a spreadsheet takes for a formula."""
    while (made := secrets.token_urlsafe(12)).startswith("-"):
        pass
    return made


def next_number(year: int) -> str:
    """The next case number of the year, «T25-0123». The counter row is locked until the transaction ends."""
    following = db.session.scalars(_COUNT_ON(), {"year": year, "next": 2}).one()
    return f"T{year % 100:02d}-{following - 1:04d}"


def register(case_id: int, officer: User | None, *, by: Actor, at: datetime, version: int) -> Case:
    """Take the application into the case record, and give it to the officer if chosen. Raises Refused or Stale."""
    case = _seen(case_id, version)
    facts = {"officer": officer.name if officer else ""}
    advance(case, CASE, Step.REGISTER, by=by, at=at, standing=queries.standing(case, by), facts=facts)
    if officer is not None:
        assign(case, officer, by=by, at=at, version=case.version)
    return case


def close(case_id: int, *, by: Actor, at: datetime, version: int) -> Case:
    """Close a case that is decided and has nothing left to do. Raises Refused or Stale."""
    case = _seen(case_id, version)
    also = judgement.why_not_close(case)
    advance(case, CASE, Step.CLOSE, by=by, at=at, standing=queries.standing(case, by), also=also)
    return case


def _seen(case_id: int, version: int) -> Case:
    """The case, locked, when it is still as the person saw it."""
    case = queries.locked(case_id)
    if case.version != version:
        raise Stale
    return case


def assign(case: Case, officer: User, *, by: Actor, at: datetime, version: int) -> None:
    """Give the case to an officer. Taking one nobody has, or one's own, is open to officers; the rest is the lead's.

    Raises Stale or Refused.
    """
    if case.version != version:
        raise Stale
    reasons = judgement.assign_reasons(case, officer.id, by)
    if reasons := reasons + judgement.why_not_receive(case, officer, people.actor(officer.id), by):
        raise Refused(reasons)
    case.officer_id, case.officer_name = officer.id, officer.name
    case.version += 1
    took = officer.id == by.id
    code, facts = ("case.taken", {}) if took else ("case.assigned", {"officer": officer.name})
    record(case.stream, code, facts, by=by, at=at, case_id=case.id)


def hand_over_all(leaver: User, receiver: User | None, *, by: Actor, at: datetime) -> tuple[int, int]:
    """Give every open case of one who leaves to the receiver, but to nobody where the receiver has told of a tie.

    Who may end a person is judged in `app.people`. Gives how many went to the receiver, and how many wait for the lead.
    """
    held, entries, given = queries.held_by(leaver.id), [], 0
    told = queries.declared([case.id for case in held], receiver.id) if receiver else {}
    for case in held:
        taker = None if told.get(case.id) in (Impartiality.PARTIAL, Impartiality.IN_DOUBT) else receiver
        case.officer_id, case.officer_name = (taker.id, taker.name) if taker else (None, "")
        case.version += 1
        given += taker is not None
        facts = {"before": leaver.name, **({"officer": taker.name} if taker else {})}
        entries.append(Entry(case.stream, "case.handed_over" if taker else "case.left", facts, case.id))
    record_all(entries, by=by, at=at)
    return given, len(held) - given


def correct_title(case_id: int, title: str, reason: str, *, by: Actor, at: datetime, version: int) -> Case:
    """Correct the name of the project before it is decided, when it cannot stand in a letter or is plainly wrong.

    Raises Refused or Stale.
    """
    case, new = _seen(case_id, version), clean_line(title)
    reasons = judgement.title_reasons(case, by)
    if not new or not reason.strip():
        reasons.append(Reason(N_("Skriv navnet og hvorfor det rettes.")))
    if strange := unprintable(new):
        reasons.append(Reason(N_("%(signs)s kan ikke stå i brev."), {"signs": shown(strange)}))
    if reasons:
        raise Refused(reasons)
    told = {"before": case.title, "after": new, "reason": reason.strip()}
    case.title = new
    case.version += 1
    find_by(case.id, title=new)
    record(case.stream, "case.title_corrected", told, by=by, at=at, case_id=case.id)
    return case


def declare(case: Case, answer: Impartiality, reason: str, *, by: Actor, at: datetime) -> None:
    """Declare impartiality before the first step (fvl §§ 6–10).

    Raises Refused without a reason for doubt, and when a stricter answer stands.
    """
    if reasons := judgement.why_not_declare(case, answer, by):
        raise Refused(reasons)
    if answer is not Impartiality.IMPARTIAL and not reason.strip():
        raise Refused([Reason(N_("Skriv kort hvorfor du er inhabil eller i tvil."))])
    db.session.add(Declaration(case_id=case.id, user_id=by.id, answer=answer, reason=reason.strip(), at=at))
    record(case.stream, "case.declared", {"answer": answer.value}, by=by, at=at, case_id=case.id)


def declare_round(
    call_id: int,
    shown: Collection[str],
    exceptions: Mapping[int, Impartiality],
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Declare oneself impartial in a whole round, but for the cases given (domain J.1.4); gives how many were answered.

    `shown`: the numbers of the cases on the page that was sent; nobody answers for an applicant who came after it.
    Cases already answered are left as they are, unless an exception makes the answer stricter.
    """
    rows = [case for case in queries.of_call(call_id, by) if case.number in shown or case.id in exceptions]
    queries.lock([case.id for case in rows])
    before = queries.declared([case.id for case in rows], by.id)
    answers = {case.id: exceptions.get(case.id, Impartiality.IMPARTIAL) for case in rows}
    asked = [case for case in rows if case.id not in before or _stricter(answers[case.id], before[case.id])]
    # What is ticked comes first: a tie told of one project of a party holds for its others.
    asked.sort(key=lambda case: -answers[case.id].strictness)
    for case in asked:
        answer = answers[case.id]
        declare(case, answer, reason if case.id in exceptions else "", by=by, at=at)
    return len(asked)


def _stricter(answer: Impartiality, before: str) -> bool:
    return answer.strictness > Impartiality(before).strictness


def settle(
    case: Case, person: User, answer: Impartiality, reason: str, *, by: Actor, at: datetime, version: int
) -> None:
    """The leader settles a colleague's doubt, or what was settled or told before, with why (fvl § 8 second paragraph).

    `version`: the key of the newest answer on the case the leader has seen. Raises Stale when the colleague's is newer,
    and Refused when there is nothing to settle, it is their own, or no reason is given.
    """
    newest = queries.newest_answer(case.id, person.id)
    if newest is not None and newest.key > version:
        raise Stale
    reasons = judgement.why_not_settle(case, person.id, by)
    if not reason.strip():
        reasons.append(Reason(N_("Skriv kort hvorfor.")))
    if reasons:
        raise Refused(reasons)
    row = Declaration(case_id=case.id, user_id=person.id, answer=answer, reason=reason.strip(), at=at, settled_by=by.id)
    db.session.add(row)
    facts = {"person": person.name, "answer": answer.value}
    record(case.stream, "case.doubt_settled", facts, by=by, at=at, case_id=case.id)


def tell_account(
    party_id: int, account_no: str, *, by: Actor, at: datetime, written_by: int | None = None
) -> BankAccount:
    """Register a number the person gives, and that they, and whoever wrote it for them, typed it; also if it is known.

    The hands stand with the first row of the same organisation and number, so that no new row is without them.
    """
    account = give_account(party_id, account_no, by=by, at=at)
    typed = {person: at for person in (by.id, written_by) if person is not None}
    leave_hands("account", account.first_id, "typed", typed)
    return account


def find_by(case_id: int, **parts: str) -> None:
    """Set the words a case is found by; other parts stay. Stored folded, so both databases give the same hits."""
    before = queries.found_by(case_id)
    _found_by(case_id, parts, {**before, **parts})


def first_find_by(case_id: int, **parts: str) -> None:
    """The same for a case that nobody could look for till now: there are no other parts to keep."""
    _found_by(case_id, parts, parts)


def _found_by(case_id: int, parts: Mapping[str, str], whole: Mapping[str, str]) -> None:
    rows = [{"case_id": case_id, "part": part, "text": text} for part, text in parts.items()]
    db.session.execute(_SET_TEXT(), rows)
    # Number, party and title before what may be long beyond what the index takes.
    index(case_id, sorted(whole.values(), key=lambda text: (len(text), text)))
