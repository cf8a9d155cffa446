"""The README's diagrams and map say what the code says. `python -m tests.architecture.test_readme` writes them anew."""

import re
from pathlib import Path

from app.awards.workflow import AWARD
from app.budget.workflow import FRAME_CHANGE
from app.cases.workflow import CASE
from app.compensation.workflow import AGREEMENT, CLAIM
from app.flow.diagram import mermaid
from app.payouts.workflow import PAYABLE, REPAYMENT
from app.reports.workflow import REPORT
from app.rules.workflow import RULES
from app.summaries.workflow import SUMMARY

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
DIAGRAMS = {
    w.name: w for w in (CASE, RULES, AWARD, PAYABLE, REPORT, AGREEMENT, CLAIM, REPAYMENT, FRAME_CHANGE, SUMMARY)
}


def _replace(name: str, drawing: str, text: str) -> tuple[str, int]:
    return re.subn(rf"<!-- diagram {name} -->\n```mermaid\n.*?```\n", lambda _: drawing, text, flags=re.S)


def drawn(text: str) -> str:
    """The README with every marked diagram drawn from its table."""
    for name, workflow in DIAGRAMS.items():
        drawing = f"<!-- diagram {name} -->\n```mermaid\n{mermaid(workflow)}\n```\n"
        text, found = _replace(name, drawing, text)
        assert found == 1, f"the README lacks the diagram {name}"
    return text


def test_the_diagrams_are_drawn_from_the_tables() -> None:
    text = README.read_text()
    assert drawn(text) == text, "run: python -m tests.architecture.test_readme"


def test_every_room_stands_on_the_map() -> None:
    rooms = {p.parent.name for p in (ROOT / "app").glob("*/__init__.py")}
    on_map = set(re.findall(r"^\| `app/(\w+)", README.read_text(), flags=re.M))
    assert rooms - {"translations"} <= on_map, f"not on the map: {sorted(rooms - on_map)}"
    assert on_map <= {p.name for p in (ROOT / "app").iterdir()} | {p.stem for p in (ROOT / "app").glob("*.py")}


if __name__ == "__main__":
    README.write_text(drawn(README.read_text()))
