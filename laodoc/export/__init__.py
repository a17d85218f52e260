"""Files that people and other systems take home, one module a format.

To programs this room is a function: `laodoc.export(document, "xlsx", "letter.xlsx")`, see `laodoc.export.calling`.
"""

import sys
from types import ModuleType
from typing import Any

MODULES = {
    "json": "json",
    "jsonl": "jsonl",
    "csv": "csv",
    "xlsx": "xlsx",
    "ecms": "ecms",
    "parquet": "parquet",
    "sqlite": "sqlite",
    "md": "md",
    "html": "html",
    "hocr": "hocr",
    "alto": "alto",
    "pdf": "pdf",
}
"""Names of the formats, as given to --format, and the modules of this room that write them."""

KEYS_OF_LETTERS = ("form", "number", "sender", "recipient", "subject", "urgency", "secrecy")
KEYS_OF_RECORDS = ("province", "district", "organisation", "place_code", "status")
KEYS = ("file", *KEYS_OF_LETTERS, *KEYS_OF_RECORDS)
"""What --where can ask for."""

NAME_PARTS = ("date", "number", "subject", "sender", "letter", "file")
"""What the template of --names can name; `letter` is its place in the record, as letter-1."""


class _Room(ModuleType):
    """A package that can be called: `laodoc.export` becomes this room as soon as one of its modules is imported."""

    def __call__(self, *arguments: Any, **options: Any) -> int:
        from laodoc.export.calling import export

        return export(*arguments, **options)


sys.modules[__name__].__class__ = _Room
