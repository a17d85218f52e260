"""A text layer is judged by what its page shows: sample lines are read, and where they differ the picture wins."""

import re
from collections.abc import Callable, Sequence

import pytest

from laodoc.recognition.layer_judge import SAMPLES, Judged, judged
from laodoc.recognition.reading import Reading

PRINTED = [
    "ที่ มท ๐๘๑๐.๒/ว ๑๗๕๖",
    "กรมส่งเสริมการปกครองท้องถิ่น",
    "ถนนนครราชสีมา กทม. ๑๐๓๐๐",
    "เรื่อง การสำรวจจำนวนผู้นำชุมชนในตำบลน้ำริด",
    "เรียน นายอำเภอเมืองอุตรดิตถ์ และนายอำเภอท่าปลา",
    "ตามหนังสือที่อ้างถึง กรมส่งเสริมการปกครองท้องถิ่นขอให้จังหวัดแจ้งองค์กร",
    "ปกครองส่วนท้องถิ่นดำเนินการสำรวจข้อมูลที่อยู่อาศัยของผู้สูงอายุ",
    "ขอให้ดำเนินการสำรวจ และส่งคำสั่งแต่งตั้งคณะทำงานประจำตำบลคุ้งตะเภา",
    "ภายในวันที่ ๑๕ กรกฎาคม ๒๕๖๓ ด้วย จะขอบคุณยิ่ง",
    "จึงเรียนมาเพื่อโปรดทราบและดำเนินการต่อไป",
    "ขอแสดงความนับถือ",
    "กองส่งเสริมและพัฒนาการปกครองท้องถิ่น",
]

FAULTS: dict[str, Callable[[str], str]] = {
    "a gap behind ำ": lambda line: re.sub("ำ(?=[ก-ฮเ-ไ])", "ำ ", line),
    "a gap before a mark": lambda line: re.sub("(?<=[ก-ฮ])(?=[่้])", " ", line),
    "words cut by shaping": lambda line: re.sub("(?<=[่้])(?=[ก-ฮ])", " ", line),
    "lost tones": lambda line: re.sub("[่้]", "", line),
    "lost thanthakhat and ำ": lambda line: line.replace("ำ", "า").replace("์", ""),
    "doubled marks": lambda line: re.sub("([่้ิ])", r"\1\1", line),
    "private glyphs": lambda line: line.replace("่", "\uf70a"),
    "other letters": lambda line: line.replace("ร", "ธ").replace("น", "ม"),
}


def judge(layer: Sequence[str | None], seen: Sequence[str] = PRINTED, sure: float = 0.98) -> tuple[Judged, int]:
    """What becomes of the layer over a page that shows `seen`, and how many lines were read for it."""
    asked: list[int] = []

    def read(indexes: Sequence[int]) -> list[Reading]:
        asked.extend(indexes)
        return [Reading(seen[index], sure) for index in indexes]

    printed = [None if text is None else Reading(text, 0.99) for text in layer]
    return judged(printed, read), len(asked)


def texts(layer: Sequence[str | None], result: Judged) -> list[str]:
    """What the page is taken to say."""
    return [result.seen[index].text if index in result.seen else text or "" for index, text in enumerate(layer)]


def test_a_sound_layer_stays_and_costs_a_few_lines() -> None:
    """Its own text is kept, of the lines that were looked at too."""
    result, count = judge(PRINTED)
    assert (result.sound, result.seen, count) == (True, {}, SAMPLES)


def test_slips_of_the_reader_are_no_fault_of_the_layer() -> None:
    """A letter and a space misread here and there."""
    seen = [line.replace("๑๗๕๖", "๑๗๕๘").replace(" จะขอบคุณ", "จะขอบคุณ") for line in PRINTED]
    result, _ = judge(PRINTED, seen)
    assert result.sound
    assert texts(PRINTED, result) == PRINTED


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_layer_is_not_believed(fault: str) -> None:
    """Whatever a font's table or a program has made of the text, the page says what is printed."""
    layer = [FAULTS[fault](line) for line in PRINTED]
    result, _ = judge(layer)
    assert texts(layer, result) == PRINTED


def test_sound_thai_over_other_places_is_not_believed() -> None:
    """Every line has the text of the next one."""
    layer = [*PRINTED[1:], PRINTED[0]]
    result, _ = judge(layer)
    assert not result.sound
    assert texts(layer, result) == PRINTED


def test_some_lines_over_other_places_are_read() -> None:
    """Two thirds of the layer are right: they stay, the others are read."""
    layer = [*PRINTED[:8], PRINTED[9], PRINTED[10], PRINTED[11], PRINTED[8]]
    result, _ = judge(layer)
    assert result.sound
    assert set(result.seen) == {8, 9, 10, 11}
    assert texts(layer, result) == PRINTED


def test_lines_that_the_layer_lacks_or_that_look_broken_are_read() -> None:
    """The others are believed as before."""
    layer: list[str | None] = [*PRINTED]
    layer[2], layer[7] = None, PRINTED[7].replace("ำ", "\ue001")
    result, _ = judge(layer)
    assert (result.sound, set(result.seen)) == (True, {2, 7})


def test_a_reader_in_doubt_says_nothing_against_a_layer() -> None:
    """Neither one that reads badly nor one that reads nothing."""
    for seen in (PRINTED[::-1], [""] * len(PRINTED)):
        result, _ = judge(PRINTED, seen, sure=0.3)
        assert texts(PRINTED, result) == PRINTED


def test_a_page_of_short_lines_is_believed() -> None:
    """Cells of figures say too little to be compared."""
    cells = [str(number) for number in range(40)]
    assert judge(cells, cells) == (Judged({}, sound=True), 0)
