"""Counts of what was read right and wrong."""

import re
import statistics
from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from laodoc.thai.digits import THAI_DIGITS

DIGITS = frozenset(THAI_DIGITS + "0123456789")
NUMBER = re.compile(f"[{THAI_DIGITS}0-9]+(?:[.,/:-][{THAI_DIGITS}0-9]+)*")

SURE = 0.99
"""Confidence from which a line counts as sure."""


@dataclass(slots=True)
class Tally:
    """Counts over read lines. `confusions` maps (true, read) to how often; "" stands for nothing."""

    lines: int = 0
    exact: int = 0
    characters: int = 0
    edits: int = 0
    digits: int = 0
    digit_edits: int = 0
    numbers: int = 0
    numbers_exact: int = 0
    sure: int = 0
    sure_exact: int = 0
    rates: list[float] = field(default_factory=list)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, read: str, truth: str, confidence: float = 0.0) -> None:
        """Count one line."""
        self.lines += 1
        self.exact += read == truth
        self.sure += confidence >= SURE
        self.sure_exact += confidence >= SURE and read == truth
        self.characters += len(truth)
        self.digits += sum(symbol in DIGITS for symbol in truth)
        wanted, found = Counter(NUMBER.findall(truth)), Counter(NUMBER.findall(read))
        self.numbers += wanted.total()
        self.numbers_exact += (wanted & found).total()
        edits = [] if read == truth else list(Levenshtein.editops(truth, read))
        for edit in edits:
            true = "" if edit.tag == "insert" else truth[edit.src_pos]
            said = "" if edit.tag == "delete" else read[edit.dest_pos]
            self.confusions[true, said] += 1
            self.digit_edits += true in DIGITS or said in DIGITS
        self.edits += len(edits)
        self.rates.append(len(edits) / max(1, len(truth)))

    @property
    def cer(self) -> float:
        """Edits a true character; of no characters, edits a line."""
        return self.edits / max(1, self.characters)

    @property
    def median_cer(self) -> float:
        """The middle line's edits a character."""
        return statistics.median(self.rates) if self.rates else 0.0

    @property
    def digit_cer(self) -> float:
        """Edits at digits, a true digit."""
        return self.digit_edits / max(1, self.digits)

    @property
    def share_exact(self) -> float:
        return self.exact / max(1, self.lines)
