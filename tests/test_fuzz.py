"""Random faults in scans and records: a small share of `benchmarks/fuzz.py`, and the inputs that once were faults."""

import pytest

from benchmarks.fuzz import KINDS, broken, kind_of, outcome, whole

SCANS = [number for number in range(3 * len(KINDS)) if kind_of(number) != "record"]
RECORDS = [number for number in range(7 * len(KINDS)) if kind_of(number) == "record"]
CODES = {0, 1, 2, 7, 8}
"""That a broken file may earn: read, no record, no scan, a program that failed, encrypted."""

FOUND = (2274,)
"""Numbers of inputs that laodoc once failed on."""


def test_inputs_come_again() -> None:
    """A number always makes the same input, and not the sound one."""
    for number in (SCANS[0], RECORDS[0]):
        sound = whole(kind_of(number))
        assert broken(number, sound) == broken(number, sound) != sound


@pytest.mark.parametrize("kind", sorted(set(KINDS)))
def test_sound_inputs_are_taken(kind: str) -> None:
    """What the faults are put into has none."""
    number = KINDS.index(kind)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("benchmarks.fuzz.broken", lambda _, sound: sound)
        assert outcome(number, whole(kind)) == 0


@pytest.mark.parametrize("numbers", [SCANS, RECORDS, FOUND], ids=["scans", "records", "found"])
def test_broken_inputs_are_told(numbers: list[int]) -> None:
    """Each gives a record or an error that laodoc knows, in one line, and nothing temporary is left."""
    told = {number: outcome(number, whole(kind_of(number))) for number in numbers}
    assert set(told.values()) <= CODES, told
