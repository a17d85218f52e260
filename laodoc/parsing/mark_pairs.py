"""Which of two mark columns means done and which pending."""

from collections.abc import Sequence

from laodoc.document import Meaning
from laodoc.parsing.contents import Contents
from laodoc.parsing.vocabulary import ALIKE, Vocabulary, fit_of, skeleton

USE_WEIGHS = 0.8
"""Weight of checks in one column and crosses in the other, against 1 for a header that was read without error: who
writes crosses under done does so against the words of the header, and then these count more."""

DECIDES = 0.2
"""Evidence below which the columns stay without a meaning."""


def meanings_of_pair(
    names: Sequence[str], contents: Sequence[Contents], vocabulary: Vocabulary
) -> tuple[Meaning | None, Meaning | None]:
    """The meanings of the two columns, from what their headers say and which signs stand in them; None in doubt."""
    words = lean(names[0], vocabulary) - lean(names[1], vocabulary)
    signs = USE_WEIGHS * _difference_in_use(*contents)
    evidence = words + signs
    if abs(evidence) < DECIDES:
        return None, None
    return ("done", "pending") if evidence > 0 else ("pending", "done")


def lean(name: str, vocabulary: Vocabulary) -> float:
    """How far a name leans to done (up to 1) or to pending (down to -1); the less, the more letters were misread.

    A word for pending outweighs one for done in the same name, since it may contain it (ไม่แล้วเสร็จ).
    """
    bare = skeleton(name.split("(")[0] or name)
    scores = {entry.name: fit_of(bare, entry) for entry in vocabulary.meanings}
    pending, done = (_sharpened(scores.get(meaning, 0.0)) for meaning in ("pending", "done"))
    return -pending if pending >= done else done


def _sharpened(score: float) -> float:
    """A likeness as evidence: 1 for words read without error, little for words that are barely alike, else 0."""
    worst = 2 * ALIKE - 1
    return max(0.0, (score - worst) / (1 - worst)) if score else 0.0


def _difference_in_use(first: Contents, second: Contents) -> float:
    """1 where the first column has only checks and the second only crosses, -1 the other way round."""
    if not (first.marks and second.marks):
        return 0.0
    return first.checks / first.marks - second.checks / second.marks
