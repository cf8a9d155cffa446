"""The scores in words, and what they say against granting. Points are internal (domain D.4, A.3)."""

from app.assessments.domain.sheet import Sheet, weighted
from app.flow.domain import Reason
from app.rules.domain import Criterion, Rules, Words
from app.values.language import N_, Language
from app.values.scores import format_score

# From nothing to all of the scale.
GRADES = (
    Words("Ikke oppfylt", "Ikkje oppfylt"),
    Words("I liten grad oppfylt", "I liten grad oppfylt"),
    Words("Delvis oppfylt", "Delvis oppfylt"),
    Words("Oppfylt", "Oppfylt"),
    Words("Godt oppfylt", "Godt oppfylt"),
    Words("Svært godt oppfylt", "Svært godt oppfylt"),
)
# The same of the whole application, as a sentence of the letter.
_WHOLE = (
    Words("Søknaden oppfyller ikke kriteriene.", "Søknaden oppfyller ikkje kriteria."),
    Words("Søknaden oppfyller kriteriene i liten grad.", "Søknaden oppfyller kriteria i liten grad."),
    Words("Søknaden oppfyller kriteriene delvis.", "Søknaden oppfyller kriteria delvis."),
    Words("Søknaden oppfyller kriteriene.", "Søknaden oppfyller kriteria."),
    Words("Søknaden oppfyller kriteriene godt.", "Søknaden oppfyller kriteria godt."),
    Words("Søknaden oppfyller kriteriene svært godt.", "Søknaden oppfyller kriteria svært godt."),
)
# Where one criterion falls short, nothing is said of them all.
_MOST = Words("Søknaden oppfyller de fleste kriteriene.", "Søknaden oppfyller dei fleste kriteria.")
_PARTLY = 2


def grade(criterion: Criterion, points: int) -> Words:
    """The grade in words, rounded half up to the six steps."""
    return GRADES[_step(points, criterion.top)]


def overall(rules: Rules, sheet: Sheet, language: Language) -> str:
    """The whole in one sentence, by the weighted score; nothing until every criterion has its points."""
    score = weighted(rules, sheet)
    if score is None:
        return ""
    return _whole(rules, sheet, score).in_(language)


def _whole(rules: Rules, sheet: Sheet, score: int) -> Words:
    """No more than the scores carry: «oppfyller» is not rounded up to, and is said of all only where each is met."""
    step = _step(score, rules.highest_score)
    short = score * (len(_WHOLE) - 1) < (_PARTLY + 1) * rules.highest_score
    if step <= _PARTLY or short:
        return _WHOLE[min(step, _PARTLY)]
    met = [_step(sheet.points(c.code) or 0, c.top) > _PARTLY for c in rules.criteria]
    if all(met):
        return _WHOLE[step]
    return _MOST if 2 * sum(met) > len(met) else _WHOLE[_PARTLY]


def _step(points: int, top: int) -> int:
    steps = len(GRADES) - 1
    return min((2 * points * steps + top) // (2 * top), steps)


def is_overall(line: str) -> bool:
    """Whether this line is such a sentence, of these scores or of others."""
    return line.strip() in {words.in_(form) for words in (*_WHOLE, _MOST) for form in Language}


def nothing_met(rules: Rules, sheet: Sheet) -> bool:
    """Whether the letter would say of every criterion that it is not met; no grant can rest on that."""
    points = [(c, sheet.points(c.code)) for c in rules.criteria]
    return bool(points) and all(given is not None and grade(c, given) is GRADES[0] for c, given in points)


def too_low(rules: Rules, sheet: Sheet) -> Reason | None:
    """What the scores say against granting: nothing is met, or the sum is below what the rules set."""
    score = weighted(rules, sheet)
    if nothing_met(rules, sheet):
        return Reason(N_("Ingen av kriteriene er oppfylt."))
    if score is None or rules.lowest_score is None or score >= rules.lowest_score:
        return None
    facts = {"score": format_score(score), "lowest": format_score(rules.lowest_score)}
    return Reason(N_("Poengsummen er %(score)s. Regelverket setter grensen for å innvilge ved %(lowest)s."), facts)
