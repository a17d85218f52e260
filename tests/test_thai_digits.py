"""laodoc.thai.digits: every number that can be printed comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laodoc.thai.digits import DASHES, MOST_DIGITS, is_nil, parse_number, parse_signed, to_arabic, to_thai, with_commas

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


@given(st.integers(1, 10**9), st.sampled_from(DASHES), st.booleans(), st.lists(st.booleans(), min_size=1))
def test_every_way_of_less_than_nothing_comes_back(number: int, dash: str, gap: bool, thai: list[bool]) -> None:
    """A minus of any kind, brackets and the word for it, with Thai, Arabic or mixed digits."""
    digits, space = mix(f"{number:,}", thai), " " if gap else ""
    for text in (f"{dash}{space}{digits}", f"({digits})", f"( {digits} )", f"ติดลบ{space}{digits}", f"ลบ {digits}"):
        assert parse_signed(text) == -number
        assert parse_number(text) is None
    assert parse_signed(digits) == number
    assert parse_signed(f"({digits}.50)") == -number - 0.5


@pytest.mark.parametrize("text", ["-", "--5", "(5", "5)", "()", "-(5)", "5-", "1-2", "(ห้า)", "-ก", ""])
def test_a_sign_alone_makes_no_number(text: str) -> None:
    """What is neither a number nor one with a sign before it is None."""
    assert parse_signed(text) is None


@given(st.integers(1000, 10**12), st.sampled_from([".", " ", ". ", " .", ",", ", ", "", ",."]), st.booleans())
def test_whatever_stands_for_a_comma_is_one(number: int, comma: str, satang: bool) -> None:
    """Points, gaps and both between groups of three; decimals are two digits behind a point."""
    text = f"{number:,}".replace(",", comma) + (".50" if satang else "")
    assert with_commas(to_thai(text)) == f"{number:,}" + (".50" if satang else "")


@pytest.mark.parametrize("text", ["250", "250.00", "2.5", "1,23", "12 34", "250.0000", "25.000.0000", "", "-1 000"])
def test_other_gaps_are_no_commas(text: str) -> None:
    """Groups of other than three digits are left as they are."""
    assert with_commas(text) is None
