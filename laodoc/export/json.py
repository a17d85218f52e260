"""The record as JSON, and its schema."""

import json

from laodoc.document import Document
from laodoc.export.formats import document_format


def to_json(document: Document) -> bytes:
    """The document as UTF-8 JSON, one value a line, the same bytes for the same document."""
    return (document.model_dump_json(indent=1, ensure_ascii=False) + "\n").encode()


def schema() -> str:
    """The published JSON Schema of the record."""
    described = Document.model_json_schema(mode="validation")
    described["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


FORMAT = document_format(".json", lambda document, left_out: to_json(document))
