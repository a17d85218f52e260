"""`laodoc failures`: the files of an archive that could not be read, and why."""

import json
from collections.abc import Sequence

from laodoc.archive.ledger import Failure
from laodoc.messages import in_words


def to_text(failures: Sequence[Failure], gone: str) -> str:
    """A line for each: its place and the reason, and since when it is `gone` (in the user's language)."""
    return "".join(
        f"{each.place}: {in_words(each.error)}{f' ({gone} {each.gone})' if each.gone else ''}\n" for each in failures
    )


def to_json(failures: Sequence[Failure]) -> str:
    """One JSON object, with the hash and the archive's number of each content."""
    told = [
        {
            "path": each.place,
            "sha256": each.sha256,
            "archive_id": each.number,
            "error": each.error,
            "exit_code": each.exit_code,
            "gone": each.gone,
        }
        for each in failures
    ]
    return json.dumps({"count": len(told), "files": told}, ensure_ascii=False, indent=1) + "\n"
