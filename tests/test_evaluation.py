"""`laodoc eval`: what it finds in folders, and how it counts."""

import json
from importlib.resources import files
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from laodoc.document import BBox
from laodoc.errors import AccessError, UsageError
from laodoc.evaluation.command import evaluate_folders, told
from laodoc.evaluation.pairs import line_pairs, scan_pairs
from laodoc.evaluation.report import Report, matches, spaces_in
from laodoc.evaluation.sheet import draw_sheet, worst, write_sheet
from laodoc.evaluation.tally import Tally
from laodoc.recognition.reading import LineReading, PageReading, Reading

SARABUN = files("fontpkg_sarabun").joinpath("files", "Sarabun-Regular.ttf")
INK = np.full((60, 300), 255, np.uint8)
SAID = ("จังหวัดกาฬสินธุ์ ๑,๒๐๔ แห่ง", "ภายในวันที่ ๓๑ สิงหาคม ๒๕๖๓")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Two printed lines with their truth."""
    font = ImageFont.truetype(str(SARABUN), 44)
    for number, text in enumerate(SAID):
        picture = Image.new("L", (900, 110), 255)
        ImageDraw.Draw(picture).text((20, 22), text, fill=0, font=font)
        picture.save(tmp_path / f"{number}.png")
        (tmp_path / f"{number}.txt").write_text(text + "\n", encoding="utf-8")
    return tmp_path


def page(*texts: str) -> PageReading:
    readings = tuple(
        LineReading(Reading(text, 0.9), BBox(0, 100 * row, 500, 100 * row + 80)) for row, text in enumerate(texts)
    )
    return PageReading(
        1, 1, 600, 900, 300.0, 300.0, 0, 0.0, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0), "none", readings, (), (), (), ()
    )


def test_lines_are_read_and_counted(lines: Path) -> None:
    """The real engine reads two clean lines; what is wrong in one of their truths is counted once."""
    report = evaluate_folders([lines])
    assert (report.tally.lines, report.tally.exact) == (2, 2)
    assert (report.tally.numbers, report.tally.numbers_exact) == (3, 3)
    assert report.spaces_f1 == 1.0
    (lines / "0.txt").write_text(SAID[0].replace("๔", "๕"), encoding="utf-8")
    report = evaluate_folders([lines])
    assert report.tally.confusions == {("๕", "๔"): 1}
    assert report.tally.numbers_exact == 2
    assert [slip.place for slip in report.slips] == ["0.png"]
    figures = json.loads(told(report, as_json=True))
    assert figures["confusions"] == [{"true": "๕", "read": "๔", "count": 1}]
    assert "๕→๔ 1" in told(report, as_json=False)


def test_a_sample_is_read_and_counted() -> None:
    """A scan with its truth: nearly all characters right, none of its strings left out."""
    folder = Path(__file__).resolve().parent.parent / "samples"
    pair = next(pair for pair in scan_pairs(folder) if pair.path.name == "external_letter.pdf")
    from laodoc.evaluation.report import evaluate_scan
    from laodoc.recognition.engines import DEFAULT_ENGINE, engine

    report = Report()
    evaluate_scan(report, pair, engine(DEFAULT_ENGINE))
    assert report.tally.lines == sum(map(len, pair.pages))
    assert report.tally.cer < 0.03
    assert report.tally.median_cer == 0.0


def test_true_strings_are_found_in_any_order_and_over_line_ends() -> None:
    """A paragraph over two lines is one string; short strings are compared with whole lines; a lost one is empty."""
    read = page("องค์กรปกครองส่วนท้อง", "ถิ่นทุกแห่ง", "เวลา")
    found = {said: text for said, text, *_ in matches(("เวลา", "ปกครองส่วนท้องถิ่น", "๔๕"), read)}
    assert found["เวลา"] == "เวลา"
    assert "".join(found["ปกครองส่วนท้องถิ่น"].split()) == "ปกครองส่วนท้องถิ่น"
    assert found["๔๕"] == ""
    assert [text for _, text, *_ in matches(("เรื่อง การประชุม",), None)] == [""]


def test_counts_of_one_wrong_digit() -> None:
    """Character, digit and number rates, and how sure what was."""
    tally = Tally()
    tally.add("๑๒๓", "๑๒๓", 0.999)
    tally.add("ก๑,๒๔", "ก๑,๒๕", 0.4)
    assert tally.cer == pytest.approx(1 / 8)
    assert tally.digit_cer == pytest.approx(1 / 6)
    assert (tally.numbers, tally.numbers_exact) == (2, 1)
    assert (tally.sure, tally.sure_exact) == (1, 1)
    assert tally.median_cer == pytest.approx(0.1)
    assert tally.confusions == {("๕", "๔"): 1}


def test_spaces_count_only_where_all_else_is_right() -> None:
    """A space too many is one of three wrong; a string with a wrong letter says nothing of spaces."""
    report = Report()
    report.add("a", "ก ข ค", "ก ขค", 1.0, INK)
    report.add("b", "ก ข", "ก ฃ", 1.0, INK)
    assert report.spaces == (1, 2, 1)
    assert report.spaces_f1 == pytest.approx(2 / 3)
    assert spaces_in("ที่ มท ๑") == {3, 5}


def test_a_sheet_shows_the_worst_first(tmp_path: Path) -> None:
    """The picture has a row for every slip, the one with most edits on top."""
    report = Report()
    report.add("a", "กขคง", "กขคจ", 0.5, INK)
    report.add("b", "กขคง", "ฮฮ", 0.5, INK)
    assert [slip.place for slip in worst(report.slips, 5)] == ["b", "a"]
    assert draw_sheet(report.slips).size[1] == 2 * draw_sheet(report.slips[:1]).size[1]
    write_sheet(report.slips, tmp_path / "worst.png")
    assert cv2.imread(str(tmp_path / "worst.png")) is not None


def test_a_picture_without_its_text_is_told(lines: Path) -> None:
    """Nothing is guessed about a line whose truth is not there, or is not one line."""
    (lines / "1.txt").write_text("หนึ่ง\nสอง\n", encoding="utf-8")
    with pytest.raises(UsageError, match="2 lines"):
        list(line_pairs(lines))
    (lines / "1.txt").unlink()
    with pytest.raises(AccessError, match=r"1\.txt"):
        list(line_pairs(lines))
    (lines / "1.txt").write_text("หนึ่ง", encoding="utf-8")
    (lines / "1.png").write_bytes(b"no picture")
    with pytest.raises(AccessError, match="not a picture"):
        list(line_pairs(lines))


def test_a_truth_goes_before_a_record(tmp_path: Path) -> None:
    """Where the record of a scan lies beside its truth, the scan is judged by the truth."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    for suffix, said in ((".json", "read"), (".truth.json", "printed")):
        (tmp_path / f"a{suffix}").write_text(json.dumps({"pages": [{"lines": [said]}]}), encoding="utf-8")
    assert [pair.pages for pair in scan_pairs(tmp_path)] == [(("printed",),)]


def test_folders_without_truth_are_told(tmp_path: Path) -> None:
    """A missing folder, an empty one, a JSON without pages, and two readers at once are errors of their own."""
    with pytest.raises(AccessError):
        evaluate_folders([tmp_path / "absent"])
    with pytest.raises(UsageError, match="nothing to read"):
        evaluate_folders([tmp_path])
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="no pages"):
        list(scan_pairs(tmp_path))
    with pytest.raises(UsageError, match="not both"):
        evaluate_folders([tmp_path], "null", tmp_path / "model.onnx")
