"""How a page is made of a template: Jinja's own, with what it does anew for every page done once.

Jinja asks a value, a call and a text the same questions each time. A page of ours prints a thousand values and a
hundred texts; most of its time went there. What comes out is the same, sign by sign:

- a value is escaped in C where it is text, and left alone where it is markup (Jinja makes a new Markup each time);
- our own texts, `_("…")`, stand in the template when it is compiled, once in each language;
- a macro is called as it is (Jinja looks whether it wants the context, which no macro does);
- a template that is imported is read once (Jinja looks whether the page gave it names of its own, which none does).
"""

import re
from collections.abc import Callable, Iterable, MutableMapping
from types import FunctionType
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.environment import Template, TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # pinned; a test holds it


def escaped(value: Any) -> str:
    """The value as it may stand in HTML."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]  # the type was just looked at
    if kind is str:
        return _escape_inner(value)
    return escape(value)


def called(context: Context, what: Any, /, *given: Any, **named: Any) -> Any:
    """What a call in a template gives: macros and plain functions at once, the rest as Jinja does it."""
    kind = type(what)
    if kind is Macro:
        return what(context.eval_ctx, *given, **named)
    if kind is FunctionType and not hasattr(what, "jinja_pass_arg"):
        return what(*given, **named)
    return context.call(what, *given, **named)


class Mould:
    """A macro drawn once with blanks for its values: filled, it is what the macro would draw of them, at once."""

    def __init__(self, draw: Callable[..., str], blanks: int = 1) -> None:
        # Of Unicode's private signs: none of our templates has them.
        signs = [chr(0xE000 + nr) for nr in range(blanks)]
        drawn = draw(*signs)
        assert [sign for sign in drawn if sign in signs] == signs, "each blank is drawn once, in its order"
        parts = re.split(f"[{''.join(signs)}]", drawn)
        self._form = "%s".join(part.replace("%", "%%") for part in parts)

    def filled(self, rows: Iterable[tuple[str, ...]]) -> Markup:
        """The markup once a row, one beneath the other, with its values in the blanks. They are escaped already."""
        form = self._form
        return Markup("".join([form % row for row in rows]))


class PageGenerator(CodeGenerator):
    """Writes `environment.escaped(…)` where Jinja writes `escape(…)`, and `environment.called(…)` for calls."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802  (Jinja's)
        """Without the names of the block and the loop, which only a function that asks for the context could see."""
        self.write("environment.called(context, ")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class PageTemplate(Template):
    """A template that is imported as it is: no page gives names of its own to all that it imports."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        del ctx
        if self._module is None:
            self._module = self.make_module()
        return self._module


class _Texts(NodeTransformer):
    """Puts a text in the place of `_("…")`; one with facts is filled in when the page is drawn."""

    def __init__(self, says: Callable[[str], str]) -> None:
        self._says = says

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  (Jinja's)
        """The text itself where there is nothing to fill in."""
        self.generic_visit(node)
        match node:
            case nodes.Call(
                node=nodes.Name(name="_"),
                args=[nodes.Const(value=str(msgid))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ):
                return nodes.TemplateData(self._says(msgid), lineno=node.lineno)
        return node


class PageEnvironment(Environment):
    """Flask's, with pages made so."""

    code_generator_class = PageGenerator
    template_class = PageTemplate
    escaped = staticmethod(escaped)
    called = staticmethod(called)
    _language: str | None = None
    _now: Callable[[], str] | None = None
    _says: Callable[[str, str], str]
    _own: "dict[str, PageEnvironment]"

    def speak(self, now: Callable[[], str], says: Callable[[str, str], str]) -> None:
        """From now on templates are compiled once a language. `now`: that of the page; `says`: a text in a language."""
        self._now, self._says, self._own = now, says, {}

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:
        if self._now is None or self._language is not None:
            return super()._load_template(name, globals)
        language = self._now()
        own = self._own.get(language) or self._own.setdefault(language, self._in(language))
        return own._load_template(name, globals)

    def _in(self, language: str) -> "PageEnvironment":
        own = self.overlay(cache_size=-1)
        assert isinstance(own, PageEnvironment)
        own._language = language
        return own

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if (language := self._language) is None:
            return tree
        return _Texts(lambda msgid: self._says(language, msgid)).visit(tree)  # type: ignore[no-any-return]  # a tree again
