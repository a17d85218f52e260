"""What each column is: its role and meaning, from the words of the header and the contents of the cells together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from laodoc.document import Meaning, Role
from laodoc.parsing.contents import MOSTLY, Contents, role_of_places, role_of_words
from laodoc.parsing.headers import leaf_and_parent
from laodoc.parsing.mark_columns import MarkCandidate, mark_columns
from laodoc.parsing.mark_pairs import meanings_of_pair
from laodoc.parsing.vocabulary import Vocabulary, best_fit
from laodoc.recognition.reading import CellReading
from laodoc.thai.dates import parse_date

NUMERIC: frozenset[Role] = frozenset({"sequence", "count", "percent", "amount"})
COUNTED: frozenset[Role] = frozenset({"count", "percent", "mark"})
"""Roles whose columns have a meaning."""

NARROW = 0.6
"""A sequence column's width against the mean of all columns."""

SHORT = 5.0
"""Letters of a running number with its full stop, or of what a weak engine makes of one."""

CLEARLY_RISING = 0.7
"""Share of neighbouring numbers that rise by one in a sequence of which every tenth number is misread."""


@dataclass(frozen=True, slots=True)
class ColumnType:
    role: Role
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class ColumnEvidence:
    """What is known of one column: its name, the role that this gives, its cells, and its width in mean widths."""

    name: str
    by_name: Role | None
    contents: Contents
    width: float

    def named(self, role: Role) -> bool:
        """Whether the header says that the column has this role."""
        return self.by_name == role


def column_types(
    columns: Sequence[ColumnEvidence], rows: Sequence[Sequence[CellReading]], vocabulary: Vocabulary
) -> tuple[ColumnType, ...]:
    """Role and meaning of every column, left to right; `rows` are the body rows without sums and headings."""
    candidates = [
        MarkCandidate(index, column.by_name, column.contents)
        for index, column in enumerate(columns)
        if role_of_words(column.contents, vocabulary.roles) is None
    ]
    marked = mark_columns(candidates, rows)
    roles = ["mark" if index in marked else _role(column, vocabulary) for index, column in enumerate(columns)]
    meanings = [meaning_of(column.name, vocabulary) for column in columns]
    roles = _one_sequence(_empty_mark_columns(roles, meanings, columns), columns)
    pair = [index for index, role in enumerate(roles) if role == "mark"]
    if len(pair) == 2:
        names = [leaf_and_parent(columns[index].name)[0] for index in pair]
        decided = meanings_of_pair(names, [columns[index].contents for index in pair], vocabulary)
        meanings = [decided[pair.index(index)] if index in pair else each for index, each in enumerate(meanings)]
    return tuple(
        ColumnType(role, meaning if role in COUNTED else None) for role, meaning in zip(roles, meanings, strict=True)
    )


def meaning_of(name: str, vocabulary: Vocabulary) -> Meaning | None:
    """What a column of this name counts; the leaf's own words go before those of the name above it."""
    for part in leaf_and_parent(name):
        fit = best_fit(without_brackets(part), vocabulary.meanings)
        if fit is not None:
            return as_meaning(fit.name)
    return None


def without_brackets(name: str) -> str:
    """The name before a unit in brackets."""
    return name.split("(")[0] or name


def as_meaning(name: str) -> Meaning:
    """The meaning of this name in the vocabulary."""
    found: Meaning = next(meaning for meaning in get_args(Meaning) if meaning == name)
    return found


def _as_role(name: str) -> Role:
    found: Role = next(role for role in get_args(Role) if role == name)
    return found


def _role(column: ColumnEvidence, vocabulary: Vocabulary) -> Role:
    """What the cells of a column say goes before its header where it cannot be mistaken, after it elsewhere."""
    contents = column.contents
    if contents.bars > MOSTLY:
        return "bar"
    by_words = role_of_words(contents, vocabulary.roles)
    by_name = column.by_name
    if by_name is not None and not (by_name in NUMERIC and by_words):
        return by_name
    return _as_role(by_words) if by_words else _role_by_contents(contents)


def role_by_name(name: str, vocabulary: Vocabulary) -> Role | None:
    """The role that a header names; the leaf's own words go before those of the name above it."""
    for part in leaf_and_parent(name):
        fit = best_fit(part, vocabulary.roles)
        if fit is not None:
            return _as_role(fit.name)
    return None


def _role_by_contents(contents: Contents) -> Role:
    if contents.rising >= CLEARLY_RISING:
        return "sequence"
    if contents.percents > MOSTLY:
        return "percent"
    if _are_days(contents):
        return "date"
    if contents.inked and max(contents.numbers, contents.digits) > MOSTLY:
        return "count"
    place = role_of_places(contents)
    return _as_role(place) if place else "text"


def _are_days(contents: Contents) -> bool:
    """Whether most cells are dates: short ones have more digits than letters, and count nothing."""
    return sum(parse_date(text) is not None for text in contents.texts) > MOSTLY * max(1, contents.inked)


def _empty_mark_columns(
    roles: Sequence[Role], meanings: Sequence[Meaning | None], columns: Sequence[ColumnEvidence]
) -> list[Role]:
    """Beside a mark column, one for done or pending in which nothing stands, or little but marks, is one too."""
    if "mark" not in roles:
        return list(roles)
    return [
        "mark" if role in ("count", "text") and meaning in ("done", "pending") and _is_bare(column.contents) else role
        for role, meaning, column in zip(roles, meanings, columns, strict=True)
    ]


def _is_bare(contents: Contents) -> bool:
    return contents.inked == 0 or (contents.empty > MOSTLY and contents.marks >= contents.numbers)


def _one_sequence(roles: Sequence[Role], columns: Sequence[ColumnEvidence]) -> list[Role]:
    """At most one sequence column; where nothing else tells, a first column that is narrow and short."""
    found = [index for index, role in enumerate(roles) if role == "sequence"]
    if found:
        best = max(found, key=lambda index: (columns[index].named("sequence"), columns[index].contents.rising))
        return [
            role if role != "sequence" or index == best else "text" if column.named("sequence") else "count"
            for index, (role, column) in enumerate(zip(roles, columns, strict=True))
        ]
    first = columns[0]
    narrow = first.width <= NARROW and 0 < first.contents.length <= SHORT
    if narrow and roles[0] in ("text", "count") and first.contents.numbers <= MOSTLY:
        return ["sequence", *roles[1:]]
    return list(roles)
