"""One spelling for what looks the same: the normal order of Thai marks."""

import os
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, cast

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
"""Soft hyphen, zero-width spaces and joiners, direction marks: nothing of them is ever printed."""


REMEMBERED = 8192
"""Texts whose spelling is remembered: a table's words come back again and again."""


@lru_cache(REMEMBERED)
def normalise(text: str) -> str:
    """`text` with every Thai syllable in its one normal spelling; printed white space, line breaks and words stay.

    Unicode NFC, invisible characters out, ํ+า → ำ, เเ → แ, vowels before tone marks, ๅ only after ฤ and ฦ.
    The order of marks is that of `pythainlp.util.reorder_vowels`; the rest of `pythainlp.util.normalize` is left out,
    because it also deletes repeated vowels and marks, and so hides what the paper says. Idempotent.
    """
    text = text.translate(_INVISIBLE)
    if text.isascii():
        return text
    while (again := from_pythainlp("reorder_vowels")(unicodedata.normalize("NFC", text))) != text:
        text = again
    return text


@cache
def from_pythainlp(name: str) -> Callable[[Any], str]:
    """A function of `pythainlp.util`."""
    # Else it makes a folder in the user's home, and may fetch what it lacks from the network.
    for setting in ("PYTHAINLP_READ_ONLY", "PYTHAINLP_OFFLINE"):
        os.environ.setdefault(setting, "1")
    import pythainlp.util  # costs a tenth of a second, so not before it is needed

    return cast(Callable[[Any], str], getattr(pythainlp.util, name))
