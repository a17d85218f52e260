"""Memory of pixels: freed arrays are used again instead of being fetched from the system anew."""

import platform
import subprocess
import sys

import pytest

TOUCHING = """
import resource, sys
import numpy as np
from laodoc.imaging.memory import keep_freed_memory
if sys.argv[1] == "keep":
    keep_freed_memory()
np.ones(8_000_000, np.uint8), np.ones(20_000_000, np.uint8)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    first, second = np.ones(8_000_000, np.uint8), np.ones(20_000_000, np.uint8)
    del first, second
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def page_faults(how: str) -> int:
    """How many pages of memory the system had to hand out while arrays were made and freed."""
    command = [sys.executable, "-c", TOUCHING, how]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told")
def test_freed_arrays_are_used_again() -> None:
    """Twenty rounds of two large arrays cost hardly a page where freed memory is kept, and thousands elsewhere."""
    assert page_faults("keep") < page_faults("as usual") / 10
