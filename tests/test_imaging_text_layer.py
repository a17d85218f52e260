"""The words beside a PDF's picture: what they say, and how far they are believed."""

import pytest

from laodoc.imaging.content import Content
from laodoc.imaging.page import Word
from laodoc.imaging.text_layer import is_broken, layer_kind, parse_words

BOX = (0.0, 0.0, 595.0, 842.0)
SOUND = "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด ที่ มท ๐๘๑๐.๒/ว ๑๒๓ น้ำดื่ม จำนวน ดำเนินการ ทั้งนี้ e-Plan"


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, 0.0, 0.0, 1.0, 1.0) for word in text.split())


def test_words_are_parsed_with_their_boxes() -> None:
    """Words of poppler's answer keep their boxes, entities are resolved, blanks left out."""
    answer = (
        '<word xMin="1.5" yMin="2" xMax="-3" yMax="4">ก&amp;ข</word>\n'
        '<word xMin="1" yMin="2" xMax="3" yMax="4"> </word>'
    )
    assert parse_words(answer.encode()) == (Word("ก&ข", 1.5, 2.0, -3.0, 4.0),)


@pytest.mark.parametrize(
    "text",
    [
        "ส ํานักงาน จังหวัด",
        "ส านักงานท าการ อ าเภอ",
        "สํานักงาน",
        "ส\uf70aำนักงาน",
        "สานักงาน จานวน ดาเนินการ กาหนด",
        "ที่่ ทั้้งนี้",
        "\ufffd\ufffdนัก\ufffdาน",
        " ่ที ้นี",
    ],
    ids=["space", "split", "two pieces", "private", "lost", "twice", "unknown", "stray"],
)
def test_unsound_thai_is_broken(text: str) -> None:
    """Split, lost, doubled, private and unknown characters make a layer broken, even among sound ones."""
    assert is_broken(f"{SOUND} {text}")


def test_sound_thai_and_plain_english_are_not_broken() -> None:
    """Thai as it should be, and text without Thai, are sound."""
    assert not is_broken(SOUND)
    assert not is_broken("Bangkok, 3 May 2020")


def test_kind_follows_from_what_the_page_draws() -> None:
    """Visible sound text is born-digital, hidden text is another OCR's, unsound text broken, no text none."""
    printed, hidden = Content(BOX, visible_text=5), Content(BOX, visible_text=1, invisible_text=5)
    assert layer_kind((), printed) == "none"
    assert layer_kind(words(SOUND), printed) == "born-digital"
    assert layer_kind(words(SOUND), hidden) == "ocr"
    assert layer_kind(words("ส านักงานท าการ"), printed) == "broken"
    assert layer_kind(words(SOUND), None) == "ocr"
