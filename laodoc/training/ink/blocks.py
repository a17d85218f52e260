"""Blocks of print from the head of a page down: titles, paragraphs, lines to fill in, signature blocks."""

from dataclasses import dataclass

from PIL.ImageFont import FreeTypeFont

from laodoc.ink.kinds import Kind
from laodoc.thai.digits import to_thai
from laodoc.training import forms, text
from laodoc.training.fonts import Face, pick
from laodoc.training.ink import pen, wording
from laodoc.training.ink.desk import Desk, draw, say
from laodoc.training.ink.figures import bar
from laodoc.training.ink.rulings import Ruling, leader, rule
from laodoc.training.ink.sheet import text_ink
from laodoc.training.ink.wording import alone, piece, short
from laodoc.training.ink.writing import filled

INDENT_MM = 25
"""The first line of a paragraph begins so far to the right, as the rules of correspondence have it."""
WIDEST_SPACE = 60.0
"""Pixels by which justified text is drawn apart at most."""
FOREIGN = 0.1
"""Share of the paragraphs in Latin letters, each in a face of its own."""
LETTER_SPACED = 0.2
"""Share of the titles whose letters stand apart."""
LARGE = 0.1
"""Share of the lines that are much larger than the rest: บันทึกข้อความ, ด่วนที่สุด."""
BY_HAND = 0.6
"""Share of the forms that are filled in by pen; the others are typed into."""


def titles(desk: Desk) -> None:
    """Large lines in the middle of the page."""
    rng = desk.rng
    for _ in range(rng.randint(1, 3)):
        said = text.clean(rng.choice((forms.heading, text.words, forms.office))(rng))
        points = desk.points * rng.choice((rng.uniform(1, 1.6), rng.uniform(1.5, 2.3)))
        if rng.random() < LETTER_SPACED:
            said = wording.spaced(said[:24], rng.randint(1, 2))
        say(desk, said, desk.middle, desk.y, anchor="m", bold=rng.choice((0, 1)), points=points)
        desk.y += desk.pitch * 1.2


def page_number(desk: Desk) -> None:
    """A number at the head or the foot, or the first word of the next page."""
    rng, (width, height) = desk.rng, desk.sheet.size
    number = rng.choice((f"- {rng.randint(1, 99)} -", str(rng.randint(1, 30)), f"หน้า {rng.randint(1, 9)}"))
    said = f"/{forms.heading(rng)[:10]}..." if rng.random() < 0.25 else number
    at = rng.choice((desk.mm(10), height - desk.mm(8)))
    say(desk, said, rng.choice((width / 2, desk.right)), at, anchor="m")


@dataclass(frozen=True, slots=True)
class _Setting:
    """How one paragraph is set."""

    face: Face
    font: FreeTypeFont
    indent: float
    justified: bool
    underlined: bool
    bold: int
    thai: bool


def paragraph(desk: Desk, lines: int) -> None:
    """Running text between the margins from `desk.y` down; the last line is shorter."""
    rng = desk.rng
    foreign = rng.random() < FOREIGN
    face = (pick(rng, desk.printed, wording.latin(rng, 20)) if foreign else None) or desk.face
    setting = _Setting(
        face=face,
        font=face.font(desk.em()),
        indent=desk.mm(INDENT_MM) if rng.random() < 0.7 else 0.0,
        justified=rng.random() < 0.6,
        underlined=rng.random() < 0.12,
        bold=int(rng.random() < 0.06),
        thai=rng.random() < 0.6,
    )
    source = wording.latin(rng, 600) if foreign else rng.choice(desk.material.paragraphs)
    for number in range(lines):
        if desk.y > desk.bottom:
            return
        _line_of(desk, source, setting, first=number == 0, last=number == lines - 1)
        desk.y += desk.pitch


def _line_of(desk: Desk, source: str, setting: _Setting, *, first: bool, last: bool) -> None:
    rng, measure = desk.rng, setting.font.getlength
    x = desk.left + (setting.indent if first else 0.0)
    room = desk.right - x
    said = text.clean(piece(rng, source, measure, room * (rng.uniform(0.2, 0.9) if last else 1)))
    if setting.thai:
        said = to_thai(said)
    said = "".join(symbol for symbol in said if symbol in setting.face.symbols or symbol == " ").strip()
    if not said:
        return
    spaces = said.count(" ")
    apart = (room - measure(said)) / spaces if setting.justified and spaces and not last else 0.0
    apart = min(WIDEST_SPACE, max(0.0, apart))
    ink, baseline = text_ink(setting.face, said, desk.em(), bold=setting.bold, apart=apart)
    desk.sheet.lay(ink, x, desk.y - baseline, Kind.PRINT, colour=desk.ink)
    if setting.underlined or rng.random() < 0.01:
        _underline(desk, x, x + ink.shape[1])


def _underline(desk: Desk, start: float, end: float) -> None:
    """Under words on the baseline `desk.y`: clear of them, or through their feet."""
    rng = desk.rng
    under = desk.y + desk.mm(rng.uniform(-0.1, 1.2))
    rule(desk, (start, under), (end, under), Ruling(thick=rng.uniform(0.7, 2.2), kind=Kind.LEADER))


def single_lines(desk: Desk) -> None:
    """Lines that stand alone: number, date, subject, recipient; some have figures by hand between the print."""
    rng = desk.rng
    for _ in range(rng.randint(1, 5)):
        x, said = rng.choice((desk.left, desk.left, desk.middle)), alone(rng)
        if rng.random() < 0.3:
            x += say(desk, said[:18], x, desk.y)
            room = desk.mm(rng.uniform(8, 25))
            filled(desk, x, desk.y, room)
            say(desk, forms.heading(rng)[:14], x + room, desk.y)
        elif rng.random() < LARGE:
            large = desk.points * rng.uniform(1.4, 2.3)
            say(desk, forms.heading(rng)[:16], x, desk.y, bold=int(rng.random() < 0.6), points=large)
            desk.y += desk.pitch * 0.5
        else:
            wide = say(desk, said, x, desk.y, bold=int(rng.random() < 0.2))
            if rng.random() < 0.1:
                _underline(desk, x, x + wide)
        desk.y += desk.pitch


def form_lines(desk: Desk) -> None:
    """Lines of a form: labels with lines to write on, some written or typed on."""
    for _ in range(desk.rng.randint(1, 6)):
        _form_line(desk, by_hand=desk.rng.random() < BY_HAND)


def _form_line(desk: Desk, *, by_hand: bool) -> None:
    rng, x = desk.rng, desk.left
    while x < desk.right - desk.mm(15) and desk.y < desk.bottom:
        x += say(desk, forms.heading(rng)[:24], x, desk.y, bold=int(rng.random() < 0.15))
        end = max(x, min(desk.right, x + desk.mm(rng.uniform(8, 120))))
        if rng.random() < 0.9:
            leader(desk, x, end, desk.y + desk.mm(rng.uniform(-0.2, 0.8)))
        if rng.random() < 0.65:
            if by_hand:
                filled(desk, x, desk.y, end - x)
            else:
                say(desk, short(rng, 30), x + desk.mm(2), desk.y)
        x = end + desk.mm(rng.uniform(0, 3))
        if rng.random() < 0.3:
            break
    desk.y += desk.pitch * rng.uniform(1, 1.3)


def empty_lines(desk: Desk) -> None:
    """Lines to write on over the page's width."""
    for _ in range(desk.rng.randint(1, 5)):
        leader(desk, desk.left, desk.right, desk.y)
        if desk.rng.random() < 0.4:
            filled(desk, desk.left, desk.y, desk.right - desk.left)
        desk.y += desk.pitch * 1.2


def bars(desk: Desk) -> None:
    """A bar chart as reports have it: names, and behind each a bar."""
    rng = desk.rng
    for _ in range(rng.randint(1, 6)):
        say(desk, forms.office(rng)[:20], desk.left, desk.y)
        size = (desk.mm(rng.uniform(15, 60)), desk.pitch * rng.uniform(0.5, 0.8))
        bar(desk, (desk.left + desk.mm(50), desk.y - desk.pitch * 0.6), size)
        desk.y += desk.pitch * 1.3


def signature_blocks(desk: Desk) -> None:
    """Signature blocks, up to three side by side."""
    top, lowest = desk.y, desk.y
    for place in desk.rng.choice(((0.65,), (0.5,), (0.28, 0.75), (0.2, 0.5, 0.8))):
        desk.y = top
        _signature_block(desk, desk.left + (desk.right - desk.left) * place)
        lowest = max(lowest, desk.y)
    desk.y = lowest


def _signature_block(desk: Desk, middle: float) -> None:
    """A line to sign on, or only room; name and post; a signature over what stands there."""
    rng = desk.rng
    if rng.random() < 0.5:
        _line_to_sign_on(desk, middle)
    else:
        desk.y += desk.pitch * rng.uniform(0.2, 1.2)
    signed = desk.y
    desk.y += desk.pitch
    named = (f"({forms.person(rng).strip('()')})", short(rng, 40), short(rng, 40))
    for said in named[: rng.randint(1, 3)]:
        if rng.random() < 0.06:
            filled(desk, middle - desk.mm(20), desk.y, desk.mm(40))
        else:
            say(desk, said, middle, desk.y, anchor="m")
        desk.y += desk.pitch
    if rng.random() < 0.8:
        strokes = pen.signature(rng, desk.mm(rng.uniform(15, 55)))
        at = signed + rng.uniform(-0.5, 0.8) * desk.pitch
        draw(desk, strokes, middle - desk.mm(rng.uniform(0, 25)), at, pen.width(rng) * rng.uniform(0.9, 1.4))


def _line_to_sign_on(desk: Desk, middle: float) -> None:
    rng = desk.rng
    half = desk.mm(rng.uniform(35, 65)) / 2
    start, before = middle - half - desk.mm(12), rng.choice(("(ลงชื่อ)", "ลงชื่อ", ""))
    if before:
        start += say(desk, before, start, desk.y)
    leader(desk, start, middle + half, desk.y + desk.mm(0.3))
    if rng.random() < 0.4:
        say(desk, short(rng, 26), middle + half + desk.mm(2), desk.y)
