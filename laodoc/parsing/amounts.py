"""Sums of money in a letter, and whether the words beside say the same."""

import re

from laodoc.document import Amount
from laodoc.parsing.cues import loose
from laodoc.parsing.passages import Passage
from laodoc.thai.digits import parse_number, to_arabic
from laodoc.thai.number_words import number_in_words

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,9}(?:\.[0-9]{2})?)"
_AMOUNT = re.compile(
    rf"(?<![0-9.,/])(?P<number>{_NUMBER})(?:\s?\.?\s?-)?\s*{loose('บาท')}(?:\s*{loose('ถ้วน')})?"
    r"(?:\s*\(\s*[-–=]*\s*(?P<words>[ก-๎\s]{4,120}?)\s*[-–=]*\s*\))?"
)


def amounts_of(passage: Passage) -> tuple[Amount, ...]:
    """Every sum in baht, each once, in order. `words_agree` is null where no words stand beside, or none were read;
    satang are no part of what words are compared with."""
    plain = to_arabic(passage.text)
    found: dict[object, Amount] = {}
    for match in _AMOUNT.finditer(plain):
        number = parse_number(match["number"])
        spelled = number_in_words(match["words"]) if match["words"] else None
        satang = isinstance(number, float) and number != int(number)
        agree = None if spelled is None or satang else spelled == number
        field = passage.field(*match.span())
        amount = Amount(**{**field.model_dump(), "value": number, "words_agree": agree})
        known = found.get(number)
        if known is None or (known.words_agree is None and agree is not None):
            found[number] = amount
    return tuple(sorted(found.values(), key=lambda amount: (amount.page, amount.bbox.top, amount.bbox.left)))
