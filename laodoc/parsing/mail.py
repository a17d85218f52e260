"""Mail addresses: small Latin print in a Thai letter, often underlined."""

import re

from laodoc.document import Field
from laodoc.parsing import phrases
from laodoc.parsing.cues import any_of
from laodoc.parsing.passages import Passage
from laodoc.parsing.rereading import read_again

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_CUE = re.compile(rf"(?:{any_of(phrases.MAIL)}|(?i:e\s?-?\s?mail))[^A-Za-z0-9]*")
_LIKELY = re.compile(r"@|[A-Za-z0-9]\s?\.\s?(?:go|ac|co|or|mail|com)\b", re.IGNORECASE)
"""What tells that an address stands in a line, also where its `@` was read as another letter."""
_TORN = re.compile(r"[A-Za-z0-9._%+-]\s+$")
"""An address has no space in it: where one was read before it, a sign was lost in the line under it."""
_WORD_WITH_I = re.compile(r"(?<![a-z])I(?=(?:nfo|t|ct|nter|nternal)(?![a-z]))")
_CAPITAL_I = re.compile(r"(?<![A-HJ-Z])I(?![A-HJ-Z])")


def mail_of(passage: Passage) -> Field | None:
    """The first mail address in the text, its value in small letters; None as value where a part of it was lost."""
    for line in passage.lines:
        if _LIKELY.search(line.text):
            found = read_again(Passage((line,)), _mail_in)
            if found:
                return found
    return None


def _mail_in(row: Passage) -> Field | None:
    match = _EMAIL.search(row.text)
    if match is None:
        return None
    cue = _CUE.search(row.text)
    begin = cue.end() if cue and cue.end() < match.end() else 0
    if _TORN.search(row.text, begin, match.start()):
        return row.field(begin, match.end())
    return row.field(*match.span(), address(match[0]))


def address(text: str) -> str:
    """An address in small letters. A stroke that was read as `I` among small letters is an `l`: they look alike, and
    addresses are written small; only words that begin with i keep theirs."""
    return _CAPITAL_I.sub("l", _WORD_WITH_I.sub("i", text)).lower()
