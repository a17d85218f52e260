"""The characters that the reader knows."""

from collections.abc import Sequence

THAI = "".join(map(chr, range(0x0E01, 0x0E3B))) + "".join(map(chr, range(0x0E3F, 0x0E5C)))
ASCII = "".join(map(chr, range(0x20, 0x7F)))
SIGNS = "“”‘’–—…•°×✓✗²³±÷"
SYMBOLS = ASCII + THAI + SIGNS
"""Class i + 1 of the network is `SYMBOLS[i]`; class 0 is the blank of CTC. New characters go to the end only, so that
older weights stay usable."""

BLANK = 0
_CLASS = {symbol: number for number, symbol in enumerate(SYMBOLS, start=1)}


def encode(text: str) -> list[int]:
    """The classes of `text`; KeyError where a character is not in the alphabet (ask `known` first)."""
    return [_CLASS[symbol] for symbol in text]


def known(text: str) -> bool:
    """Whether every character of `text` has a class."""
    return all(symbol in _CLASS for symbol in text)


def collapse(path: Sequence[int]) -> str:
    """The text of a CTC path: repeats are one, blanks are none."""
    kept, last = [], BLANK
    for number in path:
        if number not in (BLANK, last):
            kept.append(SYMBOLS[number - 1])
        last = number
    return "".join(kept)
