"""What lies beside scans and is none: what systems and programs leave there, and copies that are just being made."""

import os
import time
from pathlib import Path

LEFT_BESIDE = ("._", "~$")
"""How names begin of what macOS notes about a file, and of what Office keeps while one is open."""

LISTS = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store"))
UNFINISHED = frozenset((".tmp", ".temp", ".part", ".partial", ".crdownload", ".filepart"))
"""Suffixes under which copies and downloads are written until they are whole."""

FRESH_S = 60.0
"""A file without a byte that is younger is one that somebody has begun to copy: the first bytes come within seconds,
over a slow line too."""


def is_beside(path: Path) -> bool:
    """Whether a name says that this is no scan, nor ever will be under this name."""
    name = path.name.lower()
    return name.startswith(LEFT_BESIDE) or name in LISTS or path.suffix.lower() in UNFINISHED


def is_begun(status: os.stat_result, now: float | None = None) -> bool:
    """Whether a file has no byte yet, and may still get some."""
    age = (time.time() if now is None else now) - status.st_mtime
    return status.st_size == 0 and abs(age) < FRESH_S
