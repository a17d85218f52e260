"""In which language, and with which digits, laodoc speaks to its user."""

import os
import sys
from typing import Literal

Language = Literal["th", "en"]
Digits = Literal["thai", "arabic"]

LANGUAGE_VARIABLE, DIGITS_VARIABLE = "LAODOC_LANG", "LAODOC_DIGITS"
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
THAI_OF_WINDOWS = 0x1E
"""Primary language identifier of Thai (winnt.h, LANG_THAI)."""

_chosen: dict[str, str] = {}


def use_language(chosen: str | None) -> None:
    """Speak this language, `th` or `en`, from now on; None, or what is neither: what the surroundings say."""
    _chosen["language"] = chosen or ""


def use_digits(chosen: str | None) -> None:
    """Show dates in these digits, `thai` or `arabic`, from now on; None: what the surroundings say."""
    _chosen["digits"] = chosen or ""


def language() -> Language:
    """The language that was chosen, else that of LAODOC_LANG, else the locale's: English where that is not Thai."""
    for said in (_chosen.get("language"), os.environ.get(LANGUAGE_VARIABLE, "").lower()):
        if said in ("th", "en"):
            return "th" if said == "th" else "en"
    locale = next((value for name in LOCALES if (value := os.environ.get(name))), "")
    return "th" if locale.startswith("th") or (not locale and _windows_is_thai()) else "en"


def digits() -> Digits:
    """The digits that were chosen, else those of LAODOC_DIGITS, else Arabic ones."""
    return "thai" if (_chosen.get("digits") or os.environ.get(DIGITS_VARIABLE, "").lower()) == "thai" else "arabic"


def _windows_is_thai() -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == THAI_OF_WINDOWS)
    return False
