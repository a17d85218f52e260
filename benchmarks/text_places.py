"""How well the text of searchable PDFs lies over the print: `python benchmarks/text_places.py [NAME …]`.

The samples are made again by their generator, which tells where the ink of every word lies in the scan (see
`printed_words`). Each committed sample is scanned and exported as PDF; then two other programs say where they find the
words: poppler's `pdftotext -bbox` what stands between spaces, PDFium (character by character) the words of Thai within.

A word that was read as printed counts as well placed where the intersection of its box with that of the print is at
least 0.7 of their union. The print's box is as wide as the word's own ink and as high as the ink of its line, since
text is selected by lines; the figure for the word's own ink in both directions stands beside it.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import laodoc
from benchmarks.printed_words import Box, PrintedWord, printed_words
from laodoc.export.command import write_export
from laodoc.export.formats import Item, Options
from laodoc.imaging.affine import Turn, after, apply, turning
from laodoc.imaging.text_layer import parse_words
from laodoc.thai.diacritics import normalise

WELL = 0.7
SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed word with its box, its line's height in place of its own, and the box in which it was found."""

    text: str
    ink: Box
    in_line: Box
    found: Box

    @property
    def is_well(self) -> bool:
        return overlap(self.found, self.in_line) >= WELL


def main() -> None:
    """Export the samples and measure them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--worst", action="store_true", help="name the words that are not well placed")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the PDFs there")
    arguments = parser.parse_args()
    known = {path.stem: path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".pdf", ".jpg")}
    total: list[list[Placed]] = [[], []]
    print(f"{'':20} {'words':>6} {'not as printed':>15} {'≥ 0.7':>7} {'own ink':>8}   {'Thai words':>10} {'≥ 0.7':>7}")
    for name in arguments.names or known:
        with tempfile.TemporaryDirectory() as folder:
            pdf = (arguments.keep or Path(folder)) / f"{name}.pdf"
            document = laodoc.scan(known[name])
            write_export([Item(document, (known[name],))], "pdf", pdf, Options())
            runs, lost, words = measure(pdf, name, [page.rotation for page in document.pages])
        print(_row(name, runs, lost, words))
        if arguments.worst:
            print("".join(f"    {overlap(p.found, p.in_line):.2f} {p}\n" for p in (*runs, *words) if not p.is_well))
        total[0] += runs
        total[1] += words
    print(_row("all", total[0], 0, total[1]))


def measure(pdf: Path, name: str, turns: Sequence[Turn]) -> tuple[list[Placed], int, list[Placed]]:
    """The runs of a sample that poppler finds as printed, how many it does not, and the Thai words that PDFium finds;
    `turns` made its pages upright."""
    runs: list[Placed] = []
    words: list[Placed] = []
    lost = 0
    with pypdfium2.PdfDocument(pdf) as document:
        for index, (printed, size) in enumerate(printed_words(name)):
            page = document[index]
            placed = on_page(printed, size, turns[index], page)
            seen = poppler_words(pdf, index + 1)
            characters = list(pdfium_characters(page))
            found, missed = matched(joined(placed), seen)
            runs += found
            lost += missed
            words += matched(placed, spelled(characters, {word.text for word, _ in placed}))[0]
    return runs, lost, words


def on_page(
    printed: Sequence[PrintedWord], size: tuple[int, int], turn: Turn, page: pypdfium2.PdfPage
) -> list[tuple[PrintedWord, Box]]:
    """The printed words in points of the page as it is shown, each with the box of its width and its line's height."""
    width, height = page.get_size()[:: -1 if turn in (90, 270) else 1]
    there = turning(turn, width, height)
    scale = width / size[0]
    heights: dict[int, Box] = {}
    moved = []
    for word in printed:
        corners = [apply(there, x * scale, y * scale) for x in word.box[::2] for y in word.box[1::2]]
        box = around(corners)
        moved.append(PrintedWord(word.text, word.run, word.line, box))
        heights[word.line] = union(heights.get(word.line, box), box)
    return [(word, (word.box[0], heights[word.line][1], word.box[2], heights[word.line][3])) for word in moved]


def joined(words: Sequence[tuple[PrintedWord, Box]]) -> list[tuple[PrintedWord, Box]]:
    """What stands between two spaces, as one word."""
    runs: dict[int, tuple[PrintedWord, Box]] = {}
    for word, box in words:
        if word.run in runs:
            first, whole = runs[word.run]
            word = PrintedWord(first.text + word.text, word.run, word.line, union(first.box, word.box))
            box = union(whole, box)
        runs[word.run] = (word, box)
    return list(runs.values())


def poppler_words(pdf: Path, page: int, *options: str) -> list[tuple[str, Box]]:
    """The words of a page and their boxes, as pdftotext tells them."""
    command = ["pdftotext", "-bbox", *options, "-f", str(page), "-l", str(page), str(pdf), "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout
    return [(normalise(word.text), (word.left, word.top, word.right, word.bottom)) for word in parse_words(told)]


def pdfium_characters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, Box]]:
    """The characters of a page and their boxes, as PDFium tells them."""
    text = page.get_textpage()
    width, height = page.get_size()
    turn = page.get_rotation()
    if turn in (90, 270):
        width, height = height, width
    to_shown = after(turning(turn, width, height), (1.0, 0.0, 0.0, 0.0, -1.0, height))
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index, loose=True)
        corners = [apply(to_shown, x, y) for x in (left, right) for y in (bottom, top)]
        yield text.get_text_range(index, 1), around(corners)


def spelled(characters: Sequence[tuple[str, Box]], words: set[str]) -> list[tuple[str, Box]]:
    """Every place where one of the words is spelled."""
    text = "".join(character or " " for character, _ in characters)
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            box = characters[at][1]
            for _, other in characters[at : at + len(word)]:
                box = union(box, other)
            found.append((word, box))
            at = text.find(word, at + 1)
    return found


def matched(printed: Sequence[tuple[PrintedWord, Box]], found: Sequence[tuple[str, Box]]) -> tuple[list[Placed], int]:
    """Each printed word with the nearest of its text that was found, and how many were not found anywhere near."""
    by_text: dict[str, list[Box]] = defaultdict(list)
    for text, box in found:
        by_text[text].append(box)
    placed = []
    for word, in_line in printed:
        best = max(by_text[word.text], key=lambda box: overlap(box, in_line), default=None)
        if best is not None and near(best, in_line):
            placed.append(Placed(word.text, word.box, in_line, best))
    return placed, len(printed) - len(placed)


def near(one: Box, other: Box) -> bool:
    """Whether a box is the other's at all: no further away than its own size."""
    return (
        abs(one[0] + one[2] - other[0] - other[2]) <= 2 * (other[2] - other[0])
        and abs(one[1] + one[3] - other[1] - other[3]) <= 2 * (other[3] - other[1])
    )  # fmt: skip


def overlap(one: Box, other: Box) -> float:
    """Intersection ÷ union of two boxes."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    both = max(0.0, width) * max(0.0, height)
    return both / (area(one) + area(other) - both)


def area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def union(one: Box, other: Box) -> Box:
    """The box around both."""
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def around(points: Sequence[tuple[float, float]]) -> Box:
    """The box around points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def share(placed: Sequence[Placed], *, ink: bool = False) -> float:
    """Part of the words that are well placed."""
    well = sum(overlap(word.found, word.ink) >= WELL if ink else word.is_well for word in placed)
    return well / max(1, len(placed))


def _row(name: str, runs: Sequence[Placed], lost: int, words: Sequence[Placed]) -> str:
    told = f"{name:20} {len(runs):6} {lost:15} {100 * share(runs):6.1f}% {100 * share(runs, ink=True):7.1f}%"
    return f"{told}   {len(words):10} {100 * share(words):6.1f}%"


if __name__ == "__main__":
    main()
