"""A picture sheet of the lines that were read worst: each with what it says and what was read."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from laodoc.evaluation.report import Slip
from laodoc.export.files import write_whole
from laodoc.export.picture import thai_font

WORST = 30
"""Lines on a sheet."""

WIDTH = 1400
LINE_HEIGHT = 64
"""Pixels to which each picture of a line is brought, at most."""

CAPTION = 30
"""Size of the captions, and the height of their rows with half as much again."""


def worst(slips: Sequence[Slip], count: int) -> list[Slip]:
    """The slips with the most edits, the worst first."""
    return sorted(slips, key=lambda slip: (-slip.edits, slip.place, slip.truth))[:count]


def draw_sheet(slips: Sequence[Slip]) -> Image.Image:
    """One picture of all `slips`: number, truth (green), what was read (red), and the ink."""
    font = thai_font(CAPTION)
    row = round(1.5 * CAPTION)
    sheet = Image.new("L" if not slips else "RGB", (WIDTH, max(1, len(slips)) * (LINE_HEIGHT + 2 * row + 16)), "white")
    pen, top = ImageDraw.Draw(sheet), 0
    for number, slip in enumerate(slips, start=1):
        ink = Image.fromarray(np.ascontiguousarray(slip.image))
        ink.thumbnail((WIDTH - 20, LINE_HEIGHT))
        captions = ((f"{number}. {slip.truth}", "darkgreen"), (slip.read or "-", "darkred"))
        for line, (caption, colour) in enumerate(captions):
            pen.text((10, top + line * row), caption, fill=colour, font=font)
        sheet.paste(ink, (10, top + 2 * row))
        top += LINE_HEIGHT + 2 * row + 16
        pen.line([(0, top - 6), (WIDTH, top - 6)], fill="lightgrey")
    return sheet


def write_sheet(slips: Sequence[Slip], target: Path) -> None:
    """Draw the worst of the slips into a PNG.

    Raises:
        AccessError: the file cannot be written.
    """
    content = BytesIO()
    draw_sheet(worst(slips, WORST)).save(content, format="PNG")
    write_whole(target, content.getvalue())
