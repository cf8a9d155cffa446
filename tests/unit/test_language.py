"""Which of the two forms a reader gets, and the rule that chose it."""

import pytest

from app.values.language import Choice, Language, LanguageDecision, LanguageRule, choose_language


@pytest.mark.parametrize(
    ("decision", "application", "language", "rule"),
    [
        (LanguageDecision.NYNORSK, Language.NB, Language.NN, LanguageRule.DECISION),
        (LanguageDecision.NYNORSK, None, Language.NN, LanguageRule.DECISION),
        (LanguageDecision.BOKMAL, Language.NN, Language.NB, LanguageRule.DECISION),
        (LanguageDecision.NEUTRAL, Language.NN, Language.NN, LanguageRule.APPLICATION),
        (LanguageDecision.NEUTRAL, Language.NB, Language.NB, LanguageRule.APPLICATION),
        (None, Language.NN, Language.NN, LanguageRule.APPLICATION),
        (LanguageDecision.NEUTRAL, None, Language.NB, LanguageRule.DEFAULT),
        (None, None, Language.NB, LanguageRule.DEFAULT),
    ],
)
def test_the_decision_goes_before_the_application_and_that_before_bokmal(
    decision: LanguageDecision | None, application: Language | None, language: Language, rule: LanguageRule
) -> None:
    assert choose_language(decision, application) == Choice(language, rule)


def test_a_choice_says_why_in_words() -> None:
    assert choose_language(LanguageDecision.NYNORSK, None).reason == "språkvedtak"
    assert Language.NN.own_name == "nynorsk"
    assert Language.NB.own_name == "bokmål"
