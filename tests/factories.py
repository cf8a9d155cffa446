"""Made through the program's own actions; only what a test does not care about is filled in here."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor
from app.access.models import User
from app.access.queries import actor as read_actor
from app.access.queries import by_username
from app.awards import actions as awards
from app.awards import letter_facts
from app.awards import queries as award_queries
from app.awards.domain import Acceptance, RevisedLine, Seen
from app.awards.models import Award
from app.budget import actions as budget
from app.budget.domain import FrameState
from app.cases.models import Case
from app.db import db, writing
from app.dispatch.models import Outgoing
from app.dispatch.queries import by_key
from app.dispatch.workflow import Status as Sending
from app.documents.actions import add_document
from app.documents.domain.scopes import Scope
from app.documents.models import Direction, StoredFile
from app.parties.models import Party
from app.values.clock import local_date
from tests import award_rows
from tests.first_people import AT
from tests.first_people import people as people


def user(username: str) -> User:
    """The account of this name."""
    found = by_username(username)
    assert found is not None, username
    return found


def acting(username: str) -> Actor:
    """The person as actions are told of them."""
    found = read_actor(user(username).id)
    db.session.rollback()
    assert found is not None
    return found


def party(orgnr: str) -> Party:
    """The organisation with this number."""
    from app.parties.queries import by_orgnr

    found = by_orgnr(orgnr)
    assert found is not None, orgnr
    return found


def frame(
    frame_ore: int = 30_000_000_00, *, state: FrameState = FrameState.AT_DISPOSAL, year: int = 2025, at: datetime = AT
) -> int:
    """The frame of the pot for the year, set by hand; gives its key."""
    with writing():
        preliminary = state is FrameState.PRELIMINARY
        return budget.set_frame(
            award_rows.pot(user("officer1"), at),
            year,
            frame_ore,
            state=state,
            basis="Prop. 1 S" if preliminary else f"Tildelingsbrev {year}",
            letter_on=None if preliminary else date(year, 1, 6),
            by=None,
            at=at,
        ).id


def recommended(
    amount_ore: int = 2_500_001_00,
    *,
    applied_ore: int | None = None,
    number: str = "T25-0001",
    orgnr: str = "312999005",
    at: datetime = AT,
) -> int:
    """A case the officer has recommended; nought is a refusal. Gives its key."""
    with writing():
        officer = user("officer1")
        made = award_rows.case(
            award_rows.pot(officer, at), party(orgnr), number, applied_ore or amount_ore or 1_000_000_00, officer, at
        )
        award_rows.recommended(made, amount_ore, officer, user("decider"), at)
        return made.id


def grant_round(frame_ore: int = 30_000_000_00, at: datetime = AT) -> int:
    """A published call of 2025 with rules and frame; gives the call's key."""
    from app.budget.domain import FrameState
    from app.budget.models import Frame
    from app.rules.domain import to_data
    from app.rules.models import Call, Pot, RuleVersion, Scheme, Track
    from app.rules.workflow import CallStatus, RulesStatus
    from tests.sample_rules import RULES

    author, approver = user("officer1").id, user("decider").id
    with writing() as session:
        scheme = Scheme(
            code="HTO", track=Track.GRANT, name_nb="Helseteknologiordningen", name_nn="Helseteknologiordninga"
        )
        session.add(scheme)
        session.flush()
        pot = Pot(
            scheme_id=scheme.id, code="HTO-SAM", name_nb="Samhandling", name_nn="Samhandling", chapter_post="701.21"
        )
        session.add(pot)
        session.flush()
        rules = RuleVersion(
            pot_id=pot.id, year=2025, number=1, content=to_data(RULES), approval_basis="Demo",
            drafted_by=author, drafted_at=at, approved_by=approver, approved_at=at,
            published_by=approver, published_at=at, status=RulesStatus.PUBLISHED,
        )  # fmt: skip
        session.add(rules)
        session.flush()
        call = Call(
            public_id="call-2025", pot_id=pot.id, rule_version_id=rules.id, year=2025, title_nb="Samhandling 2025",
            title_nn="Samhandling 2025", opens_on=date(2024, 12, 1), deadline_on=date(2025, 1, 15),
            answer_by_on=date(2025, 2, 15), published_by=approver, published_at=at, status=CallStatus.PUBLISHED,
        )  # fmt: skip
        frame = Frame(
            pot_id=pot.id, year=2025, chapter_post="701.21", appropriation_ore=frame_ore, frame_ore=frame_ore,
            state=FrameState.AT_DISPOSAL, basis="Tildelingsbrev 2025", letter_on=date(2025, 1, 5),
        )  # fmt: skip
        session.add_all([call, frame])
        session.flush()
        return call.id


def season_rules(at: datetime = AT) -> None:
    """Schemes, pots and four published rule versions of the demo; needs `people`."""
    from app.demo import rules

    writer, approver = acting("officer1"), acting("decider")
    wanted = (
        ("samhandling", 2024, rules.pll_2024()),
        ("pmd", 2024, rules.pmd(2024)),
        ("samhandling", 2025, rules.samhandling(2025)),
        ("gp", 2025, rules.gp_2025()),
    )
    with writing():
        pots = rules.load_pots(at)
        for pot, year, facts in wanted:
            rules.establish(pots[pot], year, facts, writer=writer, approver=approver, at=at)


def published_call(*given: Any, **named: Any) -> Any:
    """A published call under simple rules; see tests.applying."""
    from tests import applying

    return applying.published_call(*given, **named)


def draft(*given: Any, **named: Any) -> Any:
    """A draft by a recipient, filled in unless told otherwise; see tests.applying."""
    from tests import applying

    return applying.draft(*given, **named)


def submitted(*given: Any, **named: Any) -> Any:
    """An application that is sent in; see tests.applying."""
    from tests import applying

    return applying.submitted(*given, **named)


def seen(case_id: int, at: datetime = AT, by: str = "decider") -> Seen:
    """What the decider's page would carry now."""
    basis = award_queries.basis(case_id)
    assert basis is not None
    facts = letter_facts.facts_of(basis, user(by), local_date(at))
    found = Seen(basis.case.version, letter_facts.letter_hash(facts), letter_facts.pieces(facts))
    db.session.rollback()
    return found


def decided(case_id: int, at: datetime = AT) -> int:
    """The case decided as recommended; gives the award's key, or nought for a refusal."""
    shown, decider = seen(case_id, at), acting("decider")
    with writing():
        awards.decide(case_id, shown, by=decider, at=at)
    award = award_queries.award_of(case_id)
    return award.id if award else 0


def letters_sent(at: datetime = AT) -> None:
    """Every letter whose time has come is made and sent."""
    from app.dispatch import jobs

    jobs.render_due(at)
    jobs.send_due(at)
    db.session.rollback()


def told(award_id: int) -> None:
    """The letter of the award sent, the moment it was to go; without printing it, which takes its time."""
    with writing() as session:
        award = session.get_one(Award, award_id)
        letter = by_key(award_queries.letter_key(award.decision_id))
        assert letter is not None
        if letter.document_id is None:
            at = letter.not_before
            session.add(StoredFile(sha256=f"{letter.id:064x}", size=0, media_type="application/pdf", stored_at=at))
            session.flush()
            document = add_document(
                scope=Scope.CASE, case=session.get_one(Case, award.case_id), direction=Direction.OUT, kind=letter.kind,
                title=letter.subject, filename="vedtak.pdf", sha256=f"{letter.id:064x}", language=letter.language,
                to_party=True, by=None, at=at,
            )  # fmt: skip
            sent = {"document_id": document.id, "status": Sending.SENT, "sent_at": at}
            session.execute(sa.update(Outgoing).where(Outgoing.id == letter.id).values(sent))


def accepted(award_id: int, signer: str = "demovik", at: datetime = AT) -> int:
    """The award accepted with the account it was applied with; a partial one with its first line cut to fit.

    Its letter has been sent before, as it must.
    """
    person = acting(signer)
    told(award_id)
    with writing():
        award = award_queries.locked_award(award_id)
        line = RevisedLine("lead", "", award.amount_ore)
        answer = Acceptance(award.version, "12345600009", lines=(line,), plan="Færre kurs." if award.partial else "")
        awards.accept(award_id, answer, by=person, at=at)
    return award_id


def payable(*given: Any, **named: Any) -> Any:
    """The first instalment of an accepted award, ready to be attested; see tests.payout_rows."""
    from tests import payout_rows

    return payout_rows.payable(*given, **named)


def report_due(*given: Any, **named: Any) -> int:
    """A report expected of an accepted award; see tests.reporting."""
    from tests import reporting

    return reporting.report_due(*given, **named)


def delivered(*given: Any, **named: Any) -> int:
    """A report filled in and signed; see tests.reporting."""
    from tests import reporting

    return reporting.delivered(*given, **named)


def agreement(*given: Any, **named: Any) -> Any:
    """An agreement with the demo practice; see tests.compensation_rows."""
    from tests import compensation_rows

    return compensation_rows.agreement(*given, **named)


def claim(*given: Any, **named: Any) -> Any:
    """A claim sent in by the GP; see tests.compensation_rows."""
    from tests import compensation_rows

    return compensation_rows.claim(*given, **named)
