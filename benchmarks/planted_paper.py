"""Records of made-up papers in which everything agrees: what faults are planted in.

Written from the record's contract and from how offices write, not from the checks. A paper is what is printed, cell by
cell; `record` is what a recognizer makes of it, with a doubt and alternatives a cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from pythainlp.util import bahttext, num_to_thaiword

from laodoc.document import (
    Alternative,
    Bar,
    BBox,
    Cell,
    Column,
    Document,
    EngineInfo,
    Field,
    LegendEntry,
    Letter,
    Line,
    Page,
    Row,
    Source,
    Table,
)
from laodoc.thai.digits import parse_number, to_thai
from laodoc.thai.places import districts, provinces, subdistricts

LIKE = {"0": "1", "1": "0", "2": "6", "3": "7", "4": "5", "5": "4", "6": "9", "7": "3", "8": "4", "9": "6"}
"""A Thai digit (as Arabic) and the one that it is most often taken for."""


@dataclass
class Ink:
    """One printed cell and how it is read: `printed` on paper, `read` by the recognizer, alternatives beside."""

    printed: str
    read: str = ""
    confidence: float = 0.99
    others: list[tuple[str, float]] = field(default_factory=list)
    mark: str | None = None
    bar: float | None = None

    def __post_init__(self) -> None:
        self.read = self.read or self.printed


@dataclass
class Printed:
    """One row of a table: its kind and a cell a column."""

    kind: str
    cells: list[Ink]


@dataclass
class Paper:
    """A table and what stands around it. `columns`: (header, role, meaning)."""

    kind: str
    columns: list[tuple[str, str, str | None]]
    rows: list[Printed]
    sentences: list[str] = field(default_factory=list)
    letter: list[str] = field(default_factory=list)
    province: str | None = None
    notes: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)

    def at(self, role: str, meaning: str | None = None) -> int:
        """The column of this role and meaning."""
        return next(i for i, (_, r, m) in enumerate(self.columns) if (r, m) == (role, meaning))

    def body(self) -> list[Printed]:
        """The body rows."""
        return [row for row in self.rows if row.kind == "row"]


def percent(done: int, total: int, how: str = ROUND_HALF_UP) -> str:
    """`done` of `total` in per cent with two decimals, rounded or truncated."""
    return str((Decimal(done) * 100 / Decimal(total)).quantize(Decimal("0.01"), how)) if total else "0.00"


def number(value: object) -> str:
    """A number as offices print it: Thai digits, thousands divided."""
    return to_thai(f"{value:,}" if isinstance(value, int) else str(value))


def statistics(rng: Random, *, groups: bool = False, bar: bool = True, truncated: bool = False) -> Paper:
    """A table of provinces: total, done, pending, percent and perhaps a bar; total row and a sentence about it."""
    how = ROUND_DOWN if truncated else ROUND_HALF_UP
    columns = [
        ("ลำดับ", "sequence", None),
        ("จังหวัด", "province", None),
        ("จำนวน อปท. (แห่ง)", "count", "total"),
        ("รายงานแล้ว (แห่ง)", "count", "done"),
        ("ยังไม่รายงาน (แห่ง)", "count", "pending"),
        ("ร้อยละของ อปท. ที่รายงานแล้ว", "percent", "done"),
    ]
    if bar:
        columns.append(("แถบสีแสดงสถานะ", "bar", None))
    names = [p.name for p in rng.sample(provinces(), rng.randint(12, 30))]
    cut = sorted(rng.sample(range(3, len(names) - 2), 2)) if groups else []
    rows: list[Printed] = []
    part, whole = [0, 0], [0, 0]

    def line(kind: str, first: str, name: str, done: int, total: int) -> Printed:
        share = percent(done, total, how)
        texts = [first, name, number(total), number(done), number(total - done), to_thai(share)]
        cells = [Ink(text) for text in texts]
        if bar:
            shown = min(1.0, max(0.0, float(share) / 100 + rng.uniform(-0.008, 0.008)))
            cells.append(Ink("", bar=shown if kind == "row" else None))
        return Printed(kind, cells)

    def close() -> None:
        rows.append(line("subtotal", "", "รวมภาค", *part))
        part[:] = [0, 0]

    if groups:
        rows.append(Printed("group", [Ink("ภาคที่ ๑"), *(Ink("") for _ in columns[1:])]))
    for index, name in enumerate(names):
        if index in cut:
            close()
            rows.append(
                Printed("group", [Ink(f"ภาคที่ {number(cut.index(index) + 2)}"), *(Ink("") for _ in columns[1:])])
            )
        total = rng.randint(20, 340)
        done = min(total, int(total * rng.random() ** 3))
        rows.append(line("row", number(index + 1), name, done, total))
        for sums in (part, whole):
            sums[0], sums[1] = sums[0] + done, sums[1] + total
    if groups:
        close()
    rows.append(line("total", "", "รวม", *whole))
    done, total = whole
    sentence = (
        f"ในภาพรวมมี อปท. จำนวน {number(total)} แห่ง รายงานแล้ว จำนวน {number(done)} แห่ง คิดเป็นร้อยละ "
        f"{to_thai(percent(done, total, how))} และยังไม่รายงาน จำนวน {number(total - done)} แห่ง"
    )
    return Paper("statistics", columns, rows, sentences=[sentence])


def status(rng: Random) -> Paper:
    """A table of local bodies of one province: a check or a cross in one of two columns, and how many of each."""
    columns = [
        ("ที่", "sequence", None),
        ("อำเภอ", "district", None),
        ("อปท.", "organisation", None),
        ("รายงานแล้ว", "mark", "done"),
        ("ยังไม่รายงาน", "mark", "pending"),
    ]
    province = rng.choice([p for p in provinces() if p.name != "กรุงเทพมหานคร"])
    rows: list[Printed] = []
    for district in rng.sample(districts(province.code), 3):
        for body in subdistricts(district.code)[: rng.randint(3, 7)]:
            done = rng.random() < 0.3
            marks = [Ink("", mark="check" if done else "none"), Ink("", mark="none" if done else "cross")]
            texts = [number(len(rows) + 1), district.name, rng.choice(("อบต.", "ทต.")) + body.name]
            rows.append(Printed("row", [*map(Ink, texts), *marks]))
    done_count = sum(row.cells[3].mark == "check" for row in rows)
    ends = [Ink("รวม"), Ink(""), Ink(""), Ink(number(done_count)), Ink(number(len(rows) - done_count))]
    rows.append(Printed("total", ends))
    return Paper("status", columns, rows, province=province.name)


def budget(rng: Random) -> Paper:
    """A table of amounts with a total row, and a letter that spells its sum."""
    columns = [("ลำดับที่", "sequence", None), ("รายการ", "text", None), ("จำนวนเงิน (บาท)", "amount", None)]
    amounts = [rng.randint(12, 9000) * 100 for _ in range(rng.randint(5, 9))]
    rows = [
        Printed("row", [Ink(number(i + 1)), Ink(f"ค่าใช้จ่ายรายการ {'กขคงจฉชซฌ'[i]}"), Ink(number(amount))])
        for i, amount in enumerate(amounts)
    ]
    total = sum(amounts)
    rows.append(Printed("total", [Ink("รวมเป็นเงิน"), Ink(""), Ink(number(total))]))
    letter = [
        f"จึงขออนุมัติเบิกจ่ายเงิน จำนวน {number(total)} บาท ({bahttext(total)})",
        f"เพื่อดำเนินการรวม {number(len(amounts))} รายการ ({num_to_thaiword(len(amounts))}รายการ)",
    ]
    return Paper("other", columns, rows, letter=letter)


def votes(rng: Random) -> Paper:
    """A table of votes, each spelled out in the next column."""
    columns = [
        ("หมายเลข", "sequence", None),
        ("ผู้สมัคร", "name", None),
        ("คะแนน", "count", None),
        ("คะแนน (ตัวอักษร)", "text", None),
    ]
    counts = [rng.choice((rng.randint(0, 99), rng.randint(100, 29999))) for _ in range(rng.randint(5, 10))]
    rows = [
        Printed(
            "row", [Ink(number(i + 1)), Ink(f"นายตัวอย่าง {'กขคงจฉชซฌญ'[i]}"), Ink(number(c)), Ink(num_to_thaiword(c))]
        )
        for i, c in enumerate(counts)
    ]
    rows.append(
        Printed("total", [Ink("รวม"), Ink(""), Ink(number(sum(counts))), Ink(num_to_thaiword(sum(counts)))]),
    )
    return Paper("other", columns, rows)


def record(paper: Paper) -> Document:
    """What the recognizer makes of the paper: table and, where there is one, the letter before it."""
    pages = [_page(1, paper.letter), _page(2, paper.sentences)] if paper.letter else [_page(1, paper.sentences)]
    last = len(pages)
    rows = [
        _header(paper, last),
        *(_row(line, paper, index, last) for index, line in enumerate(paper.rows)),
    ]
    table = Table(
        id="table-1",
        pages=(last,),
        title="สรุปผลการรายงาน",
        kind=paper.kind,  # type: ignore[arg-type]
        province=paper.province,
        as_of=None,
        unit=None,
        notes=tuple(paper.notes + paper.sentences),
        legend=(LegendEntry(colour="green", meaning="done", text="สีเขียว"),) if paper.kind == "statistics" else (),
        columns=tuple(
            Column(index=i, header=header, role=role, meaning=meaning)  # type: ignore[arg-type]
            for i, (header, role, meaning) in enumerate(paper.columns)
        ),
        rows=tuple(rows),
    )
    letters = (_letter(paper),) if paper.letter else ()
    return Document(
        source=Source(name="planted.pdf", sha256="0" * 64, bytes=1, pages=last),
        engine=EngineInfo(name="planted", version="1", sha256=None),
        pages=tuple(pages),
        letters=letters,
        tables=(table,),
        records=(),
        routing=(),
        findings=(),
    )


def _page(page: int, sentences: Sequence[str]) -> Page:
    lines = tuple(
        Line(text=text, bbox=BBox(200, 2900 + 60 * i, 2200, 2950 + 60 * i), confidence=0.98, script="print")
        for i, text in enumerate(sentences)
    )
    return Page(
        number=page,
        source_page=page,
        width=2480,
        height=3508,
        dpi=300.0,
        source_dpi=300.0,
        rotation=0,
        skew=0.0,
        to_source=(0.24, 0.0, 0.0, 0.0, 0.24, 0.0),
        text_layer="none",
        text="\n".join(sentences),
        lines=lines,
        codes=(),
        checkboxes=(),
        regions=(),
    )


def _letter(paper: Paper) -> Letter:
    nothing: dict[str, Any] = dict.fromkeys(
        ("number", "sender", "subject", "urgency", "secrecy", "action", "deadline", "as_of", "signatory")
    )
    many: dict[str, Any] = dict.fromkeys(
        ("recipients", "references", "enclosures", "contacts", "received", "endorsements"), ()
    )
    date = Field(text="๑๑ มิถุนายน ๒๕๖๓", value="2020-06-11", page=1, bbox=BBox(1200, 400, 1700, 450), confidence=0.99)
    return Letter(id="letter-1", pages=(1,), form="stamped", date=date, attachments=("table-1",), **nothing, **many)


def _header(paper: Paper, page: int) -> Row:
    cells = (
        Cell(column=i, text=header, bbox=_box(-1, i), confidence=0.99) for i, (header, _, _) in enumerate(paper.columns)
    )
    return Row(page=page, kind="header", cells=tuple(cells))


def _row(line: Printed, paper: Paper, index: int, page: int) -> Row:
    if line.kind == "group":
        text = line.cells[0].read
        cell = Cell(column=0, column_span=len(paper.columns), text=text, bbox=_box(index, 0), confidence=0.99)
        return Row(page=page, kind="group", cells=(cell,))
    cells = (_cell(ink, line.kind, paper.columns[i][1], _box(index, i)) for i, ink in enumerate(line.cells))
    return Row(page=page, kind=line.kind, cells=tuple(cells))  # type: ignore[arg-type]


def _cell(ink: Ink, kind: str, role: str, box: BBox) -> Cell:
    column = (box.left - 100) // 250
    more: dict[str, Any] = {}
    if role == "mark" and kind == "row":
        more["mark"] = ink.mark
    elif role == "bar":
        if ink.bar is not None:
            more["bar"] = Bar(green=round(ink.bar, 3), red=round(1 - ink.bar, 3))
    elif role in ("sequence", "count", "percent", "amount", "mark"):
        more["value"] = parse_number(ink.read) if ink.read else None
    elif ink.read:
        more["value"] = ink.read
    if ink.others:
        more["alternatives"] = tuple(Alternative(text=text, confidence=c) for text, c in ink.others)
    return Cell(column=column, text=ink.read, bbox=box, confidence=ink.confidence, **more)


def _box(row: int, column: int) -> BBox:
    return BBox(100 + 250 * column, 400 + 50 * row, 340 + 250 * column, 445 + 50 * row)
