"""Files that people and other systems take home, one module a format."""

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
