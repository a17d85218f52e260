"""The committed samples: what is on each, and how it was scanned."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pikepdf
from PIL import Image

from samples.generator import ink, letters, truth
from samples.generator.degrade import CLEAN300, FAX, OFFICE200, PHOTOCOPY, Profile, degrade
from samples.generator.layouts import (
    BAR,
    DISTRICT,
    DONE,
    DONE_COUNT,
    OFFICE,
    PENDING,
    PENDING_COUNT,
    PERCENT,
    PROVINCE,
    SEQUENCE,
    TOTAL,
    print_table,
    status_rows,
    total_row,
)
from samples.generator.photo import photograph
from samples.generator.places import counts, provinces
from samples.generator.sheet import Sheet
from samples.generator.table import BodyRow, Column, TableSpec

PHONE_JPEG = 62
EXIF_ORIENTATION, TURN_RIGHT = 0x0112, 6
LEGEND = "หมายเหตุ สีเขียว หมายถึง ส่งข้อมูลแล้ว สีแดง หมายถึง ยังไม่ส่งข้อมูล"


@dataclass(frozen=True)
class Sample:
    """A sample as it is written: the file's name, its bytes, and the truth."""

    file: str
    content: bytes
    truth: truth.Truth


def bundle() -> Sample:
    """A forwarded letter, the circular, a statistics table on two pages, a status table: five pages in colour."""
    rng = Random("bundle")
    first, province_letter = letters.province_letter(rng)
    second, circular = letters.circular(rng)
    spec = _statistics(rng, 52)
    sheets, statistics = _over_pages(spec, (38, 53), 3, rng)
    columns = (SEQUENCE, DISTRICT, OFFICE, DONE, PENDING)
    rows = status_rows(columns, 31, rng, "น่าน")
    titles = ("บัญชีการส่งผลการสำรวจลานกีฬาและสนามเด็กเล่นของชุมชน", "จังหวัดน่าน ข้อมูล ณ วันที่ ๕ กันยายน ๒๕๖๕")
    status = TableSpec(columns, (*rows, total_row(columns, rows)), titles, marks="check-times")
    last, status_truth = print_table(status, rng, page=5)
    profile = replace(OFFICE200, jpeg=56)
    return _scanned(
        "bundle", [first, second, *sheets, last], profile, (province_letter, circular), (statistics, status_truth)
    )


def external_letter() -> Sample:
    """An external letter, clean."""
    sheet, letter = letters.external_letter(Random("external"))
    return _scanned("external_letter", [sheet], replace(CLEAN300, jpeg=70), (letter,))


def internal_memo() -> Sample:
    """An internal memo, photocopied."""
    sheet, letter = letters.internal_memo(Random("memo"))
    return _scanned("internal_memo", [sheet], replace(PHOTOCOPY, jpeg=50), (letter,))


def statistics() -> Sample:
    """A statistics table with colour bars, clean."""
    rng = Random("statistics")
    sheet, table = print_table(_statistics(rng, 27), rng)
    return _scanned("statistics", [sheet], replace(CLEAN300, jpeg=66), tables=(table,))


def status_drawn_marks() -> Sample:
    """A status table whose checks and crosses were drawn by pen, some over the border."""
    rng = Random("drawn marks")
    columns = (SEQUENCE, DISTRICT, OFFICE, DONE, PENDING)
    rows = status_rows(columns, 30, rng, "ตรัง")
    titles = ("ทะเบียนการตรวจเครื่องเล่นสนามเด็กเล่น", "จังหวัดตรัง ข้อมูล ณ วันที่ ๒๕ สิงหาคม ๒๕๖๕")
    spec = TableSpec(columns, tuple(rows), titles, marks="pen", pen=ink.Pen(ink.BLUE, 0.55, 0.04))
    sheet, table = print_table(spec, rng)
    return _scanned("status_drawn_marks", [sheet], OFFICE200, tables=(table,))


def turned_two_level() -> Sample:
    """A two-level header over marks, districts merged over their rows, the page scanned lying on its side."""
    rng = Random("turned")
    group = "การส่งข้อมูล"
    columns = (DISTRICT, SEQUENCE, OFFICE, replace(DONE, name="ส่งแล้ว", group=group), replace(PENDING, group=group))
    rows = status_rows(columns, 28, rng, "เลย")
    titles = ("สถานะการรายงานข้อมูลห้องสมุดชุมชน", "จังหวัดเลย ข้อมูล ณ วันที่ ๓๑ ตุลาคม ๒๕๖๕")
    spec = TableSpec(columns, tuple(rows), titles, marks="heavy", merge_districts=True)
    sheet, table = print_table(spec, rng)
    return _scanned("turned_two_level", [sheet], OFFICE200, tables=(table,), rotation=90)


def fax() -> Sample:
    """A statistics table with a two-level header, Arabic digits and dashes for nil, sent by fax."""
    rng = Random("fax")
    group = "ผลการรายงาน (แห่ง)"
    done = Column("ส่งแล้ว", "count", 22, "done", group)
    pending = Column("ยังไม่ส่ง", "count", 22, "pending", group)
    columns = (SEQUENCE, PROVINCE, TOTAL, done, pending, PERCENT)
    rows = tuple(BodyRow((n, name, *counts(rng))) for n, name in enumerate(provinces(30, 20), start=1))
    spec = TableSpec(columns, rows, ("ความก้าวหน้าการรายงานข้อมูลห้องสมุดชุมชน",), kind="statistics")
    sheet, table = print_table(replace(spec, thai_digits=False, nil_dash=True, rule=0.3), rng)
    return _scanned("fax", [sheet], FAX, tables=(table,))


def phone_photo() -> Sample:
    """A status table without sequence numbers, photographed by telephone; the picture is upright by its EXIF tag."""
    rng = Random("phone")
    columns = (DISTRICT, OFFICE, PENDING, DONE)
    rows = status_rows(columns, 22, rng, "สระแก้ว")
    titles = ("บัญชีการส่งผลการสำรวจลานกีฬาชุมชน", "จังหวัดสระแก้ว ข้อมูล ณ วันที่ ๑๕ พฤศจิกายน ๒๕๖๕")
    spec = TableSpec(columns, (*rows, total_row(columns, rows, "รวม")), titles, marks="check-cross", rule=0.25)
    sheet, table = print_table(spec, rng)
    photo = photograph(sheet.image, np.random.default_rng(2565)).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = TURN_RIGHT
    buffer = io.BytesIO()
    photo.save(buffer, "JPEG", quality=PHONE_JPEG, exif=exif)
    page = truth.Page(1, 0, 0.0, tuple(sheet.lines))
    return Sample("phone_photo.jpg", buffer.getvalue(), truth.Truth("phone_photo", ("phone",), (page,), (), (table,)))


Maker = Callable[[], Sample]
SAMPLES: tuple[Maker, ...] = (
    bundle,
    external_letter,
    internal_memo,
    statistics,
    status_drawn_marks,
    turned_two_level,
    fax,
    phone_photo,
)


def write(sample: Sample, folder: Path) -> None:
    """Write the scan, and beside it its truth as JSON."""
    (folder / sample.file).write_bytes(sample.content)
    truth.beside(folder / sample.file).write_text(truth.as_json(sample.truth), encoding="utf-8")


def _statistics(rng: Random, count: int) -> TableSpec:
    columns = (SEQUENCE, PROVINCE, TOTAL, DONE_COUNT, PENDING_COUNT, PERCENT, BAR)
    rows = []
    for number, name in enumerate(provinces(count), start=1):
        total, done, pending, percent = counts(rng)
        rows.append(BodyRow((number, name, total, done, pending, percent, done / total)))
    sums = list(total_row(columns, rows, "รวม").values)
    done, total = int(sums[3] or 0), int(sums[2] or 1)
    sums[5] = round(100 * done / total, 2)
    titles = ("ตารางความก้าวหน้าการสำรวจลานกีฬาและสนามเด็กเล่นของชุมชน", "ข้อมูล ณ วันที่ ๕ กันยายน ๒๕๖๕")
    return TableSpec(
        columns, (*rows, BodyRow(tuple(sums), "total")), titles, (LEGEND,), kind="statistics", row_height=6.2
    )


def _over_pages(spec: TableSpec, ends: Sequence[int], first_page: int, rng: Random) -> tuple[list[Sheet], truth.Table]:
    """The table printed over pages that end after the rows `ends`; the header is repeated, the title is not."""
    sheets: list[Sheet] = []
    rows: list[truth.Row] = []
    start = 0
    for number, end in enumerate(ends):
        last = number == len(ends) - 1
        part = replace(spec, rows=spec.rows[start:end], titles=() if number else spec.titles, notes=())
        sheet, table = print_table(replace(part, notes=spec.notes if last else ()), rng, page=first_page + number)
        sheets.append(sheet)
        rows += table.rows
        start = end
    pages = tuple(range(first_page, first_page + len(ends)))
    return sheets, replace(table, pages=pages, title=" ".join(spec.titles), rows=tuple(rows))


def _scanned(
    name: str,
    sheets: Sequence[Sheet],
    profile: Profile,
    letters_of: tuple[truth.Letter, ...] = (),
    tables: tuple[truth.Table, ...] = (),
    rotation: int = 0,
) -> Sample:
    """The sheets scanned into a PDF; turned so that `rotation` degrees clockwise make them upright."""
    images, pages = [], []
    for number, sheet in enumerate(sheets, start=1):
        seed = np.random.default_rng([sum(name.encode()), number])
        image, skew = degrade(sheet.image, profile, seed)
        turned = image.rotate(rotation, expand=True)
        images.append((turned, profile))
        pages.append(
            truth.Page(
                number, rotation, skew, tuple(sheet.lines), tuple(sheet.codes), tuple(dict.fromkeys(sheet.regions))
            )
        )
    known = truth.Truth(name, (profile.name,), tuple(pages), letters_of, tables)
    return Sample(f"{name}.pdf", as_pdf(images), known)


def as_pdf(images: Sequence[tuple[Image.Image, Profile]]) -> bytes:
    """A PDF whose pages are nothing but one picture each; the same pictures give the same bytes."""
    with pikepdf.new() as pdf:
        for image, profile in images:
            single = io.BytesIO()
            options: dict[str, Any] = {} if profile.jpeg is None else {"quality": profile.jpeg}
            image.save(single, "PDF", resolution=profile.dpi, **options)
            with pikepdf.open(single) as page:
                pdf.pages.extend(page.pages)
        whole = io.BytesIO()
        pdf.save(whole, deterministic_id=True)
    return whole.getvalue()
