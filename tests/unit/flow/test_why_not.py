"""Every closed door says why: status, role, own organisation, four eyes, impartiality."""

from dataclasses import replace

import pytest

from app.access.domain import GRANTS, Actor, Membership, Permission, Role
from app.cases.workflow import CASE, Status, Step
from app.flow import Standing, why_not

OFFICER = Actor(1, "Kari", roles=frozenset({Role.OFFICER}))
DECIDER = Actor(2, "Marit", roles=frozenset({Role.DECIDER}))
SIGNER = Actor(3, "Turid", memberships=frozenset({Membership(Role.SIGNER, party_id=7)}))
WRITER = Actor(4, "Eli", memberships=frozenset({Membership(Role.WRITER, party_id=7)}))
RECOMMENDED = Standing(
    Status.RECOMMENDED, party_id=7, people={"recommended": {1}, "assessed": {1}}, declared="impartial"
)


def told(step: Step, standing: Standing, actor: Actor | None) -> str:
    return " ".join(r.text % r.facts for r in why_not(CASE, step, standing, actor))


def test_another_person_than_the_one_who_recommended_may_decide() -> None:
    assert why_not(CASE, Step.GRANT, RECOMMENDED, DECIDER) == []


def test_the_one_who_recommended_may_not_decide_even_with_the_role() -> None:
    both = replace(OFFICER, roles=frozenset({Role.OFFICER, Role.DECIDER}))
    assert "Du har innstilt denne selv" in told(Step.GRANT, RECOMMENDED, both)


def test_whoever_assessed_at_any_time_may_not_decide() -> None:
    standing = replace(RECOMMENDED, people={"recommended": {9}, "assessed": {9, 2}})
    assert "Du har vurdert denne selv" in told(Step.GRANT, standing, DECIDER)


@pytest.mark.parametrize(
    ("declared", "words"),
    [(None, "Du må først svare"), ("partial", "inhabil"), ("in_doubt", "Lederen din må avgjøre")],
)
def test_nobody_acts_without_being_impartial(declared: str | None, words: str) -> None:
    assert words in told(Step.GRANT, replace(RECOMMENDED, declared=declared), DECIDER)


@pytest.mark.parametrize(
    "of", [Membership(Role.WRITER, party_id=7), Membership(Role.COORDINATOR, area_id=1, host_id=7)], ids=["own", "host"]
)
def test_a_person_tied_to_the_recipient_acts_on_nothing_of_theirs(of: Membership) -> None:
    tied = replace(DECIDER, memberships=frozenset({of}))
    assert "Du er knyttet til mottakeren" in told(Step.GRANT, RECOMMENDED, tied)


def test_the_signer_submits_for_the_own_organisation_only() -> None:
    draft = Standing(Status.DRAFT, party_id=7)
    assert why_not(CASE, Step.SUBMIT, draft, SIGNER) == []
    assert "ikke tilgang" in told(Step.SUBMIT, replace(draft, party_id=8), SIGNER)


def test_a_closed_step_names_who_can_open_it() -> None:
    [reason] = why_not(CASE, Step.SUBMIT, Standing(Status.DRAFT, party_id=7), WRITER)
    assert reason.who == "kan signere"


def test_a_wrong_status_is_named() -> None:
    assert (
        "Kladd" in why_not(CASE, Step.GRANT, replace(RECOMMENDED, status=Status.DRAFT), DECIDER)[0].facts["status"].word
    )  # type: ignore[attr-defined]


def test_a_job_may_not_do_what_the_law_gives_to_a_person() -> None:
    assert "en person" in told(Step.GRANT, RECOMMENDED, None)


def test_finance_has_no_budget_authority_and_the_decider_attests_nothing() -> None:
    assert not GRANTS[Role.FINANCE] & {Permission.DECIDE, Permission.APPROVE_PAYOUT}
    assert not GRANTS[Role.DECIDER] & {Permission.ATTEST, Permission.AUTHORISE_FILE, Permission.RECOMMEND}
    assert not any(
        {Permission.RECOMMEND, Permission.DECIDE} <= granted
        or {Permission.ATTEST, Permission.APPROVE_PAYOUT} <= granted
        for granted in GRANTS.values()
    )
