"""Each answer is a letter: frozen with the answer, made by the job, in the payee's language, on both databases."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader

import letters
from app.compensation import actions
from app.compensation.models import Claim
from app.db import db, writing
from app.dispatch import composing
from app.dispatch.jobs import render_due, send_due
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status as Sending
from app.documents import queries as documents
from app.documents.models import Document
from app.parties.models import Party
from app.rules.domain import ControlRule
from app.values.language import LanguageDecision
from letters.blocks import Heading, Paragraph, Table, plain
from tests import compensation_rows
from tests.client import Client
from tests.factories import acting
from tests.features.compensation.test_control import confirmed, rules

AT = compensation_rows.CONFIRMED
SENT = AT + timedelta(hours=1)


@pytest.fixture
def house(gp_house: Flask) -> Iterator[None]:
    with gp_house.app_context():
        rules(ControlRule(limit_ore=100_000_00, sample_percent=0))
        yield


def answered(verb: Callable[..., Any], claim_id: int, *more: Any) -> Claim:
    """An officer's answer to a claim that is confirmed."""
    by = acting("officer1")
    with writing():
        actions.declare_impartial(claim_id, by=by, at=AT)
    with writing():
        return verb(claim_id, 2, *more, by=by, at=AT)


def outgoing() -> Outgoing:
    db.session.rollback()
    query = sa.select(Outgoing).where(Outgoing.kind.in_(("claim_answer", "agreement_answer")))
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def words() -> str:
    """What the letter says, as it will be printed."""
    letter = composing.kept(composing.composed(outgoing().facts or {})[0])
    found = []
    for block in letter.blocks if letter else ():
        if isinstance(block, Table):
            found += [cell for row in (*block.rows, block.total) for cell in row]
        elif isinstance(block, (Heading, Paragraph)):
            found.append(plain(block.spans))
    return "\n".join(found).replace("\u00a0", " ")


def test_what_a_rule_approves_is_frozen_with_the_answer_and_printed_by_the_job(
    house: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.compensation import jobs

    claim_id = confirmed()
    with monkeypatch.context() as patched:
        # Nothing is composed, let alone printed, where thousands are controlled.
        patched.setattr(letters, "compose", lambda facts: pytest.fail("composed in the batch"))
        assert jobs.control_claims(AT).done == 1
        assert db.session.get_one(Claim, claim_id).rule
    before = outgoing()
    assert (before.status, before.blocks, before.document_id) == (Sending.QUEUED, None, None)
    assert "godkjent automatisk" in words() and "Lege 0" in words() and "5 000 kr" in words()
    assert "Dere kan klage på svaret" in words() and "tre uker" in words()
    with writing() as session:
        session.execute(sa.update(Party).values(name="Et nytt navn"))
    assert "Et nytt navn" not in words()
    assert render_due(SENT).done >= 1
    send_due(SENT)
    after = outgoing()
    assert after.status is Sending.SENT
    paper = db.session.get_one(Document, after.document_id)
    assert (paper.case_id, paper.to_party, paper.kind) == (after.case_id, True, "claim_answer")
    assert documents.read(paper.sha256) == composing.printed(composing.composed(after.facts or {})[0] or {})
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(documents.read(paper.sha256))).pages)
    assert "Kravet er kontrollert" in text


def test_a_claim_cut_or_refused_says_what_and_why(house: None) -> None:
    claim_id = confirmed(patients=50)
    answered(actions.approve_part, claim_id, {"patient": 20}, "Avtalen dekker 20 pasienter.")
    assert "Vi har godkjent 2 000 kr av 5 000 kr." in words()
    assert "50 pasienter" in words() and "20 pasienter" in words()
    assert "Avtalen dekker 20 pasienter." in words() and "automatisk" not in words()
    with writing() as session:
        session.execute(sa.delete(Outgoing).where(Outgoing.kind == "claim_answer"))
    answered(actions.refuse, confirmed(1), "Utenfor avtalen.")
    assert "Vi har avslått kravet på 5 000 kr." in words() and "Utenfor avtalen." in words()
    assert "utbetalt" not in words()


def test_what_the_cap_left_out_is_told(house: None) -> None:
    claim_id = confirmed(patients=250, cap_ore=10_000_00)
    answered(actions.approve, claim_id)
    assert "ville gitt 25 000 kr" in words() and "15 000 kr ikke med" in words()


def test_a_payee_that_wants_nynorsk_is_answered_so(house: None) -> None:
    with writing() as session:
        session.execute(sa.update(Party).values(language_decision=LanguageDecision.NYNORSK))
    answered(actions.refuse, confirmed(), "Utanfor avtalen.")
    assert outgoing().language == "nn"
    assert "Vi har avslått kravet" in words() and "De kan klage på svaret" in words() and "Grunngiving" in words()


def test_a_letter_that_cannot_be_made_waits_for_a_person_and_the_answer_stands(house: None) -> None:
    claim_id = confirmed()
    answered(actions.approve, claim_id)
    with writing() as session:
        broken = {**(outgoing().facts or {}), "gp_name": ""}
        session.execute(sa.update(Outgoing).where(Outgoing.kind == "claim_answer").values(facts=broken))
    render_due(SENT)
    assert (outgoing().status, outgoing().last_error) == (Sending.FAILED, composing.NOT_MADE)


def test_the_letter_stands_on_the_claims_page_for_officer_and_payee_and_not_for_the_area(
    gp_house: Flask, client_for: Callable[[str], Client]
) -> None:
    with gp_house.app_context():
        rules(ControlRule(limit_ore=100_000_00, sample_percent=0))
        claim = answered(actions.approve, confirmed())
        address = f"/krav/{claim.public_id}"
    assert "Vi har godkjent kravet med 5 000 kr" in client_for("officer2").see(address).text.replace("\u00a0", " ")
    assert "Brevet med svaret er på vei." in client_for("gp1").see(address).text
    assert "Svaret" not in client_for("area-nordland").see(address).text
    with gp_house.app_context():
        render_due(SENT)
        send_due(SENT)
    for who in ("officer2", "gp1"):
        assert "Åpne svaret (PDF)" in client_for(who).see(address).buttons()
    assert "Åpne svaret (PDF)" not in client_for("area-nordland").see(address).buttons()
