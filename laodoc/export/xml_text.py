"""Text that XML and HTML can hold."""

import re

_OUTSIDE = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_controls(text: str) -> str:
    """The text without the characters that no XML may have."""
    return _OUTSIDE.sub("", text)
