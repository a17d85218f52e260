"""The layers of a page: what was printed and filled in, what came later, what copying left."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from laodoc.training.ink import dirt, figures, stamps
from laodoc.training.ink.blocks import (
    bars,
    empty_lines,
    form_lines,
    page_number,
    paragraph,
    signature_blocks,
    single_lines,
    titles,
)
from laodoc.training.ink.boxes import tick_boxes
from laodoc.training.ink.desk import Desk
from laodoc.training.ink.frames import frame, label_frame
from laodoc.training.ink.received import received
from laodoc.training.ink.sheet import Sheet
from laodoc.training.ink.tables import table
from laodoc.training.ink.writing import note, scribble


def _prose(desk: Desk) -> None:
    paragraph(desk, desk.rng.randint(1, 9))


@dataclass(frozen=True, slots=True)
class _Plan:
    """The parts of one kind of page from the head down, in any order where it is `shuffled`."""

    share: float
    emblem: float
    parts: tuple[Callable[[Desk], None], ...]
    shuffled: bool = False


_PLANS = (
    _Plan(4, 1.0, (single_lines, single_lines, _prose, _prose, _prose, signature_blocks)),
    _Plan(
        3,
        1.0,
        (form_lines, form_lines, form_lines, single_lines, _prose, _prose, signature_blocks, note, signature_blocks),
    ),
    _Plan(
        4,
        0.4,
        (form_lines, tick_boxes, frame, form_lines, tick_boxes, frame, signature_blocks, form_lines),
        shuffled=True,
    ),
    _Plan(4, 0.4, (single_lines, table, table, single_lines, signature_blocks)),
    _Plan(
        4,
        0.4,
        (
            form_lines,
            tick_boxes,
            _prose,
            table,
            frame,
            single_lines,
            signature_blocks,
            bars,
            figures.photograph,
            empty_lines,
        ),
        shuffled=True,
    ),
)
"""Letter, memorandum, form, tables, and a bit of everything. `share`: how often; `emblem`: how many have one."""

_STAMPS = ((received, 6.0), (stamps.urgent, 1.5), (stamps.dater, 2.0), (stamps.named, 1.2), (stamps.seal, 1.5))
"""Stamps and how often each is pressed: every letter that comes in is stamped as received."""

_DIRT = (
    (dirt.specks, 0.4),
    (dirt.streaks, 0.35),
    (dirt.fold, 0.18),
    (dirt.band, 0.14),
    (dirt.edges, 0.2),
    (dirt.holes, 0.18),
)
"""Kinds of dirt and the share of the pages that have it; half of them have more of it."""


def printed(desk: Desk) -> None:
    """What the printer put there, with what was filled in, from the head down."""
    rng = desk.rng
    plan = rng.choices(_PLANS, [plan.share for plan in _PLANS])[0]
    if rng.random() < 0.14:
        figures.watermark(desk)
    if rng.random() < 0.2:
        label_frame(desk)
    if rng.random() < plan.emblem:
        figures.head_emblem(desk)
    if rng.random() < 0.6:
        titles(desk)
    parts = list(plan.parts)
    if plan.shuffled:
        rng.shuffle(parts)
    for part in parts:
        if desk.y > desk.bottom:
            break
        part(desk)
        desk.y += desk.pitch * rng.choice((0.0, 0.3, 1.0))
    if rng.random() < 0.5:
        page_number(desk)


def later(desk: Desk) -> None:
    """What came later: stamps, notes, rings, underlines, signatures, codes, highlighter, anywhere on the page."""
    rng, (width, height) = desk.rng, desk.sheet.size
    for _ in range(rng.choice((0, 1, 1, 2, 2, 4))):
        press = rng.choices([stamp for stamp, _ in _STAMPS], [share for _, share in _STAMPS])[0]
        down = rng.choice((rng.uniform(0.0, 0.25), rng.uniform(0, 0.95)))
        press(desk, rng.uniform(-0.02, 0.85) * width, down * height)
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        desk.y = rng.uniform(0.05, 0.9) * height
        note(desk)
    for _ in range(rng.choice((0, 0, 1, 3))):
        scribble(desk, rng.uniform(0.03, 0.9) * width, rng.uniform(0.03, 0.95) * height)
    if rng.random() < 0.15:
        figures.code(desk, rng.uniform(0.05, 0.85) * width, rng.uniform(0.05, 0.85) * height)
    if rng.random() < 0.15:
        dirt.highlight(rng, desk.sheet)


def soiled(rng: Random, sheet: Sheet, behind: Sheet | None) -> None:
    """What copying and scanning left; `behind` is the other side of the paper, where it shows through."""
    if behind is not None:
        dirt.show_through(rng, sheet, behind)
    for make, share in _DIRT:
        while rng.random() < share:
            make(rng, sheet)
            share *= 0.5
