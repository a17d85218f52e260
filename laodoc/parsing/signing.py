"""Who signed: names with their posts, as they stand below a letter and below the notes on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from laodoc.document import BBox, Field, Signatory
from laodoc.layout.boxes import overlap_x, overlap_y, union
from laodoc.parsing import people_words, phrases
from laodoc.parsing.cues import LEAD, any_near, any_of
from laodoc.parsing.passages import Passage, PrintedLine, whole
from laodoc.thai.dates import find_dates
from laodoc.thai.digits import to_arabic

POSITION_LINES = 3
"""A post may run over three lines (… ปฏิบัติราชการแทน …)."""
CERTIFIED_ABOVE = 3
"""A copy is certified at most so many lines above the name: a signature stands between, which may be read as lines."""
NEXT_LINE_GAP = 1.6
"""The white between two lines of one block is less than so many heights of the upper line."""
LONGEST_NAME = 70
"""Characters of a name with titles and rank."""
SURE = 0.5
"""Words before a name that are read with less confidence are the signature's own strokes, or other pen."""
SAME_HEIGHT = 0.5
"""Two names stand side by side where they share this much of the lower one's height."""
RANK_REACH = 4.0
"""Heights of a line within which a rank stands above the name: the signature is behind it."""
NARROW_MM = 90.0
"""A name without title is believed on a line that is no longer: names are shorter."""

_TITLES = "|".join(re.escape(title) for title in sorted(people_words.PERSON_TITLES, key=len, reverse=True))
_LATIN = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof)\b\.?"
_THAI_NAME = r"[ก-๎][ก-๎. ]"
_TITLED = re.compile(rf"\s*[(\[{{|]?\s*(?:(?:{_TITLES})\s*[ก-๎]|{_LATIN}\s*[A-Z])")
_BRACKETED = re.compile(
    rf"[(\[{{]\s*(?P<name>{_THAI_NAME}{{3,{LONGEST_NAME}}}?|{_LATIN}[A-Za-z. ]{{4,60}}?)\s*"
    rf"(?:(?P<closed>[)\]}}])\s*(?=$|[(\[{{]|{any_of(people_words.POSTS)})|(?=$|[(\[{{]))"
)
_OPENING_LOST = re.compile(rf"\s*(?P<name>(?:{_TITLES})\s*[ก-๎.][ก-๎. ]{{3,{LONGEST_NAME}}}?)\s*(?P<closed>[)\]}}])\s*$")
_BARE = re.compile(
    rf"\s*(?:{any_of(people_words.SIGNED)}[\s.…_]*)?"
    rf"(?P<name>(?:{_TITLES})\s*(?:[ก-๎]+\.?\s*)?[ก-๎]{{2,}}\s+(?:ณ\s)?[ก-๎]{{2,}}(?:\s[ก-๎]{{2,}})?)[\s.…_]*$"
)
"""A name with title that fills its line, without brackets."""
_LEAD_OF_NAME = re.compile(rf"[\W\d_]*(?:{any_of(people_words.SIGNED)})?[\W_]*")
_RANK = re.compile(rf"\s*(?P<rank>(?:{any_of(people_words.RANKS)})\s*(?:หญิง|พิเศษ)?)[\s.…]*$")
_NO_NAME = re.compile(rf"(?:^|\s){any_of(people_words.NO_NAMES)}")
_POST_LIKE = re.compile(rf"\s*{any_of(people_words.POST_TITLES)}")
_CERTIFIED = re.compile(any_of(phrases.CERTIFIED))
_COORDINATES = re.compile(any_of(phrases.COORDINATORS))
_POST = re.compile(rf"{LEAD}(?:ตำแหน่ง\s*)?{any_of(people_words.POSTS)}")
_NO_POST = re.compile(
    rf"[(\[0-9]|{any_of(phrases.PHONE)}|{any_of(phrases.COORDINATORS)}|^{LEAD}(?:{any_of(phrases.TO)}|{any_of(people_words.DECISIONS)})"
)
_CLOSING = re.compile(rf"{LEAD}{any_near(people_words.CLOSINGS, 8)}")


@dataclass(frozen=True, slots=True)
class Signature:
    """A name with its post, and the lines that they fill."""

    signatory: Signatory
    lines: tuple[PrintedLine, ...]

    @property
    def page(self) -> int:
        return self.signatory.name.page

    @property
    def name_box(self) -> BBox:
        return self.signatory.name.bbox

    @property
    def box(self) -> BBox:
        """All of it, on the page of the name."""
        return union((self.name_box, *(line.bbox for line in self.lines if line.page == self.page)))


def signatures_of(lines: Sequence[PrintedLine]) -> tuple[Signature, ...]:
    """All who signed in `lines`, from top to bottom, side by side from the left; not who certifies a copy."""
    found: list[Signature] = []
    for index in range(len(lines)):
        for start, end in _names_in(lines, index):
            if not _certifies(lines, index):
                found.append(_signature(lines, index, start, end))
    return tuple(_in_order(found))


def signatory_of(lines: Sequence[PrintedLine]) -> tuple[Signatory, tuple[PrintedLine, ...]] | None:
    """The last of those who signed in `lines`, and the lines that name and post fill."""
    found = signatures_of(lines)
    return (found[-1].signatory, found[-1].lines) if found else None


def is_closing(line: PrintedLine) -> bool:
    """Whether the line is one below which a letter is signed: `ขอแสดงความนับถือ`, `จึงเรียนมา…`, `สั่ง ณ วันที่ …`."""
    return _CLOSING.match(line.text) is not None


def _names_in(lines: Sequence[PrintedLine], index: int) -> list[tuple[int, int]]:
    """Start and end of the names on line `index`."""
    line = lines[index]
    bracketed = [match for match in _BRACKETED.finditer(line.text) if _is_name(match, line)]
    if bracketed:
        return [match.span("name") for match in bracketed]
    lost = _OPENING_LOST.match(line.text)
    if lost and _is_titled(lost["name"]) and " " in lost["name"].strip():
        return [lost.span("name")]
    bare = _BARE.match(line.text)
    if bare and _is_titled(bare["name"]) and _stands_below_a_letter(lines, index):
        return [bare.span("name")]
    return []


def _is_name(match: re.Match[str], line: PrintedLine) -> bool:
    """Whether what stands in brackets is somebody's name: with a title, or two words where names are signed."""
    name = match["name"].strip()
    if _COORDINATES.match(name) or _POST_LIKE.match(name):
        return False
    before = line.text[: match.start()].rsplit(")", 1)[-1]
    if not _LEAD_OF_NAME.fullmatch(before) and line.confidence >= SURE:
        return False
    if _is_titled(name):
        return bool(match["closed"]) or " " in name
    words = name.split()
    plain = match["closed"] and not before.strip() and len(words) in (2, 3) and not _NO_NAME.search(name)
    return bool(plain) and "." not in name and min(map(len, words)) > 1 and _is_short(line)


def _is_titled(name: str) -> bool:
    return _TITLED.match(name) is not None and _POST_LIKE.match(name) is None


def _is_short(line: PrintedLine) -> bool:
    return line.bbox.right - line.bbox.left <= NARROW_MM * line.mm


def _stands_below_a_letter(lines: Sequence[PrintedLine], index: int) -> bool:
    """Whether a name without brackets is a signature: a post stands right below it, or a letter's end above."""
    line = lines[index]
    below = next((other for other in lines[index + 1 :] if _is_next(line, other)), None)
    if below is not None and _POST.match(below.text):
        return True
    return any(is_closing(other) for other in lines[max(0, index - CERTIFIED_ABOVE) : index])


def _is_next(line: PrintedLine, other: PrintedLine) -> bool:
    gap = other.bbox.top - line.bbox.bottom
    near = -line.height / 2 <= gap <= NEXT_LINE_GAP * line.height
    return other.page == line.page and near and overlap_x(line.bbox, other.bbox) > 0


def _certifies(lines: Sequence[PrintedLine], index: int) -> bool:
    """Whether the name on line `index` stands under the words with which a copy is certified, no other name between."""
    for line in reversed(lines[max(0, index - CERTIFIED_ABOVE) : index]):
        if _CERTIFIED.search(line.text):
            return True
        if _TITLED.match(line.text):
            return False
    return False


def _signature(lines: Sequence[PrintedLine], index: int, start: int, end: int) -> Signature:
    line = lines[index]
    name = Passage((line,)).field(start, end)
    alone = len(_names_in(lines, index)) == 1
    below = _position_lines(line, name.bbox, lines[index + 1 :]) if alone else []
    above = _rank_above(lines, index, name) if not _is_titled(name.text) else None
    if above is not None:
        line_above, rank = above
        box = union((rank.bbox, name.bbox))
        name = name.model_copy(update={"text": f"{rank.text} {name.text}", "bbox": box})
    taken = (line_above,) if above is not None else ()
    return Signature(Signatory(name=name, position=whole(below) if below else None), (*taken, line, *below))


def _rank_above(lines: Sequence[PrintedLine], index: int, name: Field) -> tuple[PrintedLine, Field] | None:
    """The rank printed alone above a name, where soldiers and policemen sign behind it."""
    line = lines[index]
    for other in reversed(lines[:index]):
        rank = _RANK.match(other.text)
        far = name.bbox.top - other.bbox.bottom > RANK_REACH * line.height
        if rank and other.page == line.page and not far and other.bbox.left < name.bbox.right:
            return other, Passage((other,)).field(*rank.span("rank"))
    return None


def _position_lines(line: PrintedLine, name: BBox, below: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines close below a name, in its column, that say the post."""
    block = [line]
    boxes = [name]
    for other in below:
        gap = other.bbox.top - block[-1].bbox.bottom
        if other.page != line.page or overlap_x(other.bbox, union(boxes)) == 0:
            continue
        near = -line.height <= gap <= NEXT_LINE_GAP * line.height
        if not near or len(block) > POSITION_LINES or _NO_POST.search(to_arabic(other.text)) or find_dates(other.text):
            break
        block.append(other)
        boxes.append(other.bbox)
    return block[1:]


def _in_order(found: Sequence[Signature]) -> list[Signature]:
    """From top to bottom; those of about one height from left to right."""
    rows: list[list[Signature]] = []
    for each in sorted(found, key=lambda one: (one.page, one.name_box.top)):
        row = rows[-1] if rows else []
        if row and row[0].page == each.page and _beside(row[0].name_box, each.name_box):
            row.append(each)
        else:
            rows.append([each])
    return [each for row in rows for each in sorted(row, key=lambda one: one.name_box.left)]


def _beside(one: BBox, other: BBox) -> bool:
    return overlap_y(one, other) > SAME_HEIGHT * min(one.bottom - one.top, other.bottom - other.top)
