"""Every text the forms allow goes in on both databases: the longest words, the widest signs, the most of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import shake_256

import pytest
import sqlalchemy as sa
from flask import Flask

from app.applications import actions, queries
from app.applications.domain import Answers, Budget, Contact, CostLine, Project
from app.cases.models import Case
from app.db import db, writing
from app.db.search import hits, index
from app.values.sortkeys import sort_key
from tests import factories as make
from tests.applying import ACCOUNT, RULES, SUBMITTED

LONGEST_NAME = 120
_PLAN, *_OTHERS = RULES.sections[0].questions
LONG = replace(RULES, sections=(replace(RULES.sections[0], questions=(replace(_PLAN, max_length=4000), *_OTHERS)),))


def wide(signs: int, seed: int = 0) -> str:
    """One word of signs of four bytes each that no database can make shorter."""
    drawn = shake_256(f"{seed}".encode()).digest(2 * signs)
    return "".join(chr(0x20000 + int.from_bytes(drawn[at : at + 2]) % 0xA000) for at in range(0, 2 * signs, 2))


@pytest.fixture
def drafted(app: Flask) -> Iterator[Case]:
    with app.app_context():
        make.people()
        make.published_call(LONG)
        yield make.draft()


def submit(case: Case) -> None:
    version = queries.by_case(case.id).version
    with writing():
        actions.sign_and_submit(case.id, version=version, by=make.acting("demovik"), at=SUBMITTED)


@pytest.mark.parametrize(
    ("printed", "plan"), [("ø" * 600, "ø" * 4000), ("čŋ" * 300, wide(4000)), ("ß ẞ" * 200, "\ufdfa x-y_z " * 400)]
)
def test_an_application_of_the_longest_texts_is_sent_in_and_found(drafted: Case, printed: str, plan: str) -> None:
    by = make.acting("demovik")
    sections = (
        Contact(printed[:120], printed[:120], f"{'a' * 64}@kommune.no", "1" * 30, ACCOUNT),
        Project(printed[:120], printed, date(2025, 3, 1), date(2025, 12, 31)),
        Budget(100_00, 0, (CostLine(RULES.cost_types[0].code, printed[:200], 100_00),)),
        Answers("tiltak", (("plan", plan[:4000]), ("pilot", "yes"), ("gps", 12))),
    )
    for facts in sections:
        with writing():
            actions.save_section(drafted.id, facts, version=1, by=by, at=SUBMITTED)
    submit(drafted)
    for text in (printed[:120], printed[:200], plan[:200]):
        assert db.session.scalars(hits(text)).all() == [drafted.id]


def test_the_most_words_a_case_can_have_are_indexed(drafted: Case) -> None:
    words = [wide(60, seed) for seed in range(6000)]
    with writing():
        index(drafted.id, ["T25-0001", wide(5000), " ".join(words)])
    assert db.session.scalars(hits(f"25-0001 {words[3000]}")).all() == [drafted.id]
    assert db.session.scalars(hits(wide(5000))).all() == [drafted.id]


def test_the_longest_names_stand_in_the_lists_own_indexes(drafted: Case) -> None:
    party, officer = wide(LONGEST_NAME, 1), wide(LONGEST_NAME, 2)
    submit(drafted)
    with writing() as session:
        columns = {"party_name": party, "party_sort": sort_key(party), "officer_name": officer}
        session.execute(sa.update(Case).where(Case.id == drafted.id).values(**columns))
        make.user("officer1").name = officer
    assert db.session.scalars(sa.select(Case.party_name)).all() == [party]
