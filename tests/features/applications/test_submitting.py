"""From draft to submission: who, when, what is missing, and only once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.applications import actions, judgement, queries
from app.applications.domain import Answers, Budget, Contact, CostLine, Partner, Partners, Project
from app.applications.models import ApplicationAnswer, BudgetLine
from app.audit.models import AuditEntry
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db, writing
from app.db.search import hits
from app.dispatch.models import Outgoing
from app.flow import Refused, Stale, record_hand
from app.flow.models import Hand
from app.parties.queries import newest_account
from app.values.clock import end_of_local_day
from app.values.money import format_kr
from tests import factories as make
from tests.applying import DEADLINE, RULES, SUBMITTED


@pytest.fixture(autouse=True)
def ground(app: Flask):
    with app.app_context():
        make.people()
        make.published_call()
        yield


def submit(case: Case, username: str = "demovik", at: datetime = SUBMITTED) -> Case:
    version = queries.by_case(case.id).version
    by = make.acting(username)
    with writing():
        return actions.sign_and_submit(case.id, version=version, by=by, at=at)


def test_a_submission_gets_number_rules_deadline_account_and_receipt() -> None:
    case = make.submitted()
    assert case.status is Status.SUBMITTED
    assert case.number == "T25-0001"
    assert case.submitted_at == SUBMITTED
    assert case.late is False
    assert case.due_on.isoformat() == "2025-02-15"
    assert newest_account(case.party_id).account_no == "12345600009"
    receipt = db.session.scalars(sa.select(Outgoing).where(Outgoing.case_id == case.id)).one()
    assert (receipt.letter, receipt.facts["expected_by"]) == ("receipt", "2025-02-15")
    assert "15. februar 2025" in receipt.body
    application = queries.by_case(case.id)
    for told in ("legemiddelliste", application.contact_name, application.contact_email, format_kr(case.applied_ore)):
        assert db.session.scalars(hits(told)).all() == [case.id], told
    assert (application.signed_by, application.signed_title) == (make.user("demovik").id, "kommunedirektør")


def test_whoever_signed_the_application_judges_nothing_in_the_case() -> None:
    case = make.submitted()
    signer, hands = make.user("demovik").id, ("assessed", "recommended", "decided")
    told = db.session.execute(sa.select(Hand.hand, Hand.user_id).where(Hand.kind == "case", Hand.thing_id == case.id))
    assert [tuple(each) for each in told] == [("submitted", signer)]
    for hand in hands:
        with pytest.raises(Refused, match="sendt inn denne selv"), writing():
            record_hand("case", case.id, hand, case_id=case.id, by=make.acting("demovik"), at=SUBMITTED)


def test_the_receipt_is_in_the_language_the_municipality_has_decided() -> None:
    case = make.submitted("fjordnes")
    receipt = db.session.scalars(sa.select(Outgoing).where(Outgoing.case_id == case.id)).one()
    assert receipt.language == "nn"


def test_numbers_follow_one_another_and_a_refused_submission_uses_none() -> None:
    first = make.submitted("demovik")
    unfinished = make.draft("fjordnes", complete=False)
    with pytest.raises(Refused):
        submit(unfinished, "fjordnes")
    second = make.submitted("bergen")
    assert [first.number, second.number] == ["T25-0001", "T25-0002"]


@pytest.mark.parametrize(
    ("seconds", "open_"), [(-61, True), (-60, True), (-1, True), (0, False), (1, False), (60, False), (86400, False)]
)
def test_the_deadline_is_the_end_of_the_day_in_oslo(seconds: int, open_: bool) -> None:
    case = make.draft()
    at = end_of_local_day(DEADLINE) + timedelta(seconds=seconds)
    if open_:
        assert submit(case, at=at).status is Status.SUBMITTED
        return
    with pytest.raises(Refused) as refused:
        submit(case, at=at)
    assert "Fristen gikk ut" in str(refused.value)
    assert db.session.get(Case, case.id).status is Status.DRAFT


def test_the_writer_cannot_sign_and_is_told_who_can() -> None:
    case = make.draft("bergen-writer")
    with pytest.raises(Refused) as refused:
        submit(case, "bergen-writer")
    assert [r.who for r in refused.value.reasons] == ["kan signere"]
    assert submit(case, "bergen").status is Status.SUBMITTED


def test_nobody_else_can_write_sign_withdraw_or_delete() -> None:
    case = make.draft("demovik")
    for username in ("fjordnes", "officer1", "lead", "admin", "gp1"):
        by = make.acting(username)
        with pytest.raises(Refused), writing():
            actions.save_section(case.id, Contact("X"), version=1, by=by, at=SUBMITTED)
        with pytest.raises(Refused), writing():
            actions.delete_draft(case.id, by=by, at=SUBMITTED)
        with pytest.raises(Refused):
            submit(case, username)


def test_every_missing_thing_is_named() -> None:
    case = make.draft(complete=False)
    reasons = judgement.not_submittable(queries.read(db.session.get(Case, case.id)), SUBMITTED)
    texts = [reason.text for reason in reasons]
    assert "Skriv kontonummeret tilskuddet skal betales til." in texts
    assert "Gi prosjektet et navn." in texts
    assert "Skriv minst én linje i budsjettet." in texts
    assert texts.count("Svar på «%(question)s».") == 3


def save(case: Case, facts: object, version: int, username: str = "demovik") -> int:
    by = make.acting(username)
    with writing():
        return actions.save_section(case.id, facts, version=version, by=by, at=SUBMITTED)


@pytest.mark.parametrize(("own", "words"), [(0, "høyere enn søknadsbeløp"), (600_000_00, "høyere enn kostnadene")])
def test_the_budget_must_balance(own: int, words: str) -> None:
    case = make.draft()
    line = CostLine("salary", "Alt", 3_000_000_00)
    save(case, Budget(2_500_000_00, own, (line,)), 1)
    with pytest.raises(Refused) as refused:
        submit(case)
    assert words in str(refused.value)


def test_two_people_on_two_sections_do_not_disturb_each_other_but_on_one_the_second_is_stale() -> None:
    case = make.draft("bergen-writer")
    save(case, Contact("A", "", "a@example.invalid", "1"), 1, "bergen")
    save(case, Project("B", "C"), 1, "bergen-writer")
    with pytest.raises(Stale):
        save(case, Contact("D"), 1, "bergen-writer")
    assert queries.by_case(case.id).contact_name == "A"


def test_what_is_signed_is_what_was_on_the_page() -> None:
    case = make.draft()
    seen = queries.by_case(case.id).version
    save(case, Project("Et annet navn", "x", None, None), 1)
    with pytest.raises(Stale), writing():
        actions.sign_and_submit(case.id, version=seen, by=make.acting("demovik"), at=SUBMITTED)


def test_a_second_submission_of_the_same_application_is_refused() -> None:
    case = make.submitted()
    with pytest.raises(Refused):
        submit(case)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Outgoing)) == 1


def test_each_project_has_its_own_application() -> None:
    first = make.submitted()
    assert make.submitted().id != first.id


def test_where_the_rules_say_so_there_is_one_application_until_it_is_withdrawn() -> None:
    make.published_call(replace(RULES, one_application=True), code="one")
    case = make.submitted()
    with pytest.raises(Refused) as refused:
        make.draft()
    assert "allerede" in str(refused.value)
    with writing():
        actions.withdraw(case.id, "Vi venter", version=case.version, by=make.acting("demovik"), at=SUBMITTED)
    assert make.draft().status is Status.DRAFT


def test_only_kinds_in_the_rules_may_apply_and_only_while_the_call_is_open() -> None:
    with pytest.raises(Refused) as refused:
        make.draft("gp1")
    assert "Denne utlysningen er for" in str(refused.value)
    with pytest.raises(Refused):
        make.draft(at=end_of_local_day(DEADLINE))
    with pytest.raises(Refused):
        make.draft(at=datetime(2024, 10, 31, 22, 59, tzinfo=UTC))


def test_a_withdrawn_application_keeps_its_reason_on_the_record() -> None:
    case = make.submitted()
    with writing():
        actions.withdraw(case.id, " Ikke råd ", version=case.version, by=make.acting("demovik"), at=SUBMITTED)
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event == "case.withdraw")).one()
    assert entry.facts["reason"] == "Ikke råd"


def test_a_draft_can_be_deleted_with_all_its_rows_and_a_submission_cannot() -> None:
    case = make.draft()
    with writing():
        actions.delete_draft(case.id, by=make.acting("demovik"), at=SUBMITTED)
    for model in (Case, BudgetLine, ApplicationAnswer):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 0
    sent = make.submitted()
    with pytest.raises(Refused), writing():
        actions.delete_draft(sent.id, by=make.acting("demovik"), at=SUBMITTED)


def test_sending_to_signing_tells_those_who_can_sign_once() -> None:
    case = make.draft("bergen-writer")
    version = queries.by_case(case.id).version
    for _ in range(2):
        with writing():
            names = actions.send_to_signing(case.id, version=version, by=make.acting("bergen-writer"), at=SUBMITTED)
    assert names == ["Turid Demo"]
    notice = db.session.scalars(sa.select(Outgoing)).one()
    assert (notice.address, notice.case_id) == ("bergen@example.invalid", None)


def test_partners_are_kept_once_and_their_letters_of_intent_are_asked_for() -> None:
    case = make.draft()
    fjordnes = make.party("312999013")
    save(case, Partners((Partner(fjordnes.id), Partner(fjordnes.id))), 0)
    found = queries.read(db.session.get(Case, case.id))
    assert [p.name for p in found.whole.partners.partners] == ["Fjordnes kommune"]
    assert "Intensjonserklæringen" in judgement.not_submittable(found, SUBMITTED)[0].text
    with pytest.raises(Refused):
        save(case, Partners((Partner(case.party_id),)), 1)
    for slip in (date(1925, 1, 10), date(2052, 1, 10)):
        with pytest.raises(Refused, match="mottatt fra"):
            save(case, Partners((Partner(fjordnes.id, slip),)), 1)


def test_a_blank_answer_takes_the_old_one_away_and_leaves_other_sections_alone() -> None:
    case = make.draft()
    save(case, Answers(RULES.sections[0].code, (("plan", "Ny plan"),)), 1)
    assert queries.read(case).whole.answers == {"plan": "Ny plan"}
