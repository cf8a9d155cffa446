"""Both languages say the same things in the same order, and the words keep the house's rules."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.values.identity import format_orgnr
from app.values.language import Language
from letters import KINDS, BadText, compose
from letters.blocks import Letterhead
from letters.law import LawRegime, references
from letters.markup import Clause, Text, template, text
from letters.versions import VERSIONS, file_name, version_on
from letters.wording import FOLDER, wording
from letters.wording import text as read
from tests.letter_samples import award
from tests.unit.letters import pinned

TEXTS = sorted(FOLDER.rglob("*.txt"))


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


@pytest.mark.parametrize("language", Language)
def test_every_text_belongs_to_a_letter(language: Language) -> None:
    folder = FOLDER / language
    wanted = {file_name(kind, version) for kind, rows in VERSIONS.items() for version, _ in rows}
    assert set(VERSIONS) == {*KINDS, "words"}
    assert {path.name for path in folder.glob("*.txt")} == wanted
    taken = {name for each in folder.glob("*.txt") for name in re.findall(r"^<< (.+)$", each.read_text("utf-8"), re.M)}
    assert {path.stem for path in folder.glob("shared/*.txt")} == taken


def test_a_landed_text_is_never_changed() -> None:
    assert pinned.now() == pinned.landed(), "a change is a new version: letters/texts/README.md"


def test_versions_follow_one_another_and_the_day_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    for rows in VERSIONS.values():
        assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
        assert [day for _, day in rows] == sorted({day for _, day in rows})
    later = date(2026, 1, 1)
    monkeypatch.setattr("letters.versions.VERSIONS", {"award": ((1, date.min), (2, later))})
    assert [version_on("award", day) for day in (None, date(2025, 12, 31), later)] == [1, 1, 2]


def test_no_clause_is_written_twice() -> None:
    """Among the texts that hold now: a version that came after is most often the same but for one clause."""
    before = {file_name(kind, number) for kind, rows in VERSIONS.items() for number, _ in rows[:-1]}
    for language in Language:
        seen: dict[str, str] = {}
        for path in sorted((FOLDER / language).rglob("*.txt")):
            if path.name in before:
                continue
            for clause in re.split(r"^(?===)", path.read_text("utf-8"), flags=re.M)[1:]:
                words = re.sub(r"^<<.*", "", clause, flags=re.M).strip()
                assert words not in seen, f"{words.splitlines()[0]} of {path.name} stands in {seen[words]} too"
                seen[words] = path.name


def test_both_laws_have_the_same_references() -> None:
    assert list(references(LawRegime.FVL1967)) == list(references(LawRegime.FVL2025))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_words_keep_to_the_house_words(path: Path) -> None:
    words = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith(("%", "==")))
    for banned in ("tilsagn", "tilsegn", "underretning", "mislighold", "misleghald", "poeng", "innstilling", "BDM"):
        assert banned not in words.lower(), banned
    if path.relative_to(FOLDER).parts[0] == "nn":
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
            said = (
                part.text for clause in read(kind, language, 1).clauses for i in clause.items for part in i.template
            )
            assert phrase in " ".join(said)


@pytest.mark.parametrize("bad", ["{", "a } b", "**stress", "{two words}"])
def test_bad_markup_is_refused(bad: str) -> None:
    with pytest.raises(BadText):
        template(bad)


def test_a_text_must_begin_with_its_title_and_name_its_clauses() -> None:
    for bad in ("== a\nwords", "# A\nB\n== a", "# A\n== two words\n"):
        with pytest.raises(BadText):
            text(bad)


def test_an_organisation_number_is_in_threes_however_it_came() -> None:
    for typed in ("972418013", "972 418 013", format_orgnr("972418013")):
        facts = award()
        head = replace(facts.head, sender=replace(facts.head.sender, orgnr=typed))
        head = replace(head, recipient=replace(head.recipient, orgnr=typed))
        letter = compose(replace(facts, head=head))
        top = next(block for block in letter.blocks if isinstance(block, Letterhead))
        assert "972\u00a0418\u00a0013" in dict(top.references).values() and "972\u00a0418\u00a0013" in letter.footer
