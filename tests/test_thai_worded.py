"""Numbers that are printed twice in one place, in digits and in words."""

import pytest

from laodoc.thai.worded import numbers_with_words, worded


@pytest.mark.parametrize(
    ("text", "digits", "words", "spelled"),
    [
        ("๑,๒๒๙ (หนึ่งพันสองร้อยยี่สิบเก้า)", "๑,๒๒๙", "หนึ่งพันสองร้อยยี่สิบเก้า", 1229),
        ("(ยี่สิบเจ็ด) 27", "27", "ยี่สิบเจ็ด", 27),
        ("๖ (หก)", "๖", "หก", 6),
        ("4 (สี่", "4", "สี่", 4),
        ("๖ หก", "๖", "หก", 6),
        ("สิบ (10)", "10", "สิบ", 10),
        ("360,000.- บาท (-สามแสนหกหมื่นบาทถ้วน-)", "360,000", "สามแสนหกหมื่นบาทถ้วน", 360_000),
        ("๑๒ คะแนน (สิบสอง)", "๑๒", "สิบสอง", 12),
        ("115 6หนึ่งร้อยสิบห้า)", "115", "หนึ่งร้อยสิบห้า", 115),
        ("๒๘๕ (สองร้อย\nแปดสิบห้า)", "๒๘๕", "สองร้อย แปดสิบห้า", 285),
        ("๑,๐๖๐ (ลนึ่งพูนหกสิบ1บ)", "๑,๐๖๐", "ลนึ่งพูนหกสิบ1บ", None),
    ],
)
def test_digits_and_words_in_either_order(text: str, digits: str, words: str, spelled: int | None) -> None:
    """With and without brackets, strokes and a unit, and where a bracket is lost or read as a figure."""
    assert worded(text) == (digits, words, spelled)


@pytest.mark.parametrize(
    "text", ["๑๒ คน", "หมู่ ๕", "๕ ล้าน", "๓ (แห่ง)", "๗ (อปท.)", "กท (๑)", "๒ (สอง) ๓ (สาม)", "", "สิบ", "๑๒", "๓ ตัว"]
)
def test_what_says_no_number_twice(text: str) -> None:
    """Units, abbreviations and two numbers in one cell are no number with its words."""
    assert worded(text) is None


def test_numbers_with_their_words_are_counted() -> None:
    """Two in one cell tell that two rows were read as one."""
    assert numbers_with_words("๒๘๕ (สองร้อยแปดสิบห้า) ๒๘๐ (สองร้อยแปดสิบ)") == 2
    assert numbers_with_words("ได้คะแนน (ให้กรอกทั้งตัวเลขและตัวอักษร)") == 0
