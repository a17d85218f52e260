"""Which fonts the synthetic lines are drawn in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random

from PIL import ImageFont, features

from laodoc.errors import MissingDependency
from laodoc.messages import Message
from laodoc.training.alphabet import SYMBOLS

HELD_OUT = re.compile(r"niramit|kodcha|chakra ?petch", re.IGNORECASE)
"""Never trained on: how well they are read is the honest test."""

PROBE_SIZE = 200
BAND_UP, BAND_DOWN = 2.3, 1.0
"""The band of a line above and below its baseline, in heights of a consonant: what the layout room cuts. A face whose
own marks reach higher or lower is cut there."""
PROBE = "ป้ีฝั่ฎูญุ่ฐ์กำ่"
"""Has the highest pile of marks and the deepest descenders."""

MARKS_WIDEN = 1.3
"""A face whose marks take so much room of their own stands them beside their consonants: it cannot set Thai."""

_HAND = re.compile(
    r"maligrade|^mali|charm|purisa|itim|sriracha|srisakdi|architectsdaughter|caveat|comingsoon|gloriahallelujah|gochi|"
    r"handlee|indieflower|kalam|nanumpen|patrickhand|reeniebeanie|shadowsinto",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"sarabun", re.IGNORECASE)
_ARCHIVE = re.compile(r"angsana", re.IGNORECASE)
_ARCHIVE_KIN = re.compile(r"norasi|kinnari|freeserif", re.IGNORECASE)
_NATIONAL = re.compile(r"^TH ?[A-Z]")
_HEAVY_OFFICE, _HEAVY_ARCHIVE, _HEAVY_NATIONAL, _HEAVY_HAND, _LATIN_ONLY = 9.0, 8.0, 3.0, 0.5, 0.3
"""Weight of the Sarabun families (most government paper since 2010), of Angsana (most before), of the other national
fonts (TH …) and Angsana's free kin, of handwriting-like families and of those without Thai, against 1 for any other
family."""
_MACHINE = re.compile(r"mono|typewriter|typist|typo|courier|specialelite", re.IGNORECASE)
_HEAVY_STYLE = re.compile(r"bold|black|heavy|medium|elite", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Face:
    """One font file; `ascent` and `descent` are the band above and below the baseline, `body` the height of ก, all as
    a share of the font's size. `weight` is how often it is drawn, `share` its part of its family."""

    path: str
    family: str
    hand: bool
    weight: float
    symbols: frozenset[str]
    ascent: float
    descent: float
    body: float
    share: float = 1.0

    @property
    def archive(self) -> bool:
        """Whether most letters before 2010 are set in it."""
        return bool(_ARCHIVE.search(self.family))

    @property
    def machine(self) -> bool:
        """Whether a typewriter has letters like these."""
        return bool(_MACHINE.search(Path(self.path).stem))

    @property
    def heavy(self) -> bool:
        """Whether its strokes are thick: as a dater's or a numbering machine's are, and no pen's."""
        return bool(_HEAVY_STYLE.search(Path(self.path).stem))

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


def pick(rng: Random, faces: Sequence[Face], text: str, *, even: bool = False) -> Face | None:
    """A face at random that has a glyph for every character of `text`; None where no face has.

    Faces are drawn by their weight, or with `even` every family as often as any other.
    """
    for face in rng.choices(faces, [face.share if even else face.weight for face in faces], k=12):
        if face.can_draw(text):
            return face
    able = [face for face in faces if face.can_draw(text)]
    return rng.choice(able) if able else None


def hands_of(faces: Sequence[Face]) -> list[Face]:
    """Those faces that look written, and by a pen at that."""
    return [face for face in faces if face.hand and not face.heavy]


def _weighted(face: Face, siblings: int) -> Face:
    if _OFFICE.search(face.family):
        weight = _HEAVY_OFFICE
    elif face.archive:
        weight = _HEAVY_ARCHIVE
    elif face.hand:
        weight = _HEAVY_HAND
    else:
        akin = _NATIONAL.match(face.family) or _ARCHIVE_KIN.search(face.family)
        weight = _HEAVY_NATIONAL if akin else 1.0
    weight *= 1.0 if "ก" in face.symbols else _LATIN_ONLY
    return replace(face, weight=weight / siblings, share=1 / siblings)


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
    if "ก" in symbols and drawing.getlength("ที่") > MARKS_WIDEN * drawing.getlength("ท"):
        return None
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
