"""Both languages say the same things in the same order, and the words keep the house's rules."""

import re
from pathlib import Path

import pytest

from app.values.language import Language
from letters import KINDS, BadText
from letters.law import LawRegime, references
from letters.markup import Clause, Text, template, text
from letters.wording import FOLDER, wording
from letters.wording import text as read

TEXTS = sorted(FOLDER.glob("n?/*.txt"))


def shape(whole: Text) -> list[object]:
    """What both languages must share: clauses, flags, kinds of paragraph, values and tables."""

    def clause(one: Clause) -> object:
        values = [sorted(part.text for part in item.template if part.value) for item in one.items]
        return (one.name, one.flag, one.wanted, [(item.kind, item.name) for item in one.items], values)

    return [sorted(part.text for part in whole.title if part.value), *map(clause, whole.clauses)]


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_have_the_same_clauses_values_and_tables(kind: str) -> None:
    assert shape(read(kind, Language.NB, 1)) == shape(read(kind, Language.NN, 1))


def test_both_languages_have_the_same_labels() -> None:
    nb, nn = wording(Language.NB).labels, wording(Language.NN).labels
    assert list(nb) == list(nn)
    slots = re.compile(r"\{\w+\}")
    assert [slots.findall(words) for words in nb.values()] == [slots.findall(words) for words in nn.values()]


def test_every_text_belongs_to_a_letter() -> None:
    assert {path.stem for path in TEXTS} == {*KINDS, "words"}


def test_both_laws_have_the_same_references() -> None:
    assert list(references(LawRegime.FVL1967)) == list(references(LawRegime.FVL2025))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_words_keep_to_the_house_words(path: Path) -> None:
    words = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith(("%", "==")))
    for banned in ("tilsagn", "tilsegn", "underretning", "mislighold", "misleghald", "poeng", "innstilling", "BDM"):
        assert banned not in words.lower(), banned
    if path.parent.name == "nn":
        assert not re.search(
            r"\b(dere|deres|ikke|fra|hva|hvordan|hvis|tilskudd|noe|mer|være|forvaltningsloven)\b", words
        )
    else:
        assert not re.search(
            r"\b(dykk|dykkar|ikkje|frå|kva|korleis|dersom|tilskot|noko|meir|vere|forvaltningslova)\b", words
        )


@pytest.mark.parametrize("phrase", ["Vi viser til søknaden", "Fristen er tre"])
def test_the_fixed_phrases_stand_in_every_decision(phrase: str) -> None:
    for kind in ("award", "partial_award", "refusal"):
        for language in Language:
            assert phrase in (FOLDER / language / f"{kind}.txt").read_text("utf-8")


@pytest.mark.parametrize("bad", ["{", "a } b", "**stress", "{two words}"])
def test_bad_markup_is_refused(bad: str) -> None:
    with pytest.raises(BadText):
        template(bad)


def test_a_text_must_begin_with_its_title_and_name_its_clauses() -> None:
    for bad in ("== a\nwords", "# A\nB\n== a", "# A\n== two words\n"):
        with pytest.raises(BadText):
            text(bad)
