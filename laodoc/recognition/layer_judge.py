"""Whether a text layer says what is printed: sample lines are read, and where they differ the picture wins."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from laodoc.imaging.text_layer import is_broken
from laodoc.recognition.reading import Reading
from laodoc.thai.diacritics import normalise

Read = Callable[[Sequence[int]], Sequence[Reading]]
"""Reads the images of the lines with these indexes."""

SAMPLES = 6
"""Lines that are read of a page whose layer looks sound: a fifth of a page, and a twentieth of what a scan costs."""

TELLING = 8
"""Letters of a line that says something, at least."""

ANOTHER_TEXT = 0.25
"""Part of a line's letters that differ from which it is another line's text, or none; readers err on a tenth of it."""

UNLIKE = 0.04
"""The same over all samples, from which the layer is not what is printed: its letters were lost, doubled or shifted."""

SURE = 0.8
"""Confidence with which a sample must be read to speak against the layer."""

MARK = re.compile(r"[ัำ-ฺ็-๎]")
FEWEST, PART = 2, 0.3
"""How often one mark must be lost or doubled in the samples, and in which part of its places, to show a broken font."""

BROKEN_LINES = 0.2
"""Part of the lines that look broken from which no other is believed: they have the same font."""

GAPS, GAPS_PART = 2, 0.25
"""Spaces within words that the samples must have, and their part of all spaces; readers lose a space now and then."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was read (by the index of the line), and whether the layer as a whole is what is printed. Lines that were
    read are to be believed before the layer."""

    seen: dict[int, Reading]
    sound: bool


def judged(printed: Sequence[Reading | None], read: Read) -> Judged:
    """Look at the picture of those lines that the layer lacks or that look broken, and of a few others: where the layer
    does not agree, at all lines.

    `printed` is what the layer says of each line, None for nothing.
    """
    broken = [index for index, text in enumerate(printed) if text is not None and is_broken(text.text)]
    if len(broken) >= max(FEWEST, BROKEN_LINES * sum(text is not None for text in printed)):
        return Judged(dict(enumerate(read(range(len(printed))))), sound=False)
    doubtful = sorted([*broken, *(index for index, text in enumerate(printed) if text is None)])
    seen = dict(zip(doubtful, read(doubtful), strict=True))
    samples = _samples(printed, seen)
    looked = dict(zip(samples, read(samples), strict=True))
    pairs = [(_text(printed[index]), _text(reading)) for index, reading in looked.items() if reading.confidence >= SURE]
    wrong = [pair for pair in pairs if _unlike(pair) >= ANOTHER_TEXT]
    if not wrong and _says_the_same(pairs):
        return Judged(seen | _other_gaps(printed, looked), sound=True)
    rest = [index for index in range(len(printed)) if index not in seen and index not in looked]
    seen |= looked | dict(zip(rest, read(rest), strict=True))
    others = [pair for pair in pairs if pair not in wrong]
    if not _says_the_same(others) or len(wrong) == len(pairs):
        return Judged(seen, sound=False)
    right = [
        index
        for index, reading in seen.items()
        if index not in doubtful and _unlike((_text(printed[index]), _text(reading))) < ANOTHER_TEXT
    ]
    return Judged({index: reading for index, reading in seen.items() if index not in right}, sound=True)


def _samples(printed: Sequence[Reading | None], but: dict[int, Reading]) -> list[int]:
    """Lines that say enough: those in which most can have gone wrong, and others from all over the page."""
    telling = [
        index
        for index, text in enumerate(printed)
        if text is not None and index not in but and len(_squeezed(text.text)) >= TELLING
    ]
    risky = sorted(telling, key=lambda index: (-_risk(_text(printed[index])), index))[: SAMPLES // 2]
    others = [index for index in telling if index not in risky]
    wanted = min(SAMPLES - len(risky), len(others))
    step = max(1.0, len(others) / max(1, wanted))
    return sorted([*risky, *(others[int(step * place)] for place in range(wanted))])


def _risk(text: str) -> int:
    """In how many places fonts and programs are known to go wrong: marks, ำ, and gaps beside them most of all."""
    return len(_AT_RISK.findall(text)) + GAP_RISK * len(_GAP.findall(text))


GAP_RISK = 5
_AT_RISK = re.compile(r"[ัาำิ-ฺ็-๎]")
_SPACE = re.compile(r"\s")
_GAP = re.compile(r"(?<=ำ)\s(?=[ก-ฮเ-ไ])|\s(?=[ัิ-ฺ็-๎])|(?<=[่-๋])\s(?=[ก-ฮ])")


def _says_the_same(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the layer's samples say what was read, marks and spaces too."""
    letters = sum(len(_squeezed(seen)) for _, seen in pairs)
    edits = sum(Levenshtein.distance(*map(_squeezed, pair)) for pair in pairs)
    if edits > UNLIKE * letters:
        return False
    layer, seen = (Counter(MARK.findall("".join(side))) for side in zip(*pairs, strict=True)) if pairs else ({}, {})
    if any(abs(layer[mark] - seen[mark]) >= max(FEWEST, PART * seen[mark]) for mark in {*layer, *seen}):
        return False
    known = [pair for pair in pairs if _squeezed(pair[0]) == _squeezed(pair[1])]
    for kind in (_GAP, _SPACE):
        gaps = [_spaces(layer, kind) for layer, _ in known]
        printed = [_spaces(seen, _SPACE) for _, seen in known]
        within = sum(len(ours - theirs) for ours, theirs in zip(gaps, printed, strict=True))
        if within >= GAPS and within > GAPS_PART * sum(map(len, gaps)):
            return False
    return True


def _other_gaps(printed: Sequence[Reading | None], looked: dict[int, Reading]) -> dict[int, Reading]:
    """Lines that were read with the layer's letters, and without a gap that the layer has where fonts make them."""
    return {
        index: reading
        for index, reading in looked.items()
        if reading.confidence >= SURE
        and _squeezed(layer := _text(printed[index])) == _squeezed(seen := _text(reading))
        and _spaces(layer, _GAP) - _spaces(seen, _SPACE)
    }


def _spaces(text: str, kind: re.Pattern[str]) -> set[int]:
    """Before which letter each space of a kind stands."""
    return {len(_squeezed(text[: match.start()])) for match in kind.finditer(text)}


def _unlike(pair: tuple[str, str]) -> float:
    layer, seen = map(_squeezed, pair)
    return float(Levenshtein.normalized_distance(layer, seen))


def _text(reading: Reading | None) -> str:
    return normalise(reading.text) if reading else ""


def _squeezed(text: str) -> str:
    return "".join(text.split())
