"""Rows that stand in for the rooms before the decision: rules, application, recommendation."""

from datetime import date, datetime

from app.access.models import User
from app.applications.models import Application, BudgetKind, BudgetLine
from app.assessments.models import Assessment, BudgetCut, Outcome, Recommendation, Score
from app.cases.domain import Impartiality
from app.cases.models import Case, Declaration
from app.cases.workflow import Status
from app.db import db
from app.parties.models import Party
from app.rules.domain import (
    Answer,
    CostType,
    Criterion,
    InstalmentRule,
    Question,
    ReportKind,
    ReportRule,
    Rules,
    Trigger,
    Words,
    to_data,
)
from app.rules.models import Call, Pot, RuleVersion, Scheme, Track
from app.rules.workflow import CallStatus, RulesStatus


def rules_2025() -> Rules:
    """Two instalments, one criterion, one condition."""
    return Rules(
        title=Words("Regelverk for samhandling 2025", "Regelverk for samhandling 2025"),
        purpose=Words("Prøve ut digital samhandling", "Prøve ut digital samhandling"),
        legal_basis=Words("Prop. 1 S (2024–2025), kap. 701 post 21", "Prop. 1 S (2024–2025), kap. 701 post 21"),
        criteria=(Criterion("benefit", Words("Nytte for tjenesten", "Nytte for tenesta"), 2),),
        cost_types=(
            CostType("lead", Words("Prosjektledelse", "Prosjektleiing")),
            CostType("training", Words("Opplæring", "Opplæring")),
        ),
        conditions=(Words("Pengene er til prosjektet.", "Pengane er til prosjektet."),),
        instalments=(
            InstalmentRule(60, Trigger.ACCEPTANCE),
            InstalmentRule(40, Trigger.REPORT_APPROVED, report=ReportKind.STATUS),
        ),
        reports=(
            ReportRule(ReportKind.STATUS, date(2025, 8, 31), date(2025, 9, 15)),
            ReportRule(ReportKind.YEAR, date(2025, 12, 31), date(2026, 4, 1)),
        ),
        indicators=(
            Question("trained", Words("Ansatte med opplæring", "Tilsette med opplæring"), answer=Answer.NUMBER),
        ),
    )


def pot(by: User, at: datetime) -> Pot:
    """A pot with published rules for 2025 and its call; the one already there when there is one."""
    found = db.session.scalar(db.select(Pot).where(Pot.code == "hto-samhandling"))
    if found is not None:
        return found
    scheme = Scheme(code="hto", track=Track.GRANT, name_nb="Helseteknologiordningen", name_nn="Helseteknologiordninga")
    db.session.add(scheme)
    db.session.flush()
    made = Pot(
        scheme_id=scheme.id,
        code="hto-samhandling",
        name_nb="Digital samhandling",
        name_nn="Digital samhandling",
        chapter_post="701.21",
    )
    db.session.add(made)
    db.session.flush()
    other = db.session.scalars(db.select(User).where(User.id != by.id)).first()
    assert other is not None
    version = RuleVersion(
        pot_id=made.id,
        year=2025,
        number=1,
        status=RulesStatus.PUBLISHED,
        content=to_data(rules_2025()),
        approval_basis="HODs brev (demo)",
        drafted_by=by.id,
        drafted_at=at,
        approved_by=other.id,
        approved_at=at,
        published_by=by.id,
        published_at=at,
        demo=True,
    )
    db.session.add(version)
    db.session.flush()
    db.session.add(
        Call(
            public_id="call-2025",
            pot_id=made.id,
            rule_version_id=version.id,
            year=2025,
            title_nb="Digital samhandling 2025",
            title_nn="Digital samhandling 2025",
            opens_on=date(2024, 11, 15),
            deadline_on=date(2025, 1, 15),
            answer_by_on=date(2025, 2, 15),
            status=CallStatus.PUBLISHED,
            published_by=by.id,
            published_at=at,
        )
    )
    db.session.flush()
    return made


def case(of: Pot, party: Party, number: str, applied_ore: int, officer: User, at: datetime) -> Case:
    """A case that is sent in, with its application of two budget lines."""
    party.postcode, party.post_town = party.postcode or "9990", party.post_town or "Demovik"
    version = db.session.scalars(db.select(RuleVersion).where(RuleVersion.pot_id == of.id)).one()
    call = db.session.scalars(db.select(Call).where(Call.pot_id == of.id)).one()
    made = Case(
        public_id=f"case-{number}",
        number=number,
        track=Track.GRANT,
        pot_id=of.id,
        call_id=call.id,
        rule_version_id=version.id,
        scheme_code="hto",
        year=2025,
        title="Legemiddelliste i kommunen",
        status=Status.ASSESSING,
        party_id=party.id,
        party_name=party.display_name,
        party_sort=party.sort_key,
        officer_id=officer.id,
        officer_name=officer.name,
        applied_ore=applied_ore,
        created_at=at,
        submitted_at=at,
        assessed_by=officer.id,
    )
    db.session.add(made)
    db.session.flush()
    application = Application(
        case_id=made.id,
        language="nb",
        contact_name="Turid Demo",
        contact_email="turid@example.invalid",
        purpose="Å ta i bruk pasientens legemiddelliste.",
        starts_on=date(2025, 3, 1),
        ends_on=date(2025, 12, 31),
        account_no="12345600009",
        changed_at=at,
        changed_by=officer.id,
    )
    db.session.add(application)
    db.session.flush()
    half = applied_ore // 200 * 100
    for position, (code, ore) in enumerate((("lead", applied_ore - half), ("training", half))):
        db.session.add(
            BudgetLine(
                application_id=application.id,
                kind=BudgetKind.APPLIED,
                position=position,
                cost_code=code,
                text="",
                amount_ore=ore,
            )
        )
    return made


def recommended(made: Case, amount_ore: int, officer: User, decider: User, at: datetime) -> None:
    """An assessment and a proposal by the officer, and the decider's declaration that they are impartial."""
    outcome = (
        Outcome.REFUSE if amount_ore == 0 else Outcome.GRANT if amount_ore == made.applied_ore else Outcome.GRANT_PART
    )
    assessment = Assessment(
        case_id=made.id,
        assessor_id=officer.id,
        requirements={},
        proposed_ore=amount_ore,
        weighted=400,
        changed_at=at,
        finished_at=at,
    )
    db.session.add(assessment)
    db.session.flush()
    db.session.add(
        Score(assessment_id=assessment.id, criterion="benefit", points=4, reason="Prosjektet gir klar nytte.")
    )
    half = amount_ore // 200 * 100
    for position, ore in enumerate((amount_ore - half, half)):
        db.session.add(BudgetCut(assessment_id=assessment.id, position=position, proposed_ore=ore, why="Rammen."))
    db.session.add(
        Recommendation(
            case_id=made.id,
            outcome=outcome,
            amount_ore=amount_ore,
            purpose="Å ta i bruk pasientens legemiddelliste i hjemmetjenesten.",
            facts="Kommunen søker om støtte til innføring av pasientens legemiddelliste.",
            reasons="Prosjektet støtter formålet med ordningen.",
            conditions=["Kommunen deler erfaringer med de andre prosjektene."],
            recommended_by=officer.id,
            recommended_at=at,
        )
    )
    made.recommended_by, made.status = officer.id, Status.RECOMMENDED
    db.session.add(
        Declaration(case_id=made.id, user_id=decider.id, answer=Impartiality.IMPARTIAL, at=at),
    )
    db.session.flush()
