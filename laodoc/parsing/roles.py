"""What each column is: its role and meaning, from the words of the header and the contents of the cells together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from laodoc.document import Meaning, Role
from laodoc.parsing.contents import MOSTLY, Contents
from laodoc.parsing.headers import leaf_and_parent
from laodoc.parsing.vocabulary import Entry, Vocabulary, best_fit, fit_of, skeleton

NUMERIC: frozenset[Role] = frozenset({"sequence", "count", "percent", "amount"})
COUNTED: frozenset[Role] = frozenset({"count", "percent", "mark"})
"""Roles whose columns have a meaning."""

NARROW = 0.5
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
    """All that is known of one column: its name, what it holds, and its width as a share of the mean width."""

    name: str
    contents: Contents
    width: float


def column_types(columns: Sequence[ColumnEvidence], vocabulary: Vocabulary) -> tuple[ColumnType, ...]:
    """Role and meaning of every column, left to right."""
    roles = [_role(column, vocabulary) for column in columns]
    meanings = [meaning_of(column.name, vocabulary) for column in columns]
    roles = _empty_mark_columns(roles, meanings, columns)
    roles = _one_sequence(roles, columns)
    types = [
        ColumnType(role, meaning if role in COUNTED else None) for role, meaning in zip(roles, meanings, strict=True)
    ]
    return _pair_of_marks(types, columns, vocabulary)


def _role(column: ColumnEvidence, vocabulary: Vocabulary) -> Role:
    """What cannot be mistaken decides first (marks, bars), then the header's words, then what the cells say."""
    contents = column.contents
    if contents.bars > MOSTLY:
        return "bar"
    if contents.marks > MOSTLY and contents.marks >= contents.numbers:
        return "mark"
    by_name = _role_by_name(column.name, vocabulary)
    if by_name is not None and not (by_name in NUMERIC and _is_prose(contents)):
        return by_name
    return _role_by_contents(contents)


def _is_prose(contents: Contents) -> bool:
    """Whether the cells are words that no engine would make of numbers."""
    return contents.words is not None and contents.numbers < MOSTLY


def _role_by_name(name: str, vocabulary: Vocabulary) -> Role | None:
    for part in leaf_and_parent(name):
        fit = best_fit(part, vocabulary.roles)
        if fit is not None:
            return _as_role(fit.name)
    return None


def _role_by_contents(contents: Contents) -> Role:
    if contents.rising >= CLEARLY_RISING:
        return "sequence"
    if contents.words is not None:
        return _as_role(contents.words)
    if contents.inked and contents.numbers > MOSTLY:
        return "percent" if contents.decimals > MOSTLY else "count"
    return "text"


def _as_role(name: str) -> Role:
    found: Role = next(role for role in get_args(Role) if role == name)
    return found


def _as_meaning(name: str) -> Meaning:
    found: Meaning = next(meaning for meaning in get_args(Meaning) if meaning == name)
    return found


def meaning_of(name: str, vocabulary: Vocabulary) -> Meaning | None:
    """What a column of this name counts; the leaf's own words go before those of the name above it."""
    for part in leaf_and_parent(name):
        fit = best_fit(_without_brackets(part), vocabulary.meanings)
        if fit is not None:
            return _as_meaning(fit.name)
    return None


def _without_brackets(name: str) -> str:
    return name.split("(")[0] or name


def _empty_mark_columns(
    roles: Sequence[Role], meanings: Sequence[Meaning | None], columns: Sequence[ColumnEvidence]
) -> list[Role]:
    """Beside a mark column, a column for done or pending in which nothing stands is a mark column too."""
    if "mark" not in roles:
        return list(roles)
    return [
        "mark" if role in ("count", "text") and meaning in ("done", "pending") and column.contents.inked == 0 else role
        for role, meaning, column in zip(roles, meanings, columns, strict=True)
    ]


def _one_sequence(roles: Sequence[Role], columns: Sequence[ColumnEvidence]) -> list[Role]:
    """At most one sequence column; where nothing else tells, a first column that is narrow and short."""
    found = [index for index, role in enumerate(roles) if role == "sequence"]
    if found:
        best = max(found, key=lambda index: columns[index].contents.rising)
        return ["text" if role == "sequence" and index != best else role for index, role in enumerate(roles)]
    first = columns[0]
    unsaid = roles[0] in ("text", "count") and first.contents.inked > 0 and first.contents.words is None
    if unsaid and not _says_count(roles[0], first) and first.width <= NARROW and 0 < first.contents.length <= SHORT:
        return ["sequence", *roles[1:]]
    return list(roles)


def _says_count(role: Role, column: ColumnEvidence) -> bool:
    """Whether numbers were read in the column that do not rise: then it counts something."""
    return role == "count" and column.contents.rising == 0.0


def _pair_of_marks(
    types: Sequence[ColumnType], columns: Sequence[ColumnEvidence], vocabulary: Vocabulary
) -> tuple[ColumnType, ...]:
    """Of two mark columns one is done and one pending: the clearer header decides for both."""
    pair = [index for index, each in enumerate(types) if each.role == "mark"]
    if len(pair) != 2:
        return tuple(types)
    first, second = (_lean(columns[index].name, vocabulary.meanings) for index in pair)
    if first == second:
        meanings: tuple[Meaning | None, Meaning | None] = (None, None)
    else:
        meanings = ("done", "pending") if first > second else ("pending", "done")
    return tuple(
        replace(each, meaning=meanings[pair.index(index)]) if index in pair else each
        for index, each in enumerate(types)
    )


def _lean(name: str, meanings: tuple[Entry, ...]) -> float:
    """How far a name leans to done (above 0) or to pending (below 0); a word for pending outweighs one for done in the
    same name, since it often contains it (ไม่แล้วเสร็จ)."""
    bare = skeleton(_without_brackets(leaf_and_parent(name)[0]))
    scores = {entry.name: fit_of(bare, entry) for entry in meanings}
    pending, done = scores.get("pending", 0.0), scores.get("done", 0.0)
    return -pending if pending else done
