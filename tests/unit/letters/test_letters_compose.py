"""What stands in the letters, and what cannot get into them."""

import json
import re
import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from app.values.language import Language
from letters import (
    BadText,
    CannotSet,
    Unreadable,
    compose,
    draft,
    facts_hash,
    from_json,
    keep,
    kept,
    print_letter,
    render,
    to_json,
)
from letters.blocks import Bullets, Heading, Letter, Letterhead, Paragraph, Signature, Span, Table, plain
from letters.facts import Consideration, Reasons
from letters.law import LawRegime
from letters.sheet.lines import break_lines
from letters.wording import blocks_of, clean
from tests.letter_samples import SAMPLES, award, partial_award, refusal

HOSTILE = 'A & B <c> <img src="/etc/passwd"/> {amount} **fet** [[payment_plan]] % \\(x) </para> == x'


def words(letter: Letter) -> str:
    """All words of a letter, block by block."""
    found = []
    for block in letter.blocks:
        if isinstance(block, (Paragraph, Heading)):
            found.append(plain(block.spans))
        elif isinstance(block, Bullets):
            found += [plain(item) for item in block.items]
        elif isinstance(block, Table):
            found += [block.caption, *(c.heading for c in block.columns)]
            found += [cell for row in (*block.rows, block.total) for cell in row]
        elif isinstance(block, Letterhead):
            found += [block.sender, block.unit, block.notice, *block.recipient]
            found += [f"{label} {value}" for label, value in block.references]
        elif isinstance(block, Signature):
            found += [block.greeting, *(f"{name} {title}" for name, title in block.signers), block.note]
    return "\n".join(found).replace("\u00a0", " ")


def test_a_full_award_says_all_it_must() -> None:
    said = words(compose(award()))
    for part in (
        "T25-0123",
        "14. februar 2025",
        "Vi viser til søknaden deres av 14. januar 2025.",
        "Helsedirektoratet har vedtatt å innvilge Demovik kommune 2 500 001 kr",
        "full innvilgelse",
        "kapittel 701, post 21",
        "innen 7. mars 2025",
        "•••• •• •7947",
        "når statusrapporten er godkjent, tidligst 1. oktober 2025",
        "Årsrapport innen 1. april 2026",
        "bekreftet av revisor",
        "bevilgningsreglementet § 10 andre ledd",
        "Ved brudd på vilkår",
        "Fristen er tre uker fra brevet kom fram til dere",
        "Helse- og omsorgsdepartementet avgjør klagen",
        "Brevet er godkjent elektronisk og sendes uten signatur.",
        "Ola Vik avdelingsdirektør",
        "912 34 567",
        "Skjema for aksept",
    ):
        assert part in said, part


def test_a_nynorsk_award_says_it_in_nynorsk() -> None:
    said = words(compose(award(Language.NN)))
    for part in (
        "Vi viser til søknaden dykkar av",
        "Helsedirektoratet har vedteke å innvilge",
        "De kan klage på vedtaket",
        "Fristen er tre veker frå brevet kom fram til dykk",
        "Med venleg helsing",
        "Brevet er godkjent elektronisk og blir sendt utan signatur.",
        "Saksbehandlar: Kari Nordmann",
    ):
        assert part in said, part


def test_a_refusal_names_rule_facts_considerations_and_frame() -> None:
    said = words(compose(refusal()))
    for part in ("Punkt 3:", "Planen for opplæring", "Relevans: Tiltaket", "30 000 000 kr", "brukt hele rammen"):
        assert part in said, part
    assert "ikke på størrelsen på rammen" in words(compose(replace(refusal(), frame_used=False)))


@pytest.mark.parametrize("language", Language)
def test_the_frame_is_the_reason_only_where_it_is_so(language: Language) -> None:
    """From the second version on; the first said it of every partial award."""
    for made, short in ((refusal(language), "rang"), (partial_award(language), "strakk|strekte")):
        newest = replace(made, head=replace(made.head, text_version=2))
        assert re.search(short, words(compose(newest)))
        held = words(compose(replace(newest, frame_used=False)))
        assert not re.search(short, held) and "30 000 000 kr" in held


def test_a_partial_award_shows_what_was_cut_and_asks_for_a_new_budget() -> None:
    said = words(compose(partial_award()))
    assert "Dere søkte om 2 500 001 kr, så dette er delvis innvilgelse" in said
    assert "revidert budsjett og plan sammen med svaret" in said
    assert "Opplæring\n600 000 kr\n200 000 kr" in said


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("language", Language)
def test_every_letter_has_one_title_and_never_the_programs_name(kind: str, language: Language) -> None:
    letter = compose(SAMPLES[kind](language))
    assert [b.level for b in letter.blocks if isinstance(b, Heading)].count(1) == 1
    said = words(letter)
    assert "tilsagn" not in said.lower() and "tilsegn" not in said.lower()
    assert "{" not in said and "[[" not in said and "**" not in said
    assert letter.language is language


def test_the_law_of_2025_changes_the_references() -> None:
    facts = award()
    new = replace(facts, head=replace(facts.head, law_regime=LawRegime.FVL2025))
    assert "§§ 61 og 62" in words(compose(new)) and "§ 28" not in words(compose(new))
    assert "§ 28" in words(compose(facts))


def test_only_demo_letters_say_so() -> None:
    facts = award()
    assert "Demodata – dette er ikke et virkelig brev" in words(compose(facts))
    assert "Demodata" in compose(facts).running
    real = compose(replace(facts, head=replace(facts.head, demo=False)))
    assert "Demodata" not in str(real)


@pytest.mark.parametrize("field", ["project_title", "legal_basis"])
def test_what_an_applicant_writes_is_never_read_as_markup(field: str) -> None:
    facts: Any = award()
    letter = compose(replace(facts, decision=replace(facts.decision, **{field: HOSTILE})))
    assert HOSTILE in words(letter)
    render(replace(facts, decision=replace(facts.decision, **{field: HOSTILE})))


def test_an_edited_paragraph_that_asks_for_an_unknown_value_is_refused() -> None:
    facts = award()
    for text in ("{secret}", "[[secret]]"):
        keep = "{law_guidance} {handler} {handler_contact} {our_ref}\n\n"
        edited = replace(facts, head=replace(facts.head, clauses=(("guidance_duty", keep + text),)))
        with pytest.raises(BadText):
            compose(edited)


def test_text_is_set_in_composed_signs_without_the_invisible_ones() -> None:
    assert clean(unicodedata.normalize("NFD", "Åsnes  blå")) == "Åsnes blå"
    assert clean("a\u200bb\ufeffc\u200e") == "abc"
    assert clean("jf. § 27 og kap. 701") == "jf.\u00a0§\u00a027 og kap.\u00a0701"
    assert clean("søker om 1 400 000 kr, 12 kr") == "søker om 1\u00a0400\u00a0000\u00a0kr, 12\u00a0kr"
    assert clean("for\u00adord") == "for\u00adord"


def test_a_persons_own_paragraphs_and_points_are_kept() -> None:
    made = blocks_of("Først\ndette.\r\n\r\nSå:\n- ett\n  mer\n- to")
    assert [type(block) for block in made] == [Paragraph, Paragraph, Bullets]
    assert isinstance(made[2], Bullets) and [plain(item) for item in made[2].items] == ["ett\nmer", "to"]
    pasted = blocks_of(
        "Så:\n• ett\n– to\n  * tre\nog mer\n1. Kommunen\n2) Sykehuset, med frist\n1. mars 2025\nb) slutt"
    )
    shown = [[plain(p) for p in (b.items if isinstance(b, Bullets) else (b.spans,))] for b in pasted]  # type: ignore[union-attr]
    assert shown == [
        ["Så:"],
        ["ett", "to", "tre\nog mer"],
        ["1. Kommunen"],
        ["2) Sykehuset, med frist\n1. mars 2025"],
        ["b) slutt"],
    ]


BROKEN = "Kommunen søkte om:\nLege 100 000 kr\r\nReise 50 000 kr\n\n- b\n1. c"


def test_a_break_somebody_typed_stays_a_break_wherever_a_letter_has_their_words() -> None:
    facts: Any = award()
    reasons = Reasons((BROKEN,), BROKEN, (Consideration("Nytte", BROKEN), Consideration("I alt", "- a\n- b")))
    broken = replace(
        facts,
        decision=replace(facts.decision, reasons=reasons),
        grant=replace(facts.grant, purpose=BROKEN, conditions=(BROKEN,)),
    )
    lead, money = "Kommunen søkte om:", "Lege 100 000 kr\nReise 50 000 kr"
    said = words(compose(broken))
    assert said.count(f"{lead}\n{money}") == 5
    assert said.count("b\n1. c") == 5
    blocks = compose(broken).blocks
    (named,) = [each for each in blocks if isinstance(each, Paragraph) and plain(each.spans).startswith("Nytte:")]
    assert plain(named.spans).replace("\u00a0", " ") == f"Nytte: {lead}\n{money}" and named.spans[0].strong
    assert isinstance(blocks[blocks.index(named) + 1], Bullets)


def test_a_break_is_one_on_paper_too_and_heard_as_a_space() -> None:
    (both,) = blocks_of("Lege 100 000 kr\nReise 50 000 kr")
    assert isinstance(both, Paragraph)
    lines = break_lines(both.spans, 400, 10)
    assert ["".join(piece.text for piece in line) for line in lines] == [
        "Lege 100\u00a0000\u00a0kr ",
        "Reise 50\u00a0000\u00a0kr",
    ]
    linked = (Span("a\nb "), Span("c\nd", href="https://example.org"), Span("."))
    shown = [[(piece.text, piece.span) for piece in line] for line in break_lines(linked, 400, 10)]
    assert shown == [[("a ", 0)], [("b ", 0), ("c ", 1)], [("d", 1), (".", 2)]]


@pytest.mark.parametrize("sign", ["😀", "中", "\u0007", "\u0301"])
def test_a_sign_the_font_lacks_stops_the_letter_before_the_decision(sign: str) -> None:
    facts: Any = award()
    strange = replace(facts, decision=replace(facts.decision, project_title=f"Prosjekt {sign}"))
    if sign == "\u0301":  # Source Sans 3 holds the combining accent itself
        compose(strange)
        return
    with pytest.raises(CannotSet) as refused:
        compose(strange)
    assert refused.value.sign == sign


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("language", Language)
def test_facts_go_to_json_and_back_unchanged(kind: str, language: Language) -> None:
    facts = SAMPLES[kind](language)
    text = to_json(facts)
    assert from_json(text) == facts
    assert to_json(from_json(text)) == text
    assert len(facts_hash(facts)) == 64


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("language", Language)
def test_a_letter_is_kept_whole_and_prints_the_same(kind: str, language: Language) -> None:
    letter = compose(SAMPLES[kind](language))
    stored = json.dumps(keep(letter))
    assert kept(stored) == letter
    assert print_letter(kept(stored)) == render(SAMPLES[kind](language))


def test_a_draft_says_so_in_its_title_and_on_every_page() -> None:
    marked = draft(compose(award()))
    assert marked.title.startswith("Utkast: ") and marked.running.startswith("Utkast · ")
    assert "Utkast – vedtaket er ikke gjort · Demodata" in words(marked)
    assert "godkjent elektronisk" not in words(marked)
    assert "Utkast – vedtaket er ikkje gjort" in words(draft(compose(award(Language.NN))))


def test_any_change_of_the_facts_changes_their_hash() -> None:
    facts: Any = award()
    assert facts_hash(facts) == facts_hash(award())
    assert facts_hash(facts) != facts_hash(replace(facts, head=replace(facts.head, demo=False)))
    assert facts_hash(facts) != facts_hash(replace(facts, grant=replace(facts.grant, publicity=True)))


def test_facts_stored_before_a_field_was_added_can_still_be_read() -> None:
    text = to_json(award()).replace('"publicity":false,', "").replace('"demo":true,', "")
    read: Any = from_json(text)
    assert read.grant.publicity is False and read.head.demo is False


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"kind":"poem"}', '{"kind":"award"}', to_json(award()).replace('"2025-02-14"', '"soon"')],
)
def test_what_is_not_a_letters_facts_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        from_json(text)


def test_wrong_types_and_strange_fields_are_refused() -> None:
    good = to_json(award())
    for old, new in (
        ('"amount_ore":250000100', '"amount_ore":2500001.0'),
        ('"demo":true', '"demo":1'),
        ('"case_no":', '"case_number":'),
        ('"attachments":["Skjema for aksept"]', '"attachments":"x"'),
    ):
        assert old in good
        with pytest.raises(Unreadable):
            from_json(good.replace(old, new, 1))
