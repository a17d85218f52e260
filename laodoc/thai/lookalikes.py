"""How far a Thai word that was read is from one that may have been printed, reckoned in what readers mistake."""

from functools import cache

GROUPS = (
    "ดตคศฅ", "ชซขฃ", "บปษ", "พฟผฝฬ", "ถภกฤฦ", "ลสศ", "นมฆ", "ฎฏ", "ณฌญ", "ธรฐ", "หท", "อฮ", "จวง", "ยบ", "ฉณ",
    "ิีึืั", "ุู", "่้๊๋์็ั", "เแ", "ใไโ", "าๅำ", "๑ด", "๐อ", "๓ต", "๔ด", "๕๔", "๘ฬ", "๖๒",
)  # fmt: skip
"""Characters that are taken for each other, from the confusions in the reader's card and in stock Tesseract's."""

MARKS = "่้๊๋์็ัิีึืุู"
"""What stands above and below consonants: lost on faxes, and made up of specks."""

ALIKE = 0.4
"""Cost of taking a character for one of its group; of another, 1."""

MARK = 0.4
"""Cost of a mark lost or made up; of another character, 1."""


def distance(read: str, meant: str, most: float = 99.0) -> float:
    """The least cost of reading `meant` as `read` (Wagner and Fischer, 1974), or more than `most` where it is more."""
    before = [0.0]
    for symbol in meant:
        before.append(before[-1] + _lost(symbol))
    for symbol in read:
        row = [before[0] + _lost(symbol)]
        for place, wanted in enumerate(meant):
            row.append(
                min(before[place] + _taken(symbol, wanted), before[place + 1] + _lost(symbol), row[-1] + _lost(wanted))
            )
        if min(row) > most:
            return min(row)
        before = row
    return before[-1]


def _lost(symbol: str) -> float:
    return MARK if symbol in MARKS else 1.0


def _taken(read: str, meant: str) -> float:
    if read == meant:
        return 0.0
    return ALIKE if meant in _alike().get(read, "") else 1.0


@cache
def _alike() -> dict[str, str]:
    found: dict[str, str] = {}
    for group in GROUPS:
        for symbol in group:
            found[symbol] = found.get(symbol, "") + group
    return found
