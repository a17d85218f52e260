"""Names of files that every system can keep, none of them twice."""

import re
import unicodedata

UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
"""What Windows or Linux keep no name with, and what turns the direction of writing."""

RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""Names that Windows keeps for devices."""

LONGEST = 180
"""Bytes of UTF-8 in a name: 255 is what file systems keep, and copies get prefixes and suffixes."""


MARKS = frozenset(
    "\u0e31\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
)
"""Thai marks and ำ: what they stand on is not cut from them."""


def safe_name(stem: str, suffix: str) -> str:
    """The name with `-` for what a name may not have, cut where it is too long; `unnamed` for nothing."""
    clean = UNSAFE.sub("-", unicodedata.normalize("NFC", " ".join(stem.split()))).strip(" .-")
    short = _cut(clean, LONGEST - len(suffix.encode())).strip(" .-") or "unnamed"
    return (f"_{short}" if RESERVED.fullmatch(short) else short) + suffix


def _cut(text: str, room: int) -> str:
    """As much of the text as its UTF-8 has room for, no consonant without its marks."""
    cut = text.encode()[:room].decode(errors="ignore")
    while cut and len(cut) < len(text) and text[len(cut)] in MARKS:
        cut = cut[:-1]
    return cut


class Names:
    """Gives names out, each once, whatever the size of their letters: the second is called `NAME-2`."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def free(self, stem: str, suffix: str) -> str:
        """A safe name that was not given out yet."""
        name, count = safe_name(stem, suffix), 1
        while name.casefold() in self._given:
            count += 1
            name = safe_name(stem, f"-{count}{suffix}")
        self._given.add(name.casefold())
        return name
