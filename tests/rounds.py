"""A round on its way to decision, by the program's own actions: registered, under assessment, recommended."""

from datetime import date, datetime

from app.access.domain import Actor
from app.applications.models import Application, ApplicationAnswer, BudgetKind, BudgetLine
from app.assessments import actions
from app.assessments.domain import Cut, Judged, Met, Outcome, Proposal, Scored, Sheet
from app.assessments.models import Assessment
from app.budget.actions import set_frame
from app.budget.domain import FrameState
from app.cases import actions as cases
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db, writing
from app.rules import actions as rules
from app.rules.domain import CallFacts, Words
from app.rules.models import Call, Track
from tests.factories import AT, acting, party, user
from tests.sample_rules import RULES

LINES = (("salary", 600_000_00), ("training", 400_000_00))
APPLIED_ORE = 1_000_000_00


def published_call(frame_ore: int = 30_000_000_00, at: datetime = AT) -> Call:
    """A published call of 2025 with its rules and frame."""
    writer, approver = acting("officer1"), acting("decider")
    with writing() as session:
        scheme = rules.add_scheme(
            "hto", Track.GRANT, Words("Helseteknologiordningen", "Helseteknologiordninga"), by=None, at=at
        )
        pot = rules.add_pot(scheme, "hto-sam", Words("Samhandling", "Samhandling"), "701.21", by=None, at=at)
        version = rules.draft_rules(pot, 2025, RULES, by=writer, at=at)
        rules.approve(version, "HODs brev (demo)", by=approver, at=at, version=version.version)
        rules.publish(version, by=approver, at=at, version=version.version)
        facts = CallFacts(
            title=Words("Samhandling 2025", "Samhandling 2025"),
            intro=Words("", ""),
            opens_on=date(2025, 1, 1),
            deadline_on=date(2025, 1, 15),
            answer_by_on=date(2025, 2, 15),
        )
        call = rules.draft_call(version, facts, by=writer, at=at)
        rules.publish_call(call, by=writer, at=at, version=call.version)
        set_frame(
            pot, 2025, frame_ore, state=FrameState.AT_DISPOSAL, basis="Tildelingsbrev 2025", letter_on=date(2025, 1, 5),
            by=None, at=at,
        )  # fmt: skip
        session.flush()
        return call


def submitted(
    call: Call, orgnr: str = "312999005", title: str = "Legemiddelliste i Demovik", at: datetime = AT
) -> Case:
    """A case that is sent in, with its application, answers and two budget lines."""
    applicant, hand = party(orgnr), user("demovik").id
    with writing() as session:
        case = Case(
            public_id=cases.public_id(), number=cases.next_number(2025), track=Track.GRANT, pot_id=call.pot_id,
            call_id=call.id, rule_version_id=call.rule_version_id, scheme_code="hto", year=2025, title=title,
            status=Status.SUBMITTED, party_id=applicant.id, party_name=applicant.display_name,
            party_sort=applicant.sort_key, applied_ore=APPLIED_ORE, created_at=at, submitted_at=at,
        )  # fmt: skip
        session.add(case)
        session.flush()
        application = Application(
            case_id=case.id, language="nb", contact_email="post@example.invalid", purpose="Ta i bruk legemiddellista",
            changed_at=at, changed_by=hand, signed_by=hand,
        )  # fmt: skip
        session.add(application)
        session.flush()
        for code, words in (
            ("plan", "Vi innfører lista i alle tjenester."),
            ("benefit", "Færre feil i medisineringen."),
        ):
            session.add(ApplicationAnswer(application_id=application.id, question_code=code, value=words))
        for position, (code, ore) in enumerate(LINES, 1):
            session.add(
                BudgetLine(
                    application_id=application.id,
                    kind=BudgetKind.APPLIED,
                    position=position,
                    cost_code=code,
                    text="Prosjektet",
                    amount_ore=ore,
                )
            )
        return case


def registered(call: Call, officer: str = "officer1", at: datetime = AT, **facts: str) -> Case:
    """A registered case with its officer, who has declared themselves impartial."""
    case = submitted(call, at=at, **facts)
    with writing():
        cases.register(case.id, user(officer), by=acting_now(officer), at=at, version=1)
        return impartial(case, officer, at)


def acting_now(username: str) -> Actor:
    """The person, read inside an open transaction."""
    from app.access.queries import actor

    found = actor(user(username).id)
    assert found is not None
    return found


def impartial(case: Case, username: str, at: datetime = AT) -> Case:
    """This person declares themselves impartial; inside a transaction."""
    cases.declare(case, Impartiality.IMPARTIAL, "", by=acting_now(username), at=at)
    return case


def assessing(call: Call, officer: str = "officer1", at: datetime = AT, **facts: str) -> Case:
    """A case under assessment, nothing filled in."""
    case = registered(call, officer, at, **facts)
    with writing():
        return actions.start(case.id, by=acting_now(officer), at=at, version=case.version)


def full_sheet(points: int = 4, cut_ore: int = 0) -> Sheet:
    """Everything answered; `cut_ore` is taken from the first budget line."""
    return Sheet(
        {r.code: Judged(Met.YES) for r in RULES.requirements},
        {c.code: Scored(points, "Prosjektet treffer formålet.") for c in RULES.criteria},
        tuple(
            Cut(
                n,
                ore,
                ore - (cut_ore if n == 1 else 0),
                "Høyere enn i lignende prosjekter." if cut_ore and n == 1 else "",
            )
            for n, (_, ore) in enumerate(LINES, 1)
        ),
    )


def assessed(
    call: Call, officer: str = "officer1", sheet: Sheet | None = None, at: datetime = AT, **facts: str
) -> tuple[Case, Assessment]:
    """A case whose officer has finished the assessment."""
    case = assessing(call, officer, at, **facts)
    by = acting(officer)
    with writing():
        saved = actions.save_assessment(case.id, sheet or full_sheet(), by=by, at=at, version=0)
        done = actions.finish(case.id, by=by, at=at, version=saved.version)
    return case, done


def proposal(amount_ore: int = APPLIED_ORE) -> Proposal:
    """A recommendation of this amount."""
    outcome = Outcome.GRANT if amount_ore == APPLIED_ORE else Outcome.GRANT_PART if amount_ore else Outcome.REFUSE
    return Proposal(
        outcome, amount_ore, "Innføre legemiddellista", "Kommunen søker om støtte.", "God nytte.", ("Del erfaringene.",)
    )


def recommended(
    call: Call, officer: str = "officer1", sheet: Sheet | None = None, at: datetime = AT, **facts: str
) -> Case:
    """A case the officer has recommended."""
    case, done = assessed(call, officer, sheet, at, **facts)
    assert done.proposed_ore is not None
    by = acting(officer)
    with writing():
        actions.recommend(case.id, proposal(done.proposed_ore), by=by, at=at, version=case.version)
    return fresh(case)


def fresh(case: Case) -> Case:
    """The case as it is stored now."""
    db.session.rollback()
    found = db.session.get(Case, case.id, populate_existing=True)
    assert found is not None
    return found
