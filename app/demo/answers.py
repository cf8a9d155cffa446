"""The answers and the budget of a demo application: its own words first, and the rest as good as its points."""

from app.applications.domain import CostLine
from app.demo.stories import Told
from app.demo.wordings import Pair, fill, one, pool
from app.rules.domain import Answer, CostType, Question
from app.values.language import Language
from app.values.money import split_percent

# The criterion each answer is judged by, by its place among the rules' criteria.
_JUDGED_BY = {"cooperation": 2, "milestones": 3, "risk": 3, "anchoring": 4}
OWN_WORK = "other"


def answer(question: Question, told: Told) -> str | int:
    """What this application answers."""
    if question.answer is Answer.YES_NO:
        return "yes" if (told.continued if question.code == "continued" else told.nr % 6 != 5) else "no"
    if question.answer is Answer.MONEY:
        return (60 + told.nr % 4 * 45) * 1_000_00 if told.continued else 0
    if question.answer is Answer.CHOICE:
        return told.area if told.area in {c.code for c in question.choices} else question.choices[0].code
    return _text(question.code, told)[: question.max_length]


def _text(code: str, told: Told) -> str:
    own = {"description": told.description, "expected_results": told.results, "health_community": told.community}
    if code in own:
        return fill((own[code], own[code]), told)
    texts = pool("answers")
    if code == "record_system":
        return fill(("{care} / {practice}", "{care} / {practice}"), told)
    if code == "risk":
        return _risk(texts["risk"], told)
    if code in _JUDGED_BY:
        return _built(code, told)
    return one(texts[code]["texts"], told)


def _built(code: str, told: Told) -> str:
    """One sentence from each part of the answer; a plan of the best is a list with a line for each day."""
    level = "undated" if code == "milestones" and told.fails else _level(told, code)
    said = [one(part, told) for part in pool("answers")[code][level]]
    if code == "cooperation" and told.partners:
        said.append(one(pool("answers")[code]["together"], told))
    return ("\n" if code == "milestones" and level == "strong" else " ").join(said)


def _risk(texts: dict[str, list[Pair]], told: Told) -> str:
    count = {"strong": 3, "medium": 2}.get(_level(told, "risk"), 0)
    # Their number is prime, so that no step takes one twice; the step differs where the first is the same.
    step = 2 + told.nr // len(texts["pairs"])
    return "\n".join(one(texts["pairs"], told, step * turn) for turn in range(count)) or one(texts["weak"], told)


def _level(told: Told, code: str) -> str:
    points = told.points[_JUDGED_BY[code]]
    return "strong" if points >= 4 else "medium" if points == 3 else "weak"


def budget(told: Told, cost_types: tuple[CostType, ...]) -> tuple[CostLine, ...]:
    """What is applied for by cost type, and the municipality's own work last."""
    texts = pool("answers")["budget"]
    shares = _shares(texts["shares"], told)
    words = {code: one(texts["lines"][code], told) for code in shares}
    ordered = [cost.code for cost in cost_types if cost.code in shares]
    amounts = split_percent(told.applied_ore, [shares[code] for code in ordered])
    lines = [CostLine(code, words[code], ore) for code, ore in zip(ordered, amounts, strict=True)]
    if told.own_ore:
        lines.append(CostLine(OWN_WORK, texts["own"][told.language is Language.NN], told.own_ore))
    return tuple(lines)


def _shares(kinds: list[dict[str, int]], told: Told) -> dict[str, int]:
    """The next way of sharing that has the line that will be cut; what is «other» is bought for that alone."""
    turned = kinds[told.nr % len(kinds) :] + kinds[: told.nr % len(kinds)]
    return next(each for each in turned if told.cut in ("", *each) and ("other" in each) is (told.cut == "other"))
