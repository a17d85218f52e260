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
    format_date,
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
