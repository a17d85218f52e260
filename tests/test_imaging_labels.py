"""Connected components: the same numbers as OpenCV's own."""

import cv2
import numpy as np
import pytest

from laodoc.imaging.labels import labelled
from laodoc.layout.medians import median


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.9])
def test_components_are_those_of_opencv(share: float) -> None:
    """Labels, boxes and areas agree on masks from empty to nearly full, whatever value ink has."""
    mask = (np.random.default_rng(3).random((70, 90)) < share).astype(np.uint8) * 255
    labels, stats = labelled(mask)
    _, wanted, numbers, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    assert (labels == wanted).all()
    assert (stats[1:] == numbers[1:]).all()
    assert (stats[0] == 0).all()


@pytest.mark.parametrize("values", [[3.0], [5.0, 1.0], [2, 9, 4], [4.5, 1.5, 9.0, 2.0]])
def test_a_median_is_numpys(values: list[float]) -> None:
    """Odd and even in number, in any order."""
    assert median(values) == np.median(values)


def test_no_numbers_have_no_median() -> None:
    """An empty array is refused, not answered with not-a-number."""
    with pytest.raises(ValueError, match="no numbers"):
        median([])
