"""What a PDF page draws, read from its content stream: enough to know whether it is nothing but one picture."""

import warnings
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from laodoc.imaging.affine import IDENTITY, after, apply
from laodoc.imaging.page import Affine

HARMLESS = frozenset(
    (
        "q", "Q", "cm", "Do", "n", "BMC", "BDC", "EMC", "MP", "DP", "rg", "RG", "g", "G",
        "k", "K", "cs", "CS", "w", "J", "j", "M", "d", "i", "ri", "re", "W", "W*",
        "Tr", "BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Ts",
    )
)  # fmt: skip
"""Operators that leave no ink by themselves and do not change how a picture is painted."""

SHOWS_TEXT = frozenset(("Tj", "TJ", "'", '"'))
INVISIBLE = 3
"""Text rendering mode of the text that OCR programs lay under a scan."""

MAX_NESTING = 8
"""Forms within forms; deeper ones are taken as drawing."""

COVER_TOLERANCE = 0.01
"""Part of the page's side by which a clip or picture may miss the page's edge: scanners round to whole pixels."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image XObject as placed on the page: `placed` maps the unit square to points, origin bottom-left."""

    image: Any
    placed: Affine


@dataclass(slots=True)
class Content:
    """What a page draws. `other` is true where anything but plain pictures and text is drawn."""

    box: tuple[float, float, float, float]
    pictures: list[Picture] = field(default_factory=list)
    visible_text: int = 0
    invisible_text: int = 0
    other: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Affine = IDENTITY
    text_mode: int = 0


def page_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what a viewer shows, in points of the unturned page."""
    boxes = [[float(value) for value in box] for box in (page.mediabox, page.cropbox)]
    sides = [(min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])) for b in boxes]
    left, bottom = max(b[0] for b in sides), max(b[1] for b in sides)
    right, top = min(b[2] for b in sides), min(b[3] for b in sides)
    return (left, bottom, right, top) if right > left and top > bottom else sides[0]


def page_content(page: pikepdf.Page) -> Content:
    """Everything that the page draws; what is laid over it (see `laodoc.imaging.extras`) is not looked into.

    Raises:
        pikepdf.PdfError: the content stream cannot be parsed.
    """
    content = Content(page_box(page))
    _walk(page, page.get("/Resources", {}), _State(), content, 0)
    return content


def lone_picture(content: Content) -> Picture | None:
    """The page's only picture, where the page is nothing else and it can be taken out as it is.

    It must fill the page, unturned, unmasked, with square pixels and the plain meaning of its samples.
    """
    if content.other or content.visible_text or content.invisible_text or len(content.pictures) != 1:
        return None
    (picture,) = content.pictures
    return picture if _is_plain(picture.image) and _fills(picture.placed, content.box) else None


def pictures_share(content: Content) -> float:
    """Part of the page's area that pictures cover, overlaps counted twice, at most 1."""
    left, bottom, right, top = content.box
    covered = sum(abs(p.placed[0] * p.placed[4] - p.placed[1] * p.placed[3]) for p in content.pictures)
    return min(1.0, covered / ((right - left) * (top - bottom)))


def pictures_dpi(content: Content) -> float | None:
    """The finest resolution among the pictures that hold a good part of the page's picture area, dots an inch."""
    sized = [(p, abs(p.placed[0] * p.placed[4] - p.placed[1] * p.placed[3])) for p in content.pictures]
    largest = max((area for _, area in sized), default=0.0)
    fine = [
        72.0 * (float(p.image.Width) * float(p.image.Height) / area) ** 0.5
        for p, area in sized
        if area > 0 and area >= 0.2 * largest
    ]
    return max(fine, default=None)


def _walk(stream: Any, resources: Any, state: _State, content: Content, depth: int) -> None:
    """Add to `content` what a page's or form's content stream draws."""
    stack: list[_State] = []
    with warnings.catch_warnings():  # of a stream that breaks off: what it draws is seen when it is drawn
        warnings.simplefilter("ignore")
        instructions = pikepdf.parse_content_stream(stream)
    for instruction in instructions:
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name == "q":
            stack.append(state)
        elif name == "Q":
            state = stack.pop() if stack else state
        elif name == "cm":
            state = _State(after(state.matrix, _from_pdf(operands)), state.text_mode)
        elif name == "Tr":
            state = _State(state.matrix, int(operands[0]))
        elif name == "Do":
            _draw(resources.get("/XObject", {}).get(str(operands[0])), resources, state, content, depth)
        elif name in SHOWS_TEXT:
            content.visible_text += state.text_mode != INVISIBLE
            content.invisible_text += state.text_mode == INVISIBLE
        elif name not in HARMLESS or (name == "re" and not _clips_nothing(operands, state, content.box)):
            content.other = True


def _draw(xobject: Any, resources: Any, state: _State, content: Content, depth: int) -> None:
    """An image is noted; a form is walked, and counts as drawing of its own since it clips."""
    if xobject is None:
        return
    if xobject.get("/Subtype") == pikepdf.Name.Image:
        content.pictures.append(Picture(xobject, state.matrix))
        return
    content.other = True
    if depth < MAX_NESTING:
        matrix = after(state.matrix, _from_pdf(xobject.get("/Matrix", (1, 0, 0, 1, 0, 0))))
        _walk(xobject, xobject.get("/Resources", resources), _State(matrix, state.text_mode), content, depth + 1)


def _from_pdf(operands: Any) -> Affine:
    """PDF's [a b c d e f] (x' = a·x + c·y + e) in our order."""
    a, b, c, d, e, f = (float(value) for value in operands)
    return (a, c, e, b, d, f)


def _clips_nothing(operands: Any, state: _State, box: tuple[float, float, float, float]) -> bool:
    """Whether a rectangle (to clip by, in most scans) holds the whole page."""
    x, y, width, height = (float(value) for value in operands)
    return _covers(after(state.matrix, (width, 0.0, x, 0.0, height, y)), box)


def _covers(placed: Affine, box: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = box
    (x0, y0), (x1, y1) = apply(placed, 0, 0), apply(placed, 1, 1)
    slack_x, slack_y = COVER_TOLERANCE * (right - left), COVER_TOLERANCE * (top - bottom)
    return (
        placed[1] == placed[3] == 0.0
        and min(x0, x1) <= left + slack_x
        and max(x0, x1) >= right - slack_x
        and min(y0, y1) <= bottom + slack_y
        and max(y0, y1) >= top - slack_y
    )


def _fills(placed: Affine, box: tuple[float, float, float, float]) -> bool:
    """Whether an upright picture fills the page and hardly goes beyond it."""
    left, bottom, right, top = box
    larger_x = placed[0] / (right - left)
    larger_y = placed[4] / (top - bottom)
    return _covers(placed, box) and max(larger_x, larger_y) <= 1 + 2 * COVER_TOLERANCE and min(larger_x, larger_y) > 0


def _is_plain(image: Any) -> bool:
    if any(key in image for key in ("/SMask", "/Mask", "/ImageMask", "/Decode", "/SMaskInData")):
        return False
    parameters = image.get("/DecodeParms", {})
    listed = list(parameters) if isinstance(parameters, pikepdf.Array) else [parameters]
    if any(isinstance(one, pikepdf.Dictionary) and "/ColorTransform" in one for one in listed):
        return False
    space = image.get("/ColorSpace")
    if isinstance(space, pikepdf.Array):
        space = space[0]
    return space in (pikepdf.Name.DeviceGray, pikepdf.Name.DeviceRGB, pikepdf.Name.ICCBased, pikepdf.Name.CalRGB,
                     pikepdf.Name.CalGray, pikepdf.Name.Indexed)  # fmt: skip
