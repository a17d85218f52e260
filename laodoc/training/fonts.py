"""Which fonts the synthetic lines are drawn in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from PIL import ImageFont, features

from laodoc.errors import MissingDependency
from laodoc.messages import Message
from laodoc.training.alphabet import SYMBOLS

HELD_OUT = re.compile(r"niramit|kodcha|chakra ?petch|angsana", re.IGNORECASE)
"""Never trained on: how well they are read is the honest test."""

PROBE_SIZE = 200
BAND_UP, BAND_DOWN = 2.3, 1.0
"""The band of a line above and below its baseline, in heights of a consonant: what the layout room cuts. A face whose
own marks reach higher or lower is cut there."""
PROBE = "ป้ีฝั่ฎูญุ่ฐ์กำ่"
"""Has the highest pile of marks and the deepest descenders."""

_HAND = re.compile(
    r"maligrade|^mali|charm|purisa|itim|sriracha|srisakdi|architectsdaughter|caveat|comingsoon|gloriahallelujah|gochi|"
    r"handlee|indieflower|kalam|nanumpen|patrickhand|reeniebeanie|shadowsinto",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"sarabun", re.IGNORECASE)
_NATIONAL = re.compile(r"^TH ?[A-Z]")
_HEAVY_OFFICE, _HEAVY_NATIONAL, _HEAVY_HAND, _LATIN_ONLY = 9.0, 3.0, 0.5, 0.3
"""Weight of the Sarabun families (most government paper), of the other national fonts (TH …), of handwriting-like
families and of those without Thai, against 1 for any other family."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file; `ascent` and `descent` are the band above and below the baseline, `body` the height of ก, all as
    a share of the font's size."""

    path: str
    family: str
    hand: bool
    weight: float
    symbols: frozenset[str]
    ascent: float
    descent: float
    body: float

    def font(self, size: int) -> ImageFont.FreeTypeFont:
        return _font(self.path, size)

    def can_draw(self, text: str) -> bool:
        return self.symbols.issuperset(text)


@lru_cache(maxsize=1500)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)


def require_shaping() -> None:
    """Thai needs raqm: without it marks stand in the wrong place and everything learned would be wrong.

    Raises:
        MissingDependency: Pillow cannot use raqm (Debian: libfribidi0).
    """
    if not features.check("raqm"):
        raise MissingDependency(Message("pillow-raqm"))


def find_faces(folders: Iterable[Path], *, held_out: bool = False) -> tuple[Face, ...]:
    """All usable faces under `folders`, by path; with `held_out` those of the held-out families and no others.

    A family's weight is shared by its faces, so that one with sixteen styles is not drawn sixteen times as often.
    """
    require_shaping()
    paths = sorted({p for folder in folders for p in folder.rglob("*") if p.suffix.lower() in (".ttf", ".otf")})
    faces = [_face(path) for path in paths if bool(HELD_OUT.search(path.stem)) == held_out]
    usable = [face for face in faces if face is not None]
    size_of = {face.family: sum(other.family == face.family for other in usable) for face in usable}
    return tuple(_weighted(face, size_of[face.family]) for face in usable)


def pick(rng: Random, faces: Sequence[Face], text: str) -> Face | None:
    """A face at random (by weight) that has a glyph for every character of `text`; None where no face has."""
    for face in rng.choices(faces, [face.weight for face in faces], k=12):
        if face.can_draw(text):
            return face
    able = [face for face in faces if face.can_draw(text)]
    return rng.choice(able) if able else None


def _weighted(face: Face, siblings: int) -> Face:
    if _OFFICE.search(face.family):
        weight = _HEAVY_OFFICE
    elif face.hand:
        weight = _HEAVY_HAND
    else:
        weight = _HEAVY_NATIONAL if _NATIONAL.match(face.family) else 1.0
    weight *= 1.0 if "ก" in face.symbols else _LATIN_ONLY
    return Face(
        path=face.path,
        family=face.family,
        hand=face.hand,
        weight=weight / siblings,
        symbols=face.symbols,
        ascent=face.ascent,
        descent=face.descent,
        body=face.body,
    )


def _face(path: Path) -> Face | None:
    """The face in `path`, or None where it has neither Thai nor Latin, or no outlines."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True) as font:
            cmap = font.getBestCmap() or {}
            family = str(font["name"].getDebugName(16) or font["name"].getDebugName(1) or path.stem)
    except (TTLibError, OSError, KeyError):
        return None
    symbols = frozenset(symbol for symbol in SYMBOLS if ord(symbol) in cmap)
    if not symbols.issuperset("0123456789,.-") or not ("ก" not in symbols or symbols.issuperset("กุ้ำ๐๙")):
        return None
    if "ก" not in symbols and not symbols.issuperset("ABCabcxyz@/"):
        return None
    drawing = _font(str(path), PROBE_SIZE)
    _, top, _, bottom = drawing.getbbox(PROBE if "ก" in symbols else "ÅQgj|", anchor="ls")
    _, body_top, _, _ = drawing.getbbox("ก" if "ก" in symbols else "x", anchor="ls")
    hand = bool(_HAND.search(path.stem.replace("TH", "", 1)))
    return Face(
        path=str(path),
        family=family,
        hand=hand,
        weight=1.0,
        symbols=symbols,
        ascent=max(-top, -body_top * BAND_UP) / PROBE_SIZE,
        descent=max(bottom, -body_top * BAND_DOWN) / PROBE_SIZE,
        body=-body_top / PROBE_SIZE,
    )
