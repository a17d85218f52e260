"""Documents as Parquet: typed columns that pandas, DuckDB, Spark and R load as they are.

A letter is one row with lists of its parts (recipients, references, stamps …); `tables` has a row for each cell, beside
which stands what is said of its table.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer

from laodoc.errors import MissingDependency
from laodoc.export.formats import Format, Item, Options, Output
from laodoc.export.origin import IDENTITY
from laodoc.export.rows import Row, Rows, rows_of
from laodoc.export.schema import Number, tables
from laodoc.export.sheets import WHATS, What
from laodoc.messages import Message

PARTS = (
    "recipients",
    "references",
    "enclosures",
    "contacts",
    "stamps",
    "endorsements",
    "amounts",
    "attachments",
    "fields",
)
"""Of letters: each is a table `letter_…`, and in Parquet a list."""

OF_TABLES = ("title", "kind", "province", "as_of", "as_of_text", "unit", "notes")
"""What stands beside each cell, as `table_…`."""

OF_SOURCES = tuple(name for name in IDENTITY if name != "sha256")
"""What stands behind each row of the file that it was read from."""

ROWS_IN_GROUP = 50_000
"""So many rows of a file are kept in memory, and lie together in it."""


def outputs(items: Iterable[Item], options: Options) -> Iterator[Output]:
    """A file for each table.

    Raises:
        MissingDependency: pyarrow is not installed.
    """
    files = [_File(name) for name in ((options.what,) if options.what else WHATS)]
    hidden = 0
    for item in items:
        rows, covered = rows_of(item.document, unmask=options.unmask, origin=item.origin)
        hidden += covered
        for file in files:
            file.add(rows)
    for index, file in enumerate(files):
        yield Output(f"{file.name}.parquet", file.close(), 0 if index else hidden)


class _File:
    """A Parquet file that is written group by group."""

    def __init__(self, name: What) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as error:
            raise MissingDependency(Message("parquet-library")) from error
        self.name = name
        self._arrow = pyarrow
        self._schema = pyarrow.schema(list(_columns(name, pyarrow)))
        self._content, self._rows = BytesIO(), list[dict[str, Any]]()
        self._writer = parquet.ParquetWriter(self._content, self._schema, compression="zstd")

    def add(self, rows: Rows) -> None:
        """The rows of one document."""
        make = {"letters": _letters, "tables": _cells}.get(self.name)
        self._rows += make(rows) if make else _named(self.name, rows)
        if len(self._rows) >= ROWS_IN_GROUP:
            self._flush()

    def close(self) -> bytes:
        """The file's bytes, the same for the same documents."""
        if self._rows:
            self._flush()
        self._writer.close()
        return self._content.getvalue()

    def _flush(self) -> None:
        self._writer.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()


def _named(name: str, rows: Rows) -> Iterator[dict[str, Any]]:
    """The rows of a table with what tells the scan."""
    told = {name: rows["sources"][0][name] for name in ("file", *OF_SOURCES)}
    return ({**row, **told} for row in rows.get(name, []))


def _letters(rows: Rows) -> Iterator[dict[str, Any]]:
    for letter in _named("letters", rows):
        parts = {part: _of(rows, f"letter_{part}", "letter_id", letter) for part in PARTS}
        yield {**letter, **parts}


def _cells(rows: Rows) -> Iterator[dict[str, Any]]:
    about = {
        table["table_id"]: {
            **{f"table_{name}": table[name] for name in OF_TABLES},
            "table_legend": _of(rows, "table_legends", "table_id", table),
        }
        for table in rows.get("tables", [])
    }
    for cell in _named("cells", rows):
        yield {**cell, **about[cell["table_id"]]}


def _of(rows: Rows, name: str, key: str, owner: Row) -> list[Row]:
    """The rows of a table that belong to an owner."""
    return [row for row in rows.get(name, []) if row[key] == owner[key]]


def _columns(name: What, arrow: Any) -> Iterator[Any]:
    """The columns of a file: those of its table with the scan's name behind the SHA-256; what is added comes last."""
    metadata = tables()
    first, *others = (metadata.tables["cells" if name == "tables" else name]).columns
    yield _column(first, arrow)
    yield arrow.field("file", arrow.string(), nullable=False)
    yield from (_column(column, arrow) for column in others)
    if name == "letters":
        for part in PARTS:
            yield arrow.field(part, _list(f"letter_{part}", arrow), nullable=False)
    if name == "tables":
        for about in OF_TABLES:
            yield _column(metadata.tables["tables"].columns[about], arrow).with_name(f"table_{about}")
        yield arrow.field("table_legend", _list("table_legends", arrow), nullable=False)
    yield from (_column(metadata.tables["sources"].columns[told], arrow) for told in OF_SOURCES)


def _list(name: str, arrow: Any) -> Any:
    """A list of a part's columns without those that tell its owner and its place in the list."""
    known = ("sha256", "letter_id", "table_id", "position")
    columns = [column for column in tables().tables[name].columns if column.name not in known]
    return arrow.list_(arrow.struct([_column(column, arrow) for column in columns]))


def _column(column: Column[Any], arrow: Any) -> Any:
    kinds = (
        (BigInteger, arrow.int64()),
        (Integer, arrow.int32()),
        (Boolean, arrow.bool_()),
        (Date, arrow.date32()),
        (Number, arrow.float64()),
    )
    kind = next((kind for of, kind in kinds if isinstance(column.type, of)), arrow.string())
    return arrow.field(column.name, kind, nullable=bool(column.nullable))


FORMAT = Format(".parquet", "table", outputs)
