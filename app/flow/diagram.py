"""A workflow's table of moves as a Mermaid diagram, for the README."""

from app.flow.domain import Workflow


def mermaid(workflow: Workflow) -> str:
    """One state diagram; the labels are the codes, and who may take the step."""
    lines = ["stateDiagram-v2"]
    for move in workflow.moves:
        who = move.needs.value if move.needs else "job"
        lines += [f"  {start.value} --> {move.end.value}: {move.step.value} ({who})" for start in move.start]
    return "\n".join(lines)
