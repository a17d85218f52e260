"""Records: one a body row of every statistics or status table, with what merged cells and group rows say filled in."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import Literal

from laodoc.document import Cell, Counts, Letter, MarkKind, Meaning, Record, Role, Row, Table
from laodoc.parsing.cues import any_of

ID_DIGITS = 16
"""Hexadecimal digits of an id: 64 bits, so that two of a million rows share one by chance once in 40 million files."""

_PROVINCE = re.compile(rf"[\s\W\d]*{any_of(('จังหวัด',))}(?P<name>.*\w.*)")
_DISTRICT = re.compile(rf"[\s\W\d]*{any_of(('อำเภอ', 'กิ่งอำเภอ', 'เขต'))}(?P<name>.*\w.*)")


@dataclass(frozen=True, slots=True)
class _Places:
    """What the rows above say of a row: the names that hold until another is printed."""

    province: str | None
    district: str | None


def build_records(tables: Sequence[Table], letters: Sequence[Letter]) -> tuple[Record, ...]:
    """The records of all statistics and status tables, in the order of their rows."""
    found = [record for table in tables if table.kind != "other" for record in _records_of(table, letters)]
    seen: Counter[str] = Counter()
    unique = []
    for record in found:
        seen[record.id] += 1
        again = f"-{seen[record.id]}" if seen[record.id] > 1 else ""
        unique.append(record.model_copy(update={"id": record.id + again}))
    return tuple(unique)


def record_id(table: Table, places: _Places, organisation: str | None, sequence: int | None) -> str:
    """An id that another scan of the same paper gives again as long as the names are read alike.

    It is made of the table's kind and the row's province, district and organisation, and of its running number only
    where no name was read; title, page, place on the page and values have no part in it. A second row that would have
    the same id gets `-2`.
    """
    names = (places.province, places.district, organisation)
    parts = [table.kind, *("".join((name or "").split()) for name in names)]
    if not any((places.district, organisation)) and (table.province or not places.province):
        parts.append(str(sequence))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:ID_DIGITS]


def _records_of(table: Table, letters: Sequence[Letter]) -> Iterator[Record]:
    letter = next((letter.id for letter in letters if table.id in letter.attachments), None)
    as_of = str(table.as_of.value) if table.as_of and table.as_of.value else None
    places = _Places(table.province, None)
    for row in table.rows:
        if row.kind == "group":
            places = _after_group(row, places)
        if row.kind != "row":
            continue
        places = _after_row(row, places, table)
        organisation = _organisation(row, table)
        sequence = _number(_cell(row, table, "sequence"))
        used = _cells_used(row, table)
        code = next((cell.place.code for cell in reversed(used) if cell.place), None)
        status, counts = _status(row, table), _counts(row, table)
        if not any((*astuple(places), organisation, status, counts)):
            continue
        yield Record(
            id=record_id(table, places, organisation, sequence if isinstance(sequence, int) else None),
            table=table.id,
            sequence=sequence if isinstance(sequence, int) else None,
            province=places.province,
            district=places.district,
            organisation=organisation,
            place_code=code,
            status=status,
            counts=counts,
            as_of=as_of,
            letter=letter,
            page=row.page,
            confidence=min((cell.confidence for cell in used), default=0.0),
        )


def _cell(row: Row, table: Table, role: Role, meaning: Meaning | None = None) -> Cell | None:
    """The row's cell in the only column of this role (and meaning, where one is given); None if there are several."""
    columns = [c.index for c in table.columns if c.role == role and meaning in (None, c.meaning)]
    return next((cell for cell in row.cells if [cell.column] == columns), None)


def _words(cell: Cell | None) -> str | None:
    """The name in a cell: its corrected spelling where there is one."""
    if cell is None:
        return None
    return str(cell.value) if isinstance(cell.value, str) and cell.value else cell.text or None


def _number(cell: Cell | None) -> int | float | None:
    return cell.value if cell is not None and isinstance(cell.value, int | float) else None


def _organisation(row: Row, table: Table) -> str | None:
    return _words(_cell(row, table, "organisation")) or _words(_cell(row, table, "name"))


def _after_row(row: Row, places: _Places, table: Table) -> _Places:
    """The places that hold from this row on; a new province ends the district of the one before."""
    province = _words(_cell(row, table, "province"))
    district = _words(_cell(row, table, "district"))
    if province and province != places.province:
        return _Places(province, district)
    return _Places(places.province, district or places.district)


def _after_group(row: Row, places: _Places) -> _Places:
    """The places that hold below a heading that names a province or a district; any other heading changes nothing."""
    heading = next((cell.said for cell in row.cells if cell.said), "")
    province, district = _PROVINCE.match(heading), _DISTRICT.match(heading)
    if province:
        return _Places(province["name"].strip(), None)
    return _Places(places.province, district["name"].strip()) if district else places


def _status(row: Row, table: Table) -> Literal["done", "pending"] | None:
    """Done for a check under done, pending for a check or a cross under pending; both, neither or doubt say nothing."""
    meanings: tuple[Meaning, Meaning] = ("done", "pending")
    done, pending = (_mark(_cell(row, table, "mark", meaning)) for meaning in meanings)
    if done == "check" and pending == "none":
        return "done"
    return "pending" if done == "none" and pending in ("check", "cross") else None


def _mark(cell: Cell | None) -> MarkKind | None:
    """The cell's mark; where the table has no such column, there is none in it."""
    return "none" if cell is None else cell.mark


def _counts(row: Row, table: Table) -> Counts | None:
    """The numbers of the row; None where the table counts nothing of what a record has."""
    total, done, pending = (_cell(row, table, "count", meaning) for meaning in ("total", "done", "pending"))
    percent = _cell(row, table, "percent", "done") or _cell(row, table, "percent")
    if not any((total, done, pending)):
        return None
    share = _number(percent)
    return Counts(
        total=_number(total),
        done=_number(done),
        pending=_number(pending),
        percent=None if share is None else float(share),
    )


def _cells_used(row: Row, table: Table) -> list[Cell]:
    """The cells that a record takes its values from."""
    taken = {
        c.index for c in table.columns if c.role not in ("bar", "remark", "text", "amount", "date", "number", "party")
    }
    return [cell for cell in row.cells if cell.column in taken]
