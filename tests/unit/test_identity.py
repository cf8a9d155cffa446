"""Numbers that identify: read however they are grouped, refused with a reason a person can act on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values import identity, kid
from app.values.badvalue import BadValue
from app.values.nationalid import contains_national_id


def _check(digits: str, weights: tuple[int, ...]) -> str | None:
    rest = -sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return None if rest == 10 else str(rest)


def _national_id(day: int, month: int, year: int, serial: int) -> str | None:
    base = f"{day:02d}{month:02d}{year:02d}{serial:03d}"
    first = _check(base, (3, 7, 6, 1, 8, 9, 4, 5, 2))
    second = first and _check(base + first, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
    return base + first + second if first and second else None


@pytest.mark.parametrize(
    "typed",
    [
        "933649768",
        "933 649 768",
        "933\u00a0649\u00a0768",
        " 933.649.768 ",
        "933-649-768",
        "NO933649768MVA",
        "NO 933 649 768 MVA",
        "933 649 768 mva",
    ],
)
def test_an_organisation_number_is_read_however_it_is_grouped(typed: str) -> None:
    assert identity.parse_orgnr(typed) == "933649768"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("933649769", "wrong_check_digit"),
        ("000000000", "wrong_check_digit"),
        ("93364976", "wrong_length"),
        ("9336497688", "wrong_length"),
        ("SE933649768MVA", "not_digits"),
        ("", "not_digits"),
        ("<b>933649768</b>", "not_digits"),
    ],
)
def test_other_organisation_numbers_are_refused(typed: str, code: str) -> None:
    with pytest.raises(BadValue) as refused:
        identity.parse_orgnr(typed)
    assert refused.value.code == code


def test_a_number_of_the_wrong_length_says_how_long_it_was() -> None:
    with pytest.raises(BadValue, match="Du skrev 8"):
        identity.parse_orgnr("93364976")
    with pytest.raises(BadValue, match="Du skrev 10"):
        identity.parse_account("8601111794")


@pytest.mark.parametrize(
    "typed",
    ["86011117947", "8601 11 17947", "8601.11.17947", "8601\u00a011\u00a017947", "8601/11/17947", "8601-11-17947"],
)
def test_an_account_number_is_read_however_it_is_grouped(typed: str) -> None:
    assert identity.parse_account(typed) == "86011117947"


@pytest.mark.parametrize("typed", ["86011117948", "00000000000", "4090403", "8601111794", "NO9386011117947", ""])
def test_other_account_numbers_are_refused(typed: str) -> None:
    with pytest.raises(BadValue):
        identity.parse_account(typed)


@given(st.integers(0, 10**10 - 1))
def test_accounts_pass_exactly_when_the_weights_say_so(base: int) -> None:
    digits = f"{base:010d}"
    right = None if digits.startswith("0000") else _check(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
    for last in "0123456789":
        try:
            assert identity.parse_account(digits + last) == digits + last
            assert last == right
        except BadValue:
            assert last != right


def test_numbers_are_shown_grouped_and_masked() -> None:
    assert identity.format_orgnr("933649768") == "933\u00a0649\u00a0768"
    assert identity.format_account("86011117947") == "8601\u00a011\u00a017947"
    assert identity.mask_account("86011117947") == "••••\u00a0••\u00a0•7947"


def test_hpr_numbers() -> None:
    assert identity.parse_hpr(" 1234567 ") == "1234567"
    assert identity.parse_hpr("000123") == "123"
    for typed in ("", "0", "abc", "1234567890"):
        with pytest.raises(BadValue, match="HPR"):
            identity.parse_hpr(typed)


def test_a_kid_is_checked_by_either_method() -> None:
    assert kid.make_kid("2025000123") == "20250001235"
    assert kid.parse_kid("2025 0001235") == "20250001235"
    assert kid.parse_kid("20250001232") == "20250001232"  # mod 11: 42 of weights 2 to 7, 9 over, 2 lacking
    assert kid.parse_kid("6-") == "6-"
    for typed in ("20250001236", "1", "", "2" * 26, "1-2", "abc"):
        with pytest.raises(BadValue, match="KID"):
            kid.parse_kid(typed)
    with pytest.raises(ValueError, match="base"):
        kid.make_kid("")


@given(st.integers(0, 10**24 - 1))
def test_a_made_kid_is_always_right(base: int) -> None:
    assert kid.parse_kid(kid.make_kid(str(base))) == kid.make_kid(str(base))


@given(
    st.integers(1, 28),
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(0, 999),
    st.sampled_from([(0, 0), (40, 0), (0, 40), (0, 80), (40, 40), (40, 80)]),
)
def test_every_number_built_as_a_fodselsnummer_is_found(
    day: int, month: int, year: int, serial: int, added: tuple[int, int]
) -> None:
    number = _national_id(day + added[0], month + added[1], year, serial)
    if number is None:
        return
    days = [f"{sign}".join((number[:2], number[2:4], number[4:6])) for sign in ("", " ", ".", "-", "/", "_")]
    rests = [number[6:], f"{number[6:9]} {number[9:]}", f"{number[6:9]}-{number[9:]}"]
    betweens = ("", " ", "-", "/", "_", ".", ":", "\n", " \n", " - ")
    for written in (f"{day}{between}{rest}" for day in days for between in betweens for rest in rests):
        assert contains_national_id(f"Pasienten ({written}) ringte.")
    assert not contains_national_id(f"7{number}")
    assert not contains_national_id(f"{number}7")
    assert not contains_national_id(f"{number[:4]} {number[4:6]} {number[6:]}")


def test_ordinary_numbers_in_text_pass() -> None:
    for text in (
        "Konto 8601 11 17947, org.nr. 933 649 768, tlf. 22 22 22 22, sum 1 250 000,50 kr.",
        "86011117947",
        "15.02.2025 kl. 12.00",
        "Konto 1507.65.00565 eller 1507 65 00565",
        "15 076 500 565 kr",
        "150765,00 565",
        "Lege 150765\nReise 00565",
        "150765\n\n\n\n00565",
        "15076500566 og 150765/00564",
        "",
    ):
        assert not contains_national_id(text)


def test_digits_of_another_width_do_not_hide_a_fodselsnummer() -> None:
    number = next(filter(None, (_national_id(15, 8, 76, serial) for serial in range(100))))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    assert contains_national_id(wide)
