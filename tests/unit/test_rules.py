"""Rules as data: they come back as they were, and their faults are told."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demo.rules import gp_2025, pll_2024, pmd, samhandling
from app.rules.domain import (
    PARTS,
    Answer,
    Choice,
    InstalmentRule,
    Question,
    ReportKind,
    ReportRule,
    Rules,
    Section,
    Trigger,
    Words,
    faults,
    from_data,
    to_data,
)

ALL = [pll_2024(), pmd(2024), samhandling(2025), gp_2025()]
words = st.builds(Words, st.text(max_size=20), st.text(max_size=20))
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
questions = st.builds(
    Question,
    st.text(max_size=5),
    words,
    words,
    st.sampled_from(Answer),
    st.booleans(),
    st.integers(1, 9999),
    st.lists(st.builds(Choice, st.text(max_size=3), words), max_size=2).map(tuple),
)
some_rules = st.builds(
    Rules,
    words,
    words,
    words,
    sections=st.lists(
        st.builds(Section, st.text(max_size=3), words, st.lists(questions, max_size=2).map(tuple)), max_size=2
    ).map(tuple),
    instalments=st.lists(
        st.builds(
            InstalmentRule,
            st.integers(1, 100),
            st.sampled_from(Trigger),
            st.none() | days,
            st.none() | st.sampled_from(ReportKind),
        ),
        max_size=3,
    ).map(tuple),
    reports=st.lists(st.builds(ReportRule, st.sampled_from(ReportKind), days, days), max_size=2).map(tuple),
    cap_ore=st.none() | st.integers(0, 10**12),
)


@given(some_rules)
def test_rules_come_back_from_data_as_they_were(rules: Rules) -> None:
    assert from_data(to_data(rules)) == rules


@pytest.mark.parametrize("rules", ALL, ids=lambda r: r.title.nb)
def test_the_demo_rules_have_no_faults(rules: Rules) -> None:
    assert faults(rules) == []
    assert from_data(to_data(rules)) == rules


@pytest.mark.parametrize("rules", ALL, ids=lambda r: r.title.nb)
def test_what_is_not_published_is_named_by_known_parts(rules: Rules) -> None:
    assert rules.settings_not_published
    assert set(rules.settings_not_published) <= set(PARTS)


def test_instalments_must_sum_to_the_whole() -> None:
    assert faults(replace(pll_2024(), instalments=(InstalmentRule(60, Trigger.ACCEPTANCE),)))


def test_a_text_in_one_form_only_is_a_fault() -> None:
    assert faults(replace(pll_2024(), lowest_score=501))
    assert not faults(replace(pll_2024(), lowest_score=500))
    assert faults(replace(pll_2024(), conditions=(Words("Vilkår", ""),)))


def test_two_questions_may_not_share_a_code() -> None:
    asked = pll_2024().report_questions
    assert faults(replace(pll_2024(), report_questions=(*asked, asked[0])))


def test_a_report_is_not_due_before_the_day_it_tells_of() -> None:
    early = ReportRule(ReportKind.STATUS, date(2025, 9, 15), date(2025, 8, 31))
    assert faults(replace(pll_2024(), reports=(early,)))


def test_what_is_counted_is_told_by_the_word_of_the_unit() -> None:
    start, patient = gp_2025().unit_prices
    assert [patient.counted(n, "nb") for n in (1, 2, 1000)] == ["1 pasient", "2 pasienter", "1\xa0000 pasienter"]
    assert (patient.told(80, "nn"), start.told(1, "nb")) == ("80 pasientar", "1 oppstart")
    unnamed = replace(patient, one=Words("", ""), many=Words("", ""))
    assert (unnamed.counted(80, "nb"), unnamed.told(80, "nb")) == ("80", "Per pasient med legemiddelliste: 80")
    half = replace(patient, one=Words("", ""))
    fault = "En sats mangler noen av ordene for enheten."
    assert fault in faults(replace(gp_2025(), unit_prices=(half,)))
    assert fault not in faults(replace(gp_2025(), unit_prices=(unnamed,)))


def test_each_criterion_of_the_demo_tells_where_its_answer_stands() -> None:
    rules = samhandling(2025)
    assert all(criterion.answered_in for criterion in rules.criteria)
    astray = replace(rules.criteria[0], answered_in=("gone",))
    assert "Et krav eller kriterium viser til et spørsmål som ikke finnes." in faults(
        replace(rules, criteria=(astray,))
    )
