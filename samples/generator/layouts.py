"""Tables in many layouts, and one call that makes a scanned page of one."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
from PIL import Image

from samples.generator import ink, truth
from samples.generator.damage import Spoil, unspoilt
from samples.generator.degrade import Profile, compressed, degrade
from samples.generator.marks import MARK_STYLES
from samples.generator.places import counts, offices, provinces
from samples.generator.sheet import Sheet, thai
from samples.generator.table import BodyRow, Column, TableSpec, Value, columns_truth, draw_table

TITLE_MM, TOP_MM = 7.0, 22.0

SEQUENCE = Column("ลำดับ", "sequence", 12)
DISTRICT = Column("อำเภอ", "district", 30)
OFFICE = Column("อปท.", "organisation", 42)
DONE = Column("ส่งข้อมูล|ครบถ้วนแล้ว", "mark", 26, "done")
PENDING = Column("ยังไม่ส่ง|ข้อมูล", "mark", 26, "pending")
PROVINCE = Column("จังหวัด", "province", 34)
TOTAL = Column("จำนวน อปท.| (แห่ง)", "count", 22, "total")
DONE_COUNT = Column("ส่งข้อมูลแล้ว| (แห่ง)", "count", 24, "done")
PENDING_COUNT = Column("ยังไม่ส่ง| (แห่ง)", "count", 22, "pending")
PERCENT = Column("ร้อยละ|ที่ส่งแล้ว", "percent", 20, "done")
BAR = Column("แถบสี|แสดงความก้าวหน้า", "bar", 34)


def make_table_page(
    spec: TableSpec, profile: Profile, seed: int, spoil: Spoil = unspoilt
) -> tuple[Image.Image, truth.Truth]:
    """A scan of one page with the table on it, and what it says. The same arguments give the same pixels."""
    sheet, table = print_table(spec, Random(seed))
    image, skew = degrade(spoil(sheet.image, Random(seed)), profile, np.random.default_rng(seed))
    page = truth.Page(1, 0, skew, tuple(sheet.lines))
    return compressed(image, profile), truth.Truth("table", (profile.name,), (page,), tables=(table,))


def print_table(spec: TableSpec, rng: Random, page: int = 1) -> tuple[Sheet, truth.Table]:
    """A sheet with the table, its titles and notes, not yet scanned."""
    sheet = Sheet(297.0, 210.0, spec.face) if spec.landscape else Sheet(face=spec.face)
    baseline = TOP_MM
    for title in spec.titles:
        sheet.write(sheet.width_mm / 2, baseline, title, weight="Bold", align="m")
        baseline += TITLE_MM
    bottom, rows = draw_table(sheet, spec, spec.rows, top=baseline - 2.0, page=page, rng=rng)
    for number, note in enumerate(spec.notes):
        sheet.write((sheet.width_mm - spec.width) / 2, bottom + 6.5 + 6.0 * number, note, size=9.5)
    title = " ".join(spec.titles)
    return sheet, truth.Table((page,), spec.kind, title, columns_truth(spec), rows, spec.notes)


def layout(name: str, seed: int, face: str = "Sarabun") -> TableSpec:
    """The table of the named layout, filled at random.

    Raises:
        KeyError: there is no layout of this name.
    """
    return replace(LAYOUTS[name](Random(f"{name}/{seed}")), face=face)


def marks_of(done: bool) -> tuple[str, str]:
    """The marks in the columns done and pending."""
    return ("check", "none") if done else ("none", "cross")


def status_rows(columns: tuple[Column, ...], count: int, rng: Random, province: str) -> list[BodyRow]:
    """Rows of a status table, values in the order of the columns."""
    rows = []
    for number, (district, office) in enumerate(offices(province, count, rng), start=1):
        done, pending = marks_of(rng.random() < 0.5)
        total, some, rest, percent = counts(rng)
        numbers = {"total": total, "done": some, "pending": rest}
        values: dict[str, Value] = {"sequence": number, "district": district, "organisation": office, "remark": None}
        rows.append(
            BodyRow(
                tuple(
                    (done if column.meaning == "done" else pending)
                    if column.role == "mark"
                    else numbers[column.meaning or "total"]
                    if column.role == "count"
                    else percent
                    if column.role == "percent"
                    else values[column.role]
                    for column in columns
                )
            )
        )
    return rows


def total_row(columns: tuple[Column, ...], rows: list[BodyRow], label: str = "รวมทั้งสิ้น") -> BodyRow:
    """The row that adds up the others: marks counted, counts summed, percent of the sums."""
    body = [row for row in rows if row.kind == "row"]
    values: list[Value] = []
    for index, column in enumerate(columns):
        cells = [row.values[index] for row in body]
        if column.role == "mark":
            values.append(sum(cell != "none" for cell in cells))
        elif column.role == "count":
            values.append(sum(int(cell or 0) for cell in cells))
        else:
            values.append(None)
    values[next(i for i, c in enumerate(columns) if c.role in ("sequence", "district", "organisation"))] = label
    return BodyRow(tuple(values), "total")


def _titles(rng: Random, province: str) -> tuple[str, ...]:
    day = thai(rng.randint(1, 28))
    return (
        rng.choice(("บัญชีผลการสำรวจลานกีฬาชุมชน", "สถานะการรายงานข้อมูลห้องสมุดชุมชน", "ผลการตรวจเครื่องเล่นสนามเด็กเล่น")),
        f"จังหวัด{province} ข้อมูล ณ วันที่ {day} กันยายน ๒๕๖๕",
    )


def _status(columns: tuple[Column, ...], count: int, rng: Random, **look: Any) -> tuple[TableSpec, list[BodyRow]]:
    province = rng.choice(("น่าน", "ตรัง", "เลย", "สระแก้ว"))
    rows = status_rows(columns, count, rng, province)
    marks = rng.choice(MARK_STYLES)
    pen = ink.Pen(rng.choice((ink.BLUE, ink.DARK)), rng.uniform(0.38, 0.7))
    spec = TableSpec(columns, tuple(rows), _titles(rng, province), marks=marks, pen=pen)
    return replace(spec, **look), rows


def _two_level(rng: Random) -> TableSpec:
    group = "ผลการรายงาน"
    columns = (SEQUENCE, DISTRICT, OFFICE, replace(DONE, group=group), replace(PENDING, group=group))
    return _status(columns, rng.randint(22, 32), rng)[0]


def _two_level_counts(rng: Random) -> TableSpec:
    group = "จำนวนที่รายงาน (แห่ง)"
    columns = (
        SEQUENCE,
        PROVINCE,
        TOTAL,
        replace(DONE_COUNT, name="แล้ว", group=group),
        replace(PENDING_COUNT, name="ยังไม่แล้ว", group=group),
        PERCENT,
    )
    rows = []
    for number, name in enumerate(provinces(rng.randint(24, 34), rng.randint(0, 40)), start=1):
        rows.append(BodyRow((number, name, *counts(rng))))
    spec = TableSpec(columns, tuple(rows), ("ผลการรายงานข้อมูลลานกีฬาชุมชน รายจังหวัด",), kind="statistics")
    return replace(spec, thai_digits=rng.random() < 0.7, nil_dash=rng.random() < 0.5)


def _other_order(rng: Random) -> TableSpec:
    return _status((OFFICE, DISTRICT, PENDING, DONE, SEQUENCE), rng.randint(20, 32), rng)[0]


def _marks_left(rng: Random) -> TableSpec:
    columns = (SEQUENCE, DONE, PENDING, OFFICE, DISTRICT, TOTAL, DONE_COUNT)
    return _status(columns, rng.randint(20, 30), rng, size=9.0)[0]


def _no_sequence(rng: Random) -> TableSpec:
    return _status((DISTRICT, OFFICE, DONE, PENDING), rng.randint(20, 32), rng)[0]


def _open_border(rng: Random) -> TableSpec:
    return _status((SEQUENCE, DISTRICT, OFFICE, DONE, PENDING), rng.randint(18, 30), rng, outer_border=False)[0]


def _merged_districts(rng: Random) -> TableSpec:
    return _status((DISTRICT, SEQUENCE, OFFICE, DONE, PENDING), rng.randint(20, 32), rng, merge_districts=True)[0]


def _group_rows(rng: Random) -> TableSpec:
    columns = (SEQUENCE, DISTRICT, OFFICE, DONE, PENDING)
    spec, rows = _status(columns, rng.randint(18, 26), rng)
    grouped: list[BodyRow] = []
    for row in rows:
        heading = f"อำเภอ{row.values[1]}"
        if heading not in (group.values[0] for group in grouped if group.kind == "group"):
            grouped.append(BodyRow((heading,), "group"))
        grouped.append(BodyRow((row.values[0], *row.values[2:])))
    return replace(spec, columns=(columns[0], *columns[2:]), rows=tuple(grouped))


def _with_total(rng: Random) -> TableSpec:
    columns = (SEQUENCE, DISTRICT, OFFICE, DONE, PENDING)
    spec, rows = _status(columns, rng.randint(18, 30), rng)
    return replace(spec, rows=(*rows, total_row(columns, rows)), notes=("หมายเหตุ แห่ง หมายถึง องค์กรปกครองส่วนท้องถิ่น",))


def _landscape(rng: Random) -> TableSpec:
    remark = Column("หมายเหตุ", "remark", 30)
    columns = (SEQUENCE, DISTRICT, OFFICE, TOTAL, DONE_COUNT, PENDING_COUNT, PERCENT, DONE, PENDING, remark)
    return _status(columns, rng.randint(14, 20), rng, landscape=True, width=262.0)[0]


def _dense(rng: Random) -> TableSpec:
    columns = (SEQUENCE, DISTRICT, OFFICE, DONE, PENDING)
    return _status(columns, 44, rng, row_height=5.3, size=8.5, rule=0.16)[0]


def _no_rules(rng: Random) -> TableSpec:
    return replace(_with_total(rng), rule=0.0)


def _no_rules_counts(rng: Random) -> TableSpec:
    return replace(
        _two_level_counts(rng), columns=(SEQUENCE, PROVINCE, TOTAL, DONE_COUNT, PENDING_COUNT, PERCENT), rule=0.0
    )


def _repeated_names(rng: Random) -> TableSpec:
    """The same names under one another in every row: their stems stand in one line, as a ruling would."""
    spec, rows = _status((SEQUENCE, DISTRICT, OFFICE, DONE, PENDING), rng.randint(20, 32), rng)
    return replace(spec, rows=tuple(_with_one_name(rows, rng)))


def _repeated_names_counts(rng: Random) -> TableSpec:
    columns = (SEQUENCE, DISTRICT, OFFICE, TOTAL, DONE_COUNT, PENDING_COUNT)
    spec, rows = _status(columns, rng.randint(20, 30), rng, kind="statistics")
    return replace(spec, rows=tuple(_with_one_name(rows, rng)))


def _with_one_name(rows: list[BodyRow], rng: Random) -> list[BodyRow]:
    district, office = rng.choice(rows).values[1:3]
    return [BodyRow((row.values[0], district, office, *row.values[3:])) for row in rows]


LAYOUTS: dict[str, Callable[[Random], TableSpec]] = {
    "two-level": _two_level,
    "two-level-counts": _two_level_counts,
    "other-order": _other_order,
    "marks-left": _marks_left,
    "no-sequence": _no_sequence,
    "open-border": _open_border,
    "merged-districts": _merged_districts,
    "group-rows": _group_rows,
    "with-total": _with_total,
    "landscape": _landscape,
    "dense": _dense,
    "no-rules": _no_rules,
    "no-rules-counts": _no_rules_counts,
    "repeated-names": _repeated_names,
    "repeated-names-counts": _repeated_names_counts,
}
