"""Phrases that a recognizer may have bent."""

import re

import pytest

from laodoc.parsing.cues import near

PHRASE = "สิ่งที่ส่งมาด้วย"


@pytest.mark.parametrize("at", range(len(PHRASE)))
def test_one_letter_of_a_long_phrase_may_be_another(at: int) -> None:
    """Whichever letter it is; the phrase is found whole, with what was read in the letter's place."""
    bent = f"{PHRASE[:at]}ฬ{PHRASE[at + 1 :]}"
    found = re.search(near(PHRASE), f"ก {bent} ข")
    if PHRASE[at] in ("\N{THAI CHARACTER MAI EK}", "\N{THAI CHARACTER MAI THO}"):
        assert found is None  # a tone mark is no letter: here is one more than the phrase has
    else:
        assert found is not None
        assert found[0] == bent


@pytest.mark.parametrize("wrong", ["สิ่งที่ฬ่งมาด้วฬ", "สิ่งที่ส่งาด้วย", "สิ่งที่ส่งมมาด้วย"])
def test_two_other_letters_one_less_or_one_more_are_another_phrase(wrong: str) -> None:
    """None is lost or added, and only one is bent."""
    assert re.search(near(PHRASE), wrong) is None
