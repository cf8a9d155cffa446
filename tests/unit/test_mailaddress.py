"""An address that cannot be mailed is refused where it is typed."""

import importlib
import pkgutil

import pytest
from wtforms.fields.core import UnboundField

import forms
from app.values.badvalue import BadValue
from app.values.mailaddress import MIXED, NOT_ASCII, NOT_ONE, on_the_wire, parse_email
from forms.fields import EmailField


@pytest.mark.parametrize(
    ("typed", "stored", "wire"),
    [
        (" post@Bergen.kommune.no ", "post@bergen.kommune.no", "post@bergen.kommune.no"),
        ("post@ås.kommune.no", "post@ås.kommune.no", "post@xn--s-1fa.kommune.no"),
        ("post@παράδειγμα.gr", "post@παράδειγμα.gr", "post@xn--hxajbheg2az3al.gr"),
        ("post@пример.рф", "post@пример.рф", "post@xn--e1afmkfd.xn--p1ai"),
        ("post@čáŋŧ-2.kommune.no", "post@čáŋŧ-2.kommune.no", "post@xn---2-lia9ozlxf.kommune.no"),
        ("post@312999005.example.invalid", "post@312999005.example.invalid", "post@312999005.example.invalid"),
    ],
)
def test_an_address_is_kept_as_people_read_it_and_sent_as_servers_do(typed: str, stored: str, wire: str) -> None:
    assert parse_email(typed) == stored
    assert on_the_wire(stored) == (wire, False)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "bergen.kommune.no",
        "a@b",
        "a@localhost",
        "a..b@c.no",
        "a@b.no, c@d.no",
        "Navn <a@b.no>",
        "a@b.no\r\nBcc: c@d.no",
        "a" * 65 + "@b.no",
    ],
)
def test_what_is_not_one_address_is_refused(typed: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_email(typed)
    assert refused.value.reason == NOT_ONE


def test_a_name_most_servers_cannot_take_is_refused_with_its_own_words() -> None:
    with pytest.raises(BadValue) as refused:
        parse_email("bjørn.aas@demovik.no")
    assert refused.value.reason == NOT_ASCII
    assert on_the_wire("bjørn.aas@demovik.no") == ("bjørn.aas@demovik.no", True)


@pytest.mark.parametrize("domain", ["b\u0435rgen", "berg\u03bfn", "xn--brgen-zwe", "\u0430a-1", "b\u0435rg\u00e6n"])
def test_a_domain_that_mixes_alphabets_is_refused_with_its_own_words(domain: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_email(f"ola@{domain}.kommune.no")
    assert refused.value.reason == MIXED


def test_every_field_for_an_address_reads_it_so() -> None:
    fields = [
        (kind.__name__, name, field.field_class)
        for module in pkgutil.iter_modules(forms.__path__, "forms.")
        for kind in vars(importlib.import_module(module.name)).values()
        if isinstance(kind, type)
        for name, field in vars(kind).items()
        if isinstance(field, UnboundField) and "email" in name
    ]
    assert [each for each in fields if not issubclass(each[2], EmailField)] == []
    assert fields
