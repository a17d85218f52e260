"""The record as JSON, and its schema."""

import json
import re

from laodoc.document import Document
from laodoc.export.formats import document_format

NUMBERS = re.compile(r"\[\n\s+(-?[\d.eE+-]+(?:,\n\s+-?[\d.eE+-]+)*)\n\s+\]")
"""A list of numbers, one a line; no string holds the end of a line."""


def to_json(document: Document, *, characters: bool = True) -> bytes:
    """The document as UTF-8 JSON, one value a line (a box is one), the same bytes for the same document.

    Args:
        characters: whether lines tell where each of their characters stands, which is half of a record.
    """
    left_out = {"pages": {"__all__": {"lines": {"__all__": {"places"}}}}} if not characters else None
    text = document.model_dump_json(indent=1, ensure_ascii=False, exclude=left_out)
    return (NUMBERS.sub(lambda found: f"[{' '.join(found[1].split())}]", text) + "\n").encode()


def schema() -> str:
    """The published JSON Schema of the record."""
    described = Document.model_json_schema(mode="validation")
    described["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


FORMAT = document_format(".json", lambda document, left_out: to_json(document))
