"""laodoc.thai.dates: every date that can be printed comes back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laodoc.thai.dates import (
    ERA,
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    WEEKDAYS,
    DateStyle,
    find_dates,
    find_no_days,
    format_date,
    is_no_day,
    parse_date,
)

all_days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
days_of_short_years = st.dates(date(1957, 1, 1), date(2056, 12, 31))
styles: st.SearchStrategy[DateStyle] = st.sampled_from(("long", "short", "slash"))


@given(all_days, st.booleans(), st.booleans())
def test_every_long_date_comes_back(day: date, thai: bool, weekday: bool) -> None:
    """A long date in either digits, with or without its weekday, is read as the day that was printed."""
    assert parse_date(format_date(day, "long", thai=thai, weekday=weekday)) == day


@given(days_of_short_years, styles, st.booleans(), st.booleans())
def test_every_date_is_found_in_running_text(day: date, style: DateStyle, thai: bool, weekday: bool) -> None:
    """A date inside a sentence is found exactly where it stands, with its weekday."""
    text = format_date(day, style, thai=thai, weekday=weekday)
    found = find_dates(f"ให้ส่งภายใน {text} เป็นต้นไป")
    assert [(f.date, f.weekday) for f in found] == [(day, day.weekday() if weekday else None)]
    assert f"ให้ส่งภายใน {text} เป็นต้นไป"[found[0].start : found[0].end] == text


@pytest.mark.parametrize(
    "text",
    [
        "๑๑ มิถุนายน ๒๕๖๓",
        "11 มิถุนายน 2563",
        "๑๑มิถุนายน๒๕๖๓",
        "๑๑ มิ.ย.๒๕๖๓",
        "๑1 มิ.ย. ๖3",
        "๑๑ มิ. ย. ๖๓",
        "11 มิย 63",
        "๑๑ มิ . ย . ๖๓",
        "๑๑/๖/๖๓",
        "๑๑/๐๖/๒๕๖๓",
        "11 / 6 / 2563",
        "11.6.63",
        "11-06-2563",
        "วันพฤหัสบดีที่ ๑๑ มิถุนายน พ.ศ. ๒๕๖๓",
        "ลงวันที่ ๑๑ เดือนมิถุนายน พุทธศักราช ๒๕๖๓",
        "วันที่..... ๑๑ มิ.ย. 2563",
        "11 มิถุนายน 2020",
        "11 มิถุนายน ค.ศ. 2020",
        "๑๑ มิถนายน ๒๕๖๓",
        "๑๑\nมิถุนายน\n๒๕๖๓",
        "๑๑ มิถุนายน พ.ศ.๒๕๖๓",
        "11 มิ.ย. พ.ศ.2563",
        "๑๑ มิถุนายนพ.ศ..๒๕๖๓",
        "11/6/พ.ศ.2563",
        "11 มิถุนายน ค.ศ. 20",
        "๑๑ มิถุนายน ๒๕๖๓ (ค.ศ. ๒๐๒๐)",
        "11 มิถุนายน 2020 (พ.ศ. 2563)",
        "11 มิถุนายน 2563/2020",
    ],
)
def test_all_forms_of_one_day(text: str) -> None:
    """However it is printed, and with one misread letter in the month, it is 11 June 2020."""
    assert parse_date(text) == date(2020, 6, 11)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "๓๑ มิถุนายน ๒๕๖๓",
        "๒๙ กุมภาพันธ์ ๒๕๖๒",
        "๐ มกราคม ๒๕๖๓",
        "๑๑ มิถุนายน ๒๕๖",
        "๑๑ มิถุนายน ๓๐๐๐",
        "๑๑ มิถุนายน พ.ศ. ๒๐๒๐",
        "๑๑ มิถุนายน ค.ศ. ๒๕๖๓",
        "๑๑ วิสาขมาส ๒๕๖๓",
        "๑๑/๑๓/๖๓",
        "๑๑ มิถุนายน",
        "มิถุนายน ๒๕๖๓",
        "ข้อ ๑๑ มิถุนายน ๒๕๖๓",
        "๑๑.๖-๖๓",
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Impossible days, unknown months, doubtful years and half dates are None."""
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text", ["ว ๑๒๓๑/๑๒/๖๓", "มท ๐๘๑๐.๒/ว ๑๗", "๑๑/๖/๖๓/๒", "๐-๕๕๑๒-๓๔๕๖", "ร้อยละ ๑๑.๒๕", "๑.๒.๓๔"]
)
def test_numbers_that_are_no_dates(text: str) -> None:
    """Document numbers, telephones and figures are not found as dates."""
    assert find_dates(text) == []


def test_several_dates_in_order() -> None:
    """Dates of different forms are found in the order of the text, impossible ones left out."""
    found = find_dates("ตั้งแต่วันจันทร์ที่ ๑ มิ.ย. ๖๓ หรือ ๓๐/๒/๖๓ ถึง ๑๑/๖/๖๓ และ ๑๒ มิถุนายน ๒๕๖๓")
    assert [f.date for f in found] == [date(2020, 6, 1), date(2020, 6, 11), date(2020, 6, 12)]
    assert [f.weekday for f in found] == [0, None, None]


def test_a_wrong_weekday_is_reported_as_printed() -> None:
    """The weekday is what the paper says, not what the calendar says."""
    (found,) = find_dates(f"วันศุกร์ที่ ๑๑ {MONTHS[5]} {2020 + ERA}")
    assert found.weekday == WEEKDAYS.index("ศุกร์") != found.date.weekday()


def test_what_only_looks_like_a_date_hides_none() -> None:
    """The end of a number, a word and a day are no date, and the date that begins with that day is found."""
    for lead in ("ที่ ชม ๐๐๒๓.๙/ว ๑๕ วันที่ ", "ว ๑๕ ลงวันที่ ", "ครั้งที่ ๓ เมื่อวันที่ "):
        (found,) = find_dates(f"{lead}๒๓ ก.ค. ๒๕๖๑")
        assert (found.date, found.start) == (date(2018, 7, 23), len(lead))


NO_DAYS = [
    "๓๑ กันยายน ๒๕๖๓",
    "31 มิ.ย. 63",
    "๒๙ กุมภาพันธ์ ๒๕๖๒",
    "๓๐ ก.พ. ๒๕๖๓",
    "๐ มกราคม ๒๕๖๓",
    "๓๒ มกราคม พ.ศ.๒๕๖๓",
    "๕ มกราคม ๒๖๕๓",
    "5 มกราคม 3000",
    "๑๑ มิถุนายน พ.ศ. ๒๐๒๐",
    "๓๑/๖/๒๕๖๓",
    "5/13/2563",
]


@pytest.mark.parametrize("text", NO_DAYS)
@pytest.mark.parametrize("lead", ["", "วันที่ ", "ลงวันที่ ", "วันพุธที่ "])
def test_days_that_no_calendar_knows(text: str, lead: str) -> None:
    """They are no dates, and are known for what was meant as one, in running text too."""
    assert parse_date(lead + text) is None
    assert find_dates(f"ให้ส่งภายใน{lead}{text} นั้น") == []
    assert is_no_day(lead + text)
    ((start, end),) = find_no_days(f"ให้ส่งภายใน{lead}{text} นั้น")
    assert f"ให้ส่งภายใน{lead}{text} นั้น"[start:end] == text


@pytest.mark.parametrize(
    "text",
    [
        "๒๙ กุมภาพันธ์ ๒๕๖๓",
        "๑๑ มิถุนายน ๒๕๖๓",
        "ว ๑๕ วันที่ ๒๓ ก.ค. ๒๕๖๑",
        "๔๕ มกราคม ๒๕๖๓",
        "๑๑/๑๓/๖๓",
        "ที่ ๑๒๓/๔๕/๒๕๖๓",
        "๐-๕๕๑๒-๓๔๕๖",
        "๑๑ วิสาขมาส ๒๕๖๓",
        "มิถุนายน ๒๕๖๓",
        "ระหว่าง ๓๐ - ๓๑ สิงหาคม ๒๕๖๓",
    ],
)
def test_what_was_not_meant_as_a_day(text: str) -> None:
    """Days that are, and figures that belong to something else."""
    assert find_no_days(text) == []
    assert not is_no_day(text)


@given(all_days)
def test_no_day_of_the_calendar_is_none(day: date) -> None:
    """Whatever the style, a real day is never told to be none."""
    for style in ("long", "short", "slash"):
        assert find_no_days(f"วันที่ {format_date(day, style)}") == []  # type: ignore[arg-type]


def test_a_lost_day_beside_a_real_one() -> None:
    """Only what the calendar does not know is told."""
    text = "ตั้งแต่วันที่ ๓๑ เม.ย. ๒๕๖๓ ถึง ๑ พ.ค. ๒๕๖๓"
    assert [text[a:b] for a, b in find_no_days(text)] == ["๓๑ เม.ย. ๒๕๖๓"]
    assert [found.date for found in find_dates(text)] == [date(2020, 5, 1)]


@pytest.mark.parametrize(("other", "agrees"), [("๒๐๒๐", True), ("๒๐๒๑", False)])
def test_years_of_both_eras(other: str, agrees: bool) -> None:
    """The first year is the date's; whether the other one is the same is said."""
    text = f"ลงวันที่ ๑๑ มิถุนายน ๒๕๖๓ (ค.ศ. {other}) นั้น"
    (found,) = find_dates(text)
    assert (found.date, found.agrees, text[found.start : found.end][-1]) == (date(2020, 6, 11), agrees, ")")


@given(st.integers(FIRST_YEAR, LAST_YEAR), st.sampled_from(["พ.ศ.", "พ.ศ. ", "พ. ศ.", "พศ.", "พ.ศ", "พ.ศ.."]))
def test_an_era_without_a_space_is_no_part_of_its_year(year: int, era: str) -> None:
    """`พ.ศ.2553` is 2010, never a year of three figures or one before the era began."""
    assert parse_date(f"5 มกราคม {era}{year + ERA}") == date(year, 1, 5)
