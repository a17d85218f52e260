"""laodoc.thai.digits: every number that can be printed comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laodoc.thai.digits import MOST_DIGITS, is_nil, parse_number, to_arabic, to_thai

numbers = st.integers(min_value=0, max_value=10**15)


def mix(text: str, thai: list[bool]) -> str:
    """Some digits of `text` as Thai ones."""
    return "".join(to_thai(c) if thai[i % len(thai)] else c for i, c in enumerate(text))


@given(numbers, st.lists(st.booleans(), min_size=1), st.booleans())
def test_every_printed_integer_comes_back(number: int, thai: list[bool], commas: bool) -> None:
    """An integer in Thai, Arabic or mixed digits, with or without thousands commas, is read as itself."""
    text = mix(f"{number:,}" if commas else str(number), thai)
    assert parse_number(f" {text} ") == number
    assert isinstance(parse_number(text), int)


@given(st.integers(0, 10**9), st.integers(1, 4), st.lists(st.booleans(), min_size=1))
def test_every_printed_decimal_comes_back(scaled: int, places: int, thai: list[bool]) -> None:
    """A decimal number with commas comes back as the float that was printed."""
    value = scaled / 10**places
    found = parse_number(mix(f"{value:,.{places}f}", thai))
    assert isinstance(found, float)
    assert found == float(f"{value:.{places}f}")


@given(st.text())
def test_thai_digits_round_trip(text: str) -> None:
    """Turning digits over keeps the length, and a second turn changes nothing more."""
    assert len(to_arabic(text)) == len(text)
    assert to_arabic(to_thai(text)) == to_arabic(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "1,23", "12,3456", ",123", "1.", ".5", "1.2.3", "๑ ๒", "๑๒ก", "+1", "-1", "1e3", "٣", "9" * 21],
)
def test_anything_else_is_no_number(text: str) -> None:
    """What is not wholly one number is None, never a guess."""
    assert parse_number(text) is None


def test_the_longest_number_is_still_read() -> None:
    """A run of as many digits as a number may have is one."""
    assert parse_number("9" * MOST_DIGITS) == 10**MOST_DIGITS - 1


@pytest.mark.parametrize(
    ("text", "nil"), [("-", True), (" – ", True), ("—", True), ("", False), ("--", False), ("๐", False)]
)
def test_a_lone_dash_is_nil(text: str, nil: bool) -> None:
    """Only a single dash says "none"."""
    assert is_nil(text) is nil
