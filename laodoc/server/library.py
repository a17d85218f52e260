"""The archive as pages ask for it: documents kept at hand for a while, each as it stands now."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from laodoc.archive import overview
from laodoc.archive.correcting import NOBODY, Answer, Taken, key_of
from laodoc.archive.ledger import Ledger
from laodoc.document import Document
from laodoc.export.masking import secret_pages
from laodoc.review.answers import understand
from laodoc.review.correcting import Trial, tried
from laodoc.review.doubts import Doubt, Remark, doubts_in
from laodoc.review.spots import Spot, Value, spots

MOST_AT_HAND = 32
"""Documents that are kept parsed; one of 100 pages takes some 20 MB."""


@dataclass(frozen=True)
class Held:
    """A document as it stands now, under its number in the archive; `held` are the corrections that hold, by place."""

    number: int
    sha256: str
    document: Document
    held: Mapping[str, int]

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """All places that a person may put right, by their pointers."""
        return {spot.pointer: spot for spot in spots(self.document)}

    @cached_property
    def _doubted(self) -> tuple[tuple[Doubt, ...], tuple[Remark, ...]]:
        return doubts_in(self.document)

    @cached_property
    def doubts(self) -> dict[str, Doubt]:
        """What is in doubt, by pointer, in the order of the pages."""
        return {doubt.spot.pointer: doubt for doubt in self._doubted[0]}

    @cached_property
    def secret(self) -> set[int]:
        """The pages of secret letters."""
        return secret_pages(self.document)

    def key(self, spot: Spot) -> str:
        """What a form carries to know the spot again, and the correction that its reader has seen there."""
        return key_of(self.sha256, spot, self.held.get(spot.pointer, NOBODY))


class Library:
    """Documents of one archive. Safe to use from several threads."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._lock = threading.Lock()
        self._at_hand: OrderedDict[str, tuple[object, Held]] = OrderedDict()

    def get(self, number: int) -> Held | None:
        """The document with this number, if it was read."""
        with self.ledger.session() as session:
            sha256 = overview.content_of(session, number)
        return self.of_content(number, sha256) if sha256 else None

    def of_content(self, number: int, sha256: str) -> Held | None:
        """The document of a content, if it was read."""
        stamp = self.ledger.stamp(sha256)
        with self._lock:
            known = self._at_hand.get(sha256)
            if known and known[0] == stamp:
                self._at_hand.move_to_end(sha256)
                return known[1]
        document = self.ledger.document(sha256)
        if document is None:
            return None
        held = Held(number, sha256, document, self.ledger.places_of_corrections(document))
        with self._lock:
            self._at_hand[sha256] = (stamp, held)
            while len(self._at_hand) > MOST_AT_HAND:
                self._at_hand.popitem(last=False)
        return held

    def answer(self, answers: list[tuple[str, str]], by: str) -> Taken:
        """Take (key, answer) pairs as `laodoc correct` does; nobody changes what he has not seen."""
        rows = [Answer(row, key, said) for row, (key, said) in enumerate(answers, start=1)]
        return self.ledger.correct(rows, by, strict=True)

    @staticmethod
    def try_answer(held: Held, pointer: str, said: str) -> tuple[Value, Trial]:
        """What an answer means at a place, and what the checks would say of it.

        Raises:
            Misunderstood: it is not what the place needs.
        """
        spot = held.spots[pointer]
        value = understand(said, spot)
        return value, tried(held.document, spot, value)
