"""The same value on another scan of the same paper: told by what it is, not by where it stands."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping

from laodoc.document import Document, Letter, Record, Row, Table
from laodoc.export.table_sheets import DOUBT
from laodoc.review.spots import Spot, Value, spots

Identity = tuple[Hashable, ...]


def identities(document: Document) -> dict[Identity, Spot]:
    """The spots of a document by what they are: a letter's field by the letter's number and date, a row's cell by its
    record and column. What several spots are is left out."""
    tables = {f"/tables/{index}": (table, _records_of(table, document)) for index, table in enumerate(document.tables)}
    found = [(identity, spot) for spot in spots(document) if (identity := _identity(spot, document, tables))]
    count = Counter(identity for identity, _ in found)
    return {identity: spot for identity, spot in found if count[identity] == 1}


def agrees(spot: Spot, read: str, value: Value) -> bool:
    """Whether a spot may be put right as `value`, as where `read` was read on another scan: the same was read here, or
    it is in doubt here too. What a new scan says clearly and otherwise may be another paper of this number."""
    return spot.text == read or spot.confidence < DOUBT or spot.value is None or spot.value == value


Tables = Mapping[str, tuple[Table, Mapping[int, Record]]]
"""By their pointers, with the records of their rows."""


def _identity(spot: Spot, document: Document, tables: Tables) -> Identity | None:
    root, _, rest = spot.pointer[1:].partition("/")
    index, _, path = rest.partition("/")
    if root == "letters":
        letter = document.letters[int(index)]
        return (*key, path, spot.kind) if (key := letter_key(letter)) else None
    table, records = tables[f"/tables/{index}"]
    if not path.startswith("rows/"):
        return ("table", table.title, path)
    _, row, _, cell = path.split("/")
    column = table.rows[int(row)].cells[int(cell)].column
    about = next(((each.role, each.meaning, each.header) for each in table.columns if each.index == column), None)
    return (*_row_key(table, table.rows[int(row)], records.get(int(row))), about, spot.kind)


def letter_key(letter: Letter) -> tuple[str, str] | None:
    """Number and date of a letter, which no other letter shares."""
    number, day = (field.value if field else None for field in (letter.number, letter.date))
    return (str(number), str(day)) if number and day else None


def _row_key(table: Table, row: Row, record: Record | None) -> Identity:
    if record is not None:
        return ("record", record.id, record.sequence)
    return ("row", table.title, row.kind, next((cell.text for cell in row.cells if cell.text), ""))


def _records_of(table: Table, document: Document) -> dict[int, Record]:
    """The records of a table by the indexes of its rows: one for each body row, in their order."""
    return dict(zip(_body(table), (each for each in document.records if each.table == table.id), strict=False))


def _body(table: Table) -> Iterator[int]:
    return (index for index, row in enumerate(table.rows) if row.kind == "row")
