"""What a template prints is what Jinja's own escaping would have printed."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape  # noqa: TID251  (what is compared with)

from app.page_output import Mould, PageEnvironment, escaped

ANYTHING = st.one_of(st.text(), st.integers(), st.none(), st.booleans(), st.text().map(Markup))


class Text(str):
    """Text of a class of its own, as an enum's is."""


@given(ANYTHING)
def test_it_is_escaped_as_markupsafe_does(value: object) -> None:
    assert escaped(value) == escape(value)


def test_text_of_a_class_of_its_own_is_escaped() -> None:
    assert escaped(Text("<b>")) == "&lt;b&gt;"


@given(st.text())
def test_a_template_escapes_text_and_keeps_markup(text: str) -> None:
    environment = PageEnvironment(Flask("any"), autoescape=True)
    page = environment.from_string(
        "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ text }}|{{ m(text) }}|{{ text|upper }}"
    )
    assert page.render(text=text) == f"{escape(text)}|<i>{escape(text)}</i>|{escape(text.upper())}"


@given(st.lists(st.text(), min_size=2, max_size=2))
def test_a_mould_filled_is_what_the_macro_draws(texts: list[str]) -> None:
    drawn = (
        PageEnvironment(Flask("any"), autoescape=True)
        .from_string("{% macro m(x, y) %}<i class='100%'>{{ x }}</i>%s{{ y }}{% endmacro %}")
        .module.m
    )
    assert Mould(drawn, 2).filled([(escaped(texts[0]), escaped(texts[1]))] * 2) == drawn(*texts) * 2


def test_a_mould_knows_a_macro_that_draws_a_value_twice_or_not_at_all() -> None:
    for drawn in (lambda x: x + x, lambda x: ""):
        with pytest.raises(AssertionError):
            Mould(drawn)


def speaking(pages: dict[str, str], now: list[str]) -> PageEnvironment:
    """An environment with these templates, which says each text as «language: text»."""
    environment = PageEnvironment(Flask("any"), autoescape=True, loader=DictLoader(pages))
    environment.globals["_"] = lambda msgid, **facts: f"asked for {msgid}"
    environment.speak(lambda: now[0], lambda language, msgid: Markup(f"<{language}>{msgid}"))
    return environment


def test_a_text_stands_in_the_template_of_its_language_and_one_with_facts_is_asked_for() -> None:
    now = ["nb"]
    pages = {
        "page": "{% from 'macros' import m %}{{ _('a') }}{{ m(_('b')) }}{{ _('c', x=1) }}{{ [_('d')]|join }}{{ _(e) }}",
        "macros": "{% macro m(x) %}<i>{{ x }}{{ _('f') }}</i>{% endmacro %}",
    }
    environment = speaking(pages, now)
    for language in ("nb", "nn", "nb"):
        now[0] = language
        said = {each: f"<{language}>{each}" for each in "abdf"}
        assert environment.get_template("page").render(e="<e>") == (
            f"{said['a']}<i>{said['b']}{said['f']}</i>asked for c{said['d']}asked for &lt;e&gt;"
        )
    assert environment.get_template("macros").module.m("<") == "<i>&lt;<nb>f</i>"


def test_calls_reach_macros_functions_blocks_and_what_wants_the_context() -> None:
    @pass_context
    def told(context: Context, *given: str) -> str:
        return f"{context['word']} {given}"

    pages = {
        "frame": "{% block title %}{% endblock %}|{% block content %}frame{% endblock %}|{{ self.title() }}",
        "page": "{% extends 'frame' %}{% macro m(x, y='y') %}{{ x }}{{ y }}{{ caller() }}{% endmacro %}"
        "{% block title %}T{% endblock %}"
        "{% block content %}{{ super() }}{{ told('a') }}{% call m('x') %}c{% endcall %}"
        "{{ dict(what='a').what.upper() }}{% endblock %}",
    }
    environment = PageEnvironment(Flask("any"), autoescape=True, loader=DictLoader(pages))
    environment.globals["told"] = told
    page = environment.get_template("page").render(word="<w>")
    assert page == "T|frame&lt;w&gt; (&#39;a&#39;,)xycA|T"
