"""How large a page is on paper, where the file does not say or says nonsense."""

from laodoc.messages import Message

MM_PER_INCH = 25.4
POINTS_PER_INCH = 72.0

MAX_PAGE_PIXELS = 250_000_000
"""No office scanner makes a larger page: A3 at 1200 dpi is 278 million, A4 139 million."""

LARGEST_SIDE_MM = 560.0
"""A2's long side is 594 mm; official letters and their tables come on A3 (420 mm) and smaller, with some overscan."""

SMALLEST_SIDE_MM = 90.0
"""The long side of anything that is read here; half an A5 leaf is 105 mm."""

NARROWEST_MM = 1.0
"""A sheet, or a strip cut from one, that is narrower holds no letter of any print."""

PAPERS_MM = ((297.0, 210.0), (330.0, 215.9), (279.4, 215.9))
"""A4, folio (F4, long used in Thai offices), letter: long and short side."""


def sane_dpi(width: float, height: float, stated: float | None) -> float:
    """The resolution of a page of `width` × `height` pixels, in dots an inch.

    What the file states is kept where it makes a page of believable size; phone cameras (72 dpi and ten million
    pixels) and drivers that state nothing are not believed: then the page is taken for the paper whose proportions come
    nearest, its long side filling it.
    """
    long_side = max(width, height)
    if stated and SMALLEST_SIDE_MM <= long_side / stated * MM_PER_INCH <= LARGEST_SIDE_MM:
        return stated
    return max(1.0, long_side / nearest_paper_mm(long_side / max(1, min(width, height))) * MM_PER_INCH)


def nearest_paper_mm(proportion: float) -> float:
    """The long side, in mm, of the paper whose long side ÷ short side is nearest to `proportion`."""
    return min(PAPERS_MM, key=lambda paper: abs(paper[0] / paper[1] - proportion))[0]


def too_narrow(width: float, height: float, dpi: float) -> Message | None:
    """One line that says so where a page of `width` × `height` pixels is a thread."""
    narrow = min(width, height) / dpi * MM_PER_INCH
    return Message("page-narrow", millimetres=narrow) if narrow < NARROWEST_MM else None


def too_large(width: float, height: float) -> Message | None:
    """One line that says so where a page of `width` × `height` pixels is over the limit."""
    if width * height <= MAX_PAGE_PIXELS:
        return None
    return Message("page-large", megapixels=width * height / 1e6, most=MAX_PAGE_PIXELS / 1e6)
