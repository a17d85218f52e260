"""The words that a PDF page carries beside its picture, and how far they can be trusted."""

import html
import re

from laodoc.document import TextLayer
from laodoc.imaging.content import Content, pictures_share
from laodoc.imaging.page import Word

SCANNED_SHARE = 0.5
"""A page half covered by pictures is a scan: what text it carries was read from them, or stamped on later."""

BROKEN_SHARE = 0.01
"""Part of the Thai characters or of the diacritics that may be wrong: a sound font makes none, and typing errors stay
under one in a hundred."""

THAI = re.compile(r"[\u0e01-\u0e5b]")
THAI_FONT_PRIVATE = re.compile(r"[\uf700-\uf71a]")
"""Where Thai fonts of the nineties keep shifted diacritics: such text is no Unicode Thai at all."""
UNKNOWN = re.compile(r"[\ufffd\ue000-\uefff\x00-\x08\x0e-\x1f]")
DIACRITIC = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
STRAY = re.compile(
    r"(?<![\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"  # no consonant below
    r"|(?<![\u0e01-\u0e4e])[\u0e30\u0e32\u0e33]"  # ะ า ำ that follow nothing
    r"|\u0e4d[\u0e48-\u0e4b]?\u0e32"  # ำ in two pieces
    r"|([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\1"  # twice the same
)
"""Diacritics and vowels where no Thai writer puts one."""

LOST_AM = re.compile(r"สานัก|จานวน|กาหนด|ดาเนิน|คาสั่ง|ตาบล(?=[ก-ฮเ-ไ])|อาเภอ|ประจา(?=ปี|เดือน|ตัว|วัน)|สาคัญ|สาหรับ")
"""Frequent words of office Thai as they look when a font's table has lost ำ; none of them is a word."""

WORD = re.compile(rb'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', re.DOTALL)


def parse_words(bbox_html: bytes) -> tuple[Word, ...]:
    """The words in the output of `pdftotext -bbox`."""
    words = []
    for left, top, right, bottom, raw in WORD.findall(bbox_html):
        text = html.unescape(raw.decode("utf-8", "replace")).strip()
        if text:
            words.append(Word(text, float(left), float(top), float(right), float(bottom)))
    return tuple(words)


def layer_kind(words: tuple[Word, ...], content: Content | None) -> TextLayer:
    """What the words are worth: `born-digital` ones are what is printed, all others only a second opinion.

    `content` is None where the page's drawing could not be understood.
    """
    if not words:
        return "none"
    if content and content.invisible_text > content.visible_text:
        return "ocr"
    if is_broken(" ".join(word.text for word in words)):
        return "broken"
    if content is None or content.visible_text == 0 or pictures_share(content) >= SCANNED_SHARE:
        return "ocr"
    return "born-digital"


def is_broken(text: str) -> bool:
    """Whether this is not sound Unicode Thai: private-use glyphs, split diacritics, lost ำ, unknown characters."""
    if THAI_FONT_PRIVATE.search(text):
        return True
    thai, diacritics = len(THAI.findall(text)), len(DIACRITIC.findall(text))
    unknown = len(UNKNOWN.findall(text))
    stray = sum(1 for _ in STRAY.finditer(text))
    lost = len(LOST_AM.findall(text))
    return (
        unknown > BROKEN_SHARE * max(1, len(text))
        or stray > BROKEN_SHARE * max(1, diacritics)
        or lost > BROKEN_SHARE * thai
    )
