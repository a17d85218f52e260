"""A font that shows nothing, for the text behind a scan: every character as wide as its ink on the paper is.

Its glyphs are boxes that are never drawn (PDFium overlooks empty glyphs that stand alone). They differ in width alone,
and a character of one width has a code of its own. So a line is one string whose characters lie where they are printed,
without gaps that a reader would take for spaces, and nothing needs to be stretched. (Tesseract's and OCRmyPDF's font
has one width, and stretches each word.)
"""

import struct
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

UNITS = 1000
"""Of the em."""

STEP = 20
"""Units between two widths: a seventieth of the line's height, under a tenth of a millimetre in print of usual size."""

WIDEST = 3 * UNITS
ASCENT, DESCENT = 1050, -400
"""The highest and the lowest ink of a line, as far from its base as poppler believes: the smaller the em, the smaller
are the gaps that it takes for spaces."""

LINE = ASCENT - DESCENT

NAME = "/Laodoc-Invisible"
SECTION = 100
"""Entries that a section of a character map may have."""


class InvisibleFont:
    """Collects the characters that a document shows, and becomes a font resource of it."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, int], int] = {}

    def encoded(self, text: str, edges: Sequence[float]) -> tuple[bytes, float]:
        """The string that shows `text` with its characters from edge to edge, one edge more than there are characters,
        in ems; and how wide it is. Rounding never adds up: each edge is rounded by itself."""
        content = bytearray()
        at = 0
        for character, edge in zip(text, edges[1:], strict=True):
            end = round((edge - edges[0]) * UNITS / STEP)
            steps = min(max(end - at, 1), WIDEST // STEP)
            at += steps
            code = self._codes.setdefault((character, steps), len(self._codes) + 1)
            content += struct.pack(">H", code)
        return bytes(content), at * STEP / UNITS

    def resource(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font with all characters that were encoded, as an object of `pdf`."""
        most = max((steps for _, steps in self._codes), default=1)
        program = font_file(most)
        file = pdf.make_stream(program, Length1=len(program))
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(NAME),
            Flags=4,
            FontBBox=Array([0, DESCENT, WIDEST, ASCENT]),
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=ASCENT,
            StemV=0,
            FontFile2=file,
        )
        glyphs = b"".join(struct.pack(">H", steps) for steps in (0, *(steps for _, steps in self._codes)))
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(NAME),
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=UNITS,
            W=Array([1, Array([steps * STEP for _, steps in self._codes])]),
            CIDToGIDMap=pdf.make_stream(glyphs),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name(NAME),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(character_map({code: key[0] for key, code in self._codes.items()})),
            )
        )


def character_map(characters: dict[int, str]) -> bytes:
    """The ToUnicode map of codes to characters."""
    lines = [f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>" for code, character in characters.items()]
    sections = [lines[start : start + SECTION] for start in range(0, len(lines), SECTION)]
    listed = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in sections)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def font_file(widths: int) -> bytes:
    """A TrueType font of `widths` + 1 glyphs; glyph n is n × `STEP` wide (the first, .notdef, one em). It has the
    tables that PDF asks for and no others."""
    count = widths + 1
    advances = [UNITS, *(STEP * number for number in range(1, count))]
    glyphs = [_glyph(advance) for advance in advances]
    tables = {
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            *(0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, UNITS, 0, 0),
            *(0, DESCENT, WIDEST, ASCENT, 0, 8, 2, 0, 0),
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x00010000, ASCENT, DESCENT, 0, max(advances), *[0] * 3, 1, *[0] * 7, count
        ),
        b"hmtx": b"".join(struct.pack(">Hh", advance, 0) for advance in advances),
        b"loca": b"".join(struct.pack(">H", number * len(glyphs[0]) // 2) for number in range(count + 1)),
        b"maxp": struct.pack(">IH13H", 0x00010000, count, 4, 1, *[0] * 2, 2, *[0] * 8),
    }
    return _joined(tables)


def _glyph(advance: int) -> bytes:
    """A box as wide as the glyph and as high as the line, of four points on the curve."""
    points = (0, advance, 0, -advance, DESCENT, 0, LINE, 0)  # steps to the right, then steps upwards
    return struct.pack(">5h2H4B8h", 1, 0, DESCENT, advance, ASCENT, 3, 0, *[1] * 4, *points)


def _joined(tables: dict[bytes, bytes]) -> bytes:
    """The tables behind their directory, each with its checksum, and that of the whole in `head`."""
    power = len(tables).bit_length() - 1
    directory = struct.pack(">IHHHH", 0x00010000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    offset, entries, bodies = len(directory) + 16 * len(tables), b"", b""
    for tag, body in tables.items():
        padded = body + bytes(-len(body) % 4)
        entries += struct.pack(">4sIII", tag, _checksum(padded), offset + len(bodies), len(body))
        bodies += padded
    whole = bytearray(directory + entries + bodies)
    adjustment = (0xB1B0AFBA - _checksum(bytes(whole))) % (1 << 32)
    head = offset + sum(len(body) + -len(body) % 4 for tag, body in tables.items() if tag < b"head")
    struct.pack_into(">I", whole, head + 8, adjustment)
    return bytes(whole)


def _checksum(padded: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) % (1 << 32)
