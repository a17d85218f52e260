"""What the lines around a table say of it: province, unit, day of the data, legend of colours, notes."""

import re
from collections.abc import Iterable, Sequence

from laodoc.document import Field, LegendEntry, Place
from laodoc.parsing.contents import LETTERS_AN_EDIT
from laodoc.parsing.cues import loose
from laodoc.parsing.passages import Passage, PrintedLine
from laodoc.parsing.roles import meaning_of
from laodoc.parsing.vocabulary import Vocabulary, best_fit
from laodoc.thai.dates import find_dates
from laodoc.thai.places import find_province, nearest, provinces

SURE_COLOUR = 0.8
"""Likeness of a colour's word: one letter of สีแดง may be misread, but none of the shorter names."""

_AS_OF = re.compile(loose("ณ วันที่"))
"""Beside a table this is enough of `ข้อมูล ณ วันที่`."""
_PROVINCE = re.compile(rf"{loose('จังหวัด')}\s?(?P<name>[ก-๎]+)")
_COLOUR = re.compile(rf"{loose('สี')}(?P<name>เ?[ก-๎]{{2,7}}?)[\s:=]*(?:{loose('หมายถึง')}|=)\s*")
_UNIT = re.compile(r"\(\s*([ก-๎]+)\s*\)")


def province_in(title: str) -> Place | None:
    """The province that a title names after `จังหวัด`, also with a letter or two misread; None where in doubt."""
    for match in _PROVINCE.finditer(title):
        name = match["name"]
        exact = find_province(name)
        if exact is not None:
            return exact
        near = nearest(name, provinces(), len(name) // LETTERS_AN_EDIT)
        if near is not None:
            return near.place
    return None


def unit_in(headers: Iterable[str], vocabulary: Vocabulary) -> str | None:
    """The unit that most headers give in brackets."""
    found = [
        fit.name
        for header in headers
        for inner in _UNIT.findall(header)
        if (fit := best_fit(inner, vocabulary.units)) is not None
    ]
    return max(found, key=found.count, default=None)


def day_of_data(lines: Sequence[PrintedLine]) -> Field | None:
    """The day after `ข้อมูล ณ วันที่`; a day that cannot be read is kept as text with value None."""
    for line in lines:
        cue = _AS_OF.search(line.text)
        if cue and line.text[cue.end() :].strip():
            found = next((date for date in find_dates(line.text) if date.end > cue.end()), None)
            passage = Passage((line,))
            if found is None:
                return passage.field(cue.end(), len(line.text))
            return passage.field(max(found.start, cue.end()), found.end, found.date.isoformat())
    return None


def legend_in(lines: Iterable[PrintedLine], vocabulary: Vocabulary) -> tuple[LegendEntry, ...]:
    """The colours that the lines explain: `สีเขียว หมายถึง …`, one or several on a line."""
    return tuple(entry for line in lines for entry in _legend_of(line.text, vocabulary))


def notes_in(lines: Iterable[PrintedLine]) -> tuple[str, ...]:
    """All lines as printed."""
    return tuple(line.text for line in lines)


def _legend_of(text: str, vocabulary: Vocabulary) -> list[LegendEntry]:
    matches = list(_COLOUR.finditer(text))
    entries = []
    for match, end in zip(matches, [*(match.start() for match in matches[1:]), len(text)], strict=False):
        colour = best_fit("สี" + match["name"], vocabulary.colours)
        said = text[match.end() : end].strip(" \t█■▇,;")
        if colour is not None and colour.score >= SURE_COLOUR and said:
            entries.append(LegendEntry(colour=colour.name, meaning=meaning_of(said, vocabulary), text=said))
    return entries
