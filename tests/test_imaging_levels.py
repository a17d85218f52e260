"""Percentiles by counting are numpy's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laodoc.imaging.levels import percentile


@given(st.lists(st.integers(0, 255), min_size=1, max_size=60), st.floats(0, 100))
def test_percentile_is_that_of_numpy(levels: list[int], percent: float) -> None:
    """For any levels and any percentage the two agree."""
    array = np.array(levels, np.uint8)
    assert percentile(array, percent) == pytest.approx(float(np.percentile(array, percent)), abs=1e-6)


def test_shape_does_not_matter_and_nothing_has_no_percentile() -> None:
    """A picture is counted as its pixels are; an empty one is refused."""
    assert percentile(np.array([[10, 20], [30, 40]], np.uint8), 50) == 25
    with pytest.raises(ValueError, match="no levels"):
        percentile(np.zeros((0, 4), np.uint8), 50)
