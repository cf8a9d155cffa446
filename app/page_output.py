"""How a template's values reach the page: escaped in C where they are text, as they are where they are markup.

Jinja sends each value through `markupsafe.escape`, which makes a new Markup in Python every time: a list page prints a
thousand values, and a seventh of its time went there. What comes out here is the same, sign by sign.
"""

from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # pinned; a test holds it


def escaped(value: Any) -> str:
    """The value as it may stand in HTML."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]  # the type was just looked at
    if kind is str:
        return _escape_inner(value)
    return escape(value)


class PageGenerator(CodeGenerator):
    """Writes `environment.escaped(…)` where Jinja writes `escape(…)`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class PageEnvironment(Environment):
    """Flask's, with values printed so."""

    code_generator_class = PageGenerator
    escaped = staticmethod(escaped)
