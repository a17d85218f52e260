"""Names of places in tables: each matched to the official list within what its row, table and letter say.

A name that the list has is taken as it was read. A name that it does not have is corrected only where there is one near
name in its context and the reading itself was in doubt; anything else is kept, for local bodies may bear names that no
subdistrict has.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from laodoc.document import Cell, Letter, Place, Role, Row, Table
from laodoc.thai import places
from laodoc.thai.lookalikes import MARK, distance
from laodoc.thai.places import NAMED_BY_SUBDISTRICT

SURE = 0.995
"""Confidence from which the name of a local body is not corrected: what is so clear and unknown is a name that the list
of subdistricts lacks. The lists of provinces and districts are whole; and where a body bears its subdistrict's name by
law, one lost mark is set right all the same: on a fax the paper itself has lost it."""

NEAR = 1.2
"""Cost (`lookalikes.distance`) up to which a name may be a misreading of another: three marks, or a strange letter."""

FAR, FAR_LETTERS = 1.8, 8
"""The same for a name of so many characters among those of its own district, where no other is nearly as near."""

NEAR_SHARE = 0.25
"""… and at most so much a character of the name: in two letters everything is near everything."""

CLEAR = 0.4
"""By how much the nearest name must be nearer than the next."""

OFFERED = 0.3
"""What a name costs at most that the recognizer itself offered as another reading."""

PLACED: tuple[Role, ...] = ("province", "district", "organisation", "name")


@dataclass(frozen=True, slots=True)
class Context:
    """The province and district in which a row stands, where they are known."""

    province: Place | None = None
    district: Place | None = None

    @property
    def area(self) -> str | None:
        """The code of the smallest known area."""
        known = self.district or self.province
        return known.code if known else None


def place_tables(tables: Sequence[Table], letters: Sequence[Letter]) -> tuple[Table, ...]:
    """The tables with the places of their cells, misread names in the spelling of the list."""
    return tuple(_placed(table, _province_of(table, letters)) for table in tables)


def _province_of(table: Table, letters: Sequence[Letter]) -> Place | None:
    """The province that the table names, else that of the office that numbered its letter."""
    if table.province:
        return places.find_province(table.province)
    numbers = [str(letter.number.value) for letter in letters if table.id in letter.attachments and letter.number]
    found = {place for number in numbers if (place := places.province_of_letters(number.split(" ")[0]))}
    return found.pop() if len(found) == 1 else None


def _placed(table: Table, province: Place | None) -> Table:
    context, rows = Context(province), []
    roles = {column.index: column.role for column in table.columns}
    for row in table.rows:
        if row.kind == "group":
            context = _after_heading(row, context)
        if row.kind in ("row", "group"):
            row, context = _place_row(row, roles, context)
        rows.append(row)
    return table.model_copy(update={"rows": tuple(rows)})


def _after_heading(row: Row, context: Context) -> Context:
    """The context below a heading that names a province or a district."""
    for cell in row.cells:
        plain = "".join(cell.said.split()).strip("0123456789๐๑๒๓๔๕๖๗๘๙.()-")
        if plain.startswith(("จังหวัด", "จ.")) and (province := _one(plain, "province", Context(), cell)):
            return Context(province)
        if plain.startswith(("อำเภอ", "อ.", "กิ่งอำเภอ", "เขต")) and (
            district := _one(places.bare(plain, "district"), "district", context, cell)
        ):
            return replace(context, district=district)
    return context


def _place_row(row: Row, roles: dict[int, Role], context: Context) -> tuple[Row, Context]:
    """The row with its places, and what holds from it on; provinces are looked at before districts, these before
    bodies, wherever their columns stand."""
    cells = {cell.column: cell for cell in row.cells}
    for role in PLACED:
        for index, cell in list(cells.items()):
            if roles.get(index) != role or not cell.said or (row.kind == "group" and role != "district"):
                continue
            cells[index] = place_cell(cell, role, context)
            place = cells[index].place
            if place is None:
                continue
            if place.kind == "province" and role == "province" and place != context.province:
                context = Context(place)
            elif place.kind == "district" and role == "district":
                context = Context(context.province, place)
    return row.model_copy(update={"cells": tuple(cells[cell.column] for cell in row.cells)}), context


def place_cell(cell: Cell, role: Role, context: Context) -> Cell:
    """The cell with the place that its name is, and where the name was misread, the right spelling as its value; what
    a person has put right keeps that spelling."""
    text = " ".join(cell.said.split())
    if role in ("province", "district"):
        start, name = _leading(text, _words_of(role))
        kinds: tuple[str, ...] = (role,)
    else:
        start, name = _leading(text, places.LOCAL_BODIES)
        kinds = ("subdistrict", "district", "province")
        if not start:
            kinds = ("province", "district", "subdistrict") if role == "name" else kinds
    if not name or not re.search("[ก-ฮ]", name):
        return cell
    for kind in kinds:
        if place := _exact(name, kind, context):
            return cell.model_copy(update={"place": place})
    if cell.corrected:
        return cell.model_copy(update={"place": None})
    if role == "name" and not start:
        return cell
    for kind in kinds[:1]:
        if place := _one(name, kind, context, cell):
            return cell.model_copy(update={"place": place, "value": text[: len(text) - len(name)] + place.name})
    return cell


def _words_of(role: Role) -> Iterable[str]:
    return ("จังหวัด", "จ.") if role == "province" else ("กิ่งอำเภอ", "อำเภอ", "เขต", "อ.")


def _leading(text: str, words: Iterable[str]) -> tuple[str, str]:
    """The word for the kind of body at the start of a name, and the name behind it."""
    for word in sorted(words, key=len, reverse=True):
        if text.startswith(word) and len(text) > len(word):
            return word, text[len(word) :].strip()
    return "", text


def _listed(kind: str, context: Context) -> tuple[Place, ...]:
    if kind == "province":
        return places.provinces()
    if kind == "district":
        return places.districts(context.province.code if context.province else None)
    return places.subdistricts(context.area)


def _exact(name: str, kind: str, context: Context) -> Place | None:
    """The place of this name in the row's district, else in its province, else in the country; None where there are
    several or none. The district of the province's town may leave out เมือง."""
    plain = "".join(name.split())
    if kind == "province":
        return places.find_province(plain)
    find = places.find_districts if kind == "district" else places.find_subdistricts
    for area in (context.area, context.province.code if context.province else None):
        found = find(plain, area) if area else ()
        if len(found) == 1:
            return found[0]
        if found:
            return None
    if context.province:
        return None
    found = find(plain)
    return found[0] if len(found) == 1 else None


def _one(name: str, kind: str, context: Context, cell: Cell) -> Place | None:
    """The one place that a doubtful reading is near to: by the ink's own other readings, or by what looks alike."""
    exact = _exact(name, kind, context)
    if exact or (kind != "province" and context.area is None):
        return exact
    plain = "".join(name.split())
    offered = {"".join(other.text.split()) for other in cell.alternatives}
    at_home = kind == "subdistrict" and context.district is not None and len(plain) >= FAR_LETTERS
    reach = min(FAR if at_home else NEAR, NEAR_SHARE * len(plain))
    if kind == "subdistrict" and cell.confidence >= SURE:
        if not cell.text.startswith(NAMED_BY_SUBDISTRICT):
            return None
        reach = MARK
    costs: list[tuple[float, Place]] = []
    for place in _listed(kind, context):
        cost = distance(plain, place.name, reach + 2 * CLEAR) if abs(len(place.name) - len(plain)) <= SPAN else 99.0
        if any(other.endswith(place.name) for other in offered):
            cost = min(cost, OFFERED)
        costs.append((cost, place))
    costs.sort(key=lambda entry: (entry[0], entry[1].code))
    if not costs or costs[0][0] > reach:
        return None
    rivals = [cost for cost, place in costs[1:] if place.name != costs[0][1].name]
    clear = CLEAR if costs[0][0] <= NEAR else 2 * CLEAR
    return costs[0][1] if not rivals or rivals[0] - costs[0][0] >= clear else None


SPAN = 4
"""Names that differ more in length are not compared."""
