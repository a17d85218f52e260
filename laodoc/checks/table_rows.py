"""What the rules for tables look at: rows with their cells by column, and columns by what they count."""

from collections.abc import Iterator
from dataclasses import dataclass

from laodoc.document import Cell, Finding, Meaning, Role, Row, RowKind, Rule, Severity, Table
from laodoc.messages import Message

Number = int | float


def column_of(table: Table, role: Role, meaning: Meaning | None = None) -> int | None:
    """The only column of this role (and meaning, where one is given); None where there is none or are several."""
    found = [c.index for c in table.columns if c.role == role and meaning in (None, c.meaning)]
    return found[0] if len(found) == 1 else None


def columns_of(table: Table, *roles: Role) -> list[int]:
    """All columns of these roles, left to right."""
    return [column.index for column in table.columns if column.role in roles]


def rows_of_kind(table: Table, *kinds: RowKind) -> Iterator[Row]:
    """The table's rows of these kinds, top to bottom."""
    return (row for row in table.rows if row.kind in kinds)


def cell_at(row: Row, column: int | None) -> Cell | None:
    """The cell that starts in the column."""
    return next((cell for cell in row.cells if cell.column == column), None)


def number_at(row: Row, column: int | None) -> Number | None:
    """The number read in the column."""
    cell = cell_at(row, column)
    return cell.value if cell is not None and isinstance(cell.value, int | float) else None


def sequence_at(table: Table, row: Row) -> int | None:
    """The row's running number, where it could be read."""
    number = number_at(row, column_of(table, "sequence"))
    return number if isinstance(number, int) and row.kind == "row" else None


@dataclass(frozen=True, slots=True)
class Finder:
    """Makes the findings of one rule in one table."""

    rule: Rule
    table: Table
    severity: Severity = "warning"

    def at(
        self,
        row: Row,
        column: int | None,
        message: Message,
        *,
        expected: Number | None = None,
        found: Number | None = None,
    ) -> Finding:
        """A finding at the row's cell in `column`."""
        cell = cell_at(row, column)
        return Finding(
            rule=self.rule,
            severity=self.severity,
            message=message,
            page=row.page,
            bbox=cell.bbox if cell else None,
            table=self.table.id,
            sequence=sequence_at(self.table, row),
            column=column,
            expected=expected,
            found=found,
        )
