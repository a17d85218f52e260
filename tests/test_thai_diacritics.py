"""laodoc.thai.diacritics: one spelling for what looks the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laodoc.thai.diacritics import normalise

thai_text = st.text(
    alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B) | st.sampled_from(" \n\u200b.๑a")
)


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("เเม่", "แม่"),
        ("ก่ิ", "กิ่"),
        ("ก่ี\u200bก", "กี่ก"),
        ("\ufeffที่\u200d", "ที่"),
        ("ฤๅ", "ฤๅ"),
        ("\u00e9t\u00e9".replace("\u00e9", "e\u0301"), "\u00e9t\u00e9"),
    ],
)
def test_look_alikes_become_one(printed: str, normal: str) -> None:
    """Split sara am, doubled sara e, misplaced marks and invisible characters become the normal spelling."""
    assert normalise(printed) == normal


@pytest.mark.parametrize("text", ["", "นานาา  ประการ\n\nใหม่ ", "ดีี", "ก่่", "๑๑  มิ.ย.", "สํ", "plain  text"])
def test_nothing_printed_is_deleted(text: str) -> None:
    """Repeated marks, double spaces and line breaks are on the paper and stay."""
    assert normalise(text) == text


@given(thai_text)
def test_normal_text_stays(text: str) -> None:
    """Normalising twice is normalising once."""
    assert normalise(normalise(text)) == normalise(text)


@given(thai_text)
def test_consonants_and_digits_keep_their_order(text: str) -> None:
    """Only marks move: consonants, digits and white space come out as they went in."""

    def base(some: str) -> str:
        return "".join(c for c in some if "ก" <= c <= "ฮ" or "๐" <= c <= "๙" or c in " \n.a")

    assert base(normalise(text)) == base(text)
