"""The order of the Thai dictionary, as in the Royal Institute's and in lists of provinces."""

import re

_LEADING = re.compile(r"([เแโใไ])([ก-ฮ])")
_TONES = str.maketrans("", "", "็่้๊๋์")


def thai_order(word: str) -> tuple[str, str]:
    """A key to sort by: a vowel written before its consonant counts behind it, tone marks only between equals."""
    spoken = _LEADING.sub(r"\2\1", word)
    return spoken.translate(_TONES), spoken
