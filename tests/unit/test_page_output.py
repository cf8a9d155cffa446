"""What a template prints is what Jinja's own escaping would have printed."""

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape  # noqa: TID251  (what is compared with)

from app.page_output import PageEnvironment, escaped

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
