"""Memory that pages of pixels take and give back, page after page."""

import platform

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Parameters of glibc's `mallopt` (malloc.h)."""

KEPT = 256 * 2**20
"""Bytes at the end of the heap that are kept for the next page, more than a page takes."""

IN_THE_HEAP = 32 * 2**20
"""Arrays up to this size come from the heap: glibc allows no more, and a page in colour has 27 MB."""


def keep_freed_memory() -> None:
    """Tell the C library not to give memory back to the system whenever an array is freed: getting it again, cleared
    and page by page, took a twentieth of a scan's time. Does nothing where the C library is not glibc."""
    if platform.libc_ver()[0] != "glibc":
        return
    import ctypes

    mallopt = ctypes.CDLL(None).mallopt
    mallopt(_MMAP_THRESHOLD, IN_THE_HEAP)
    mallopt(_TRIM_THRESHOLD, KEPT)
