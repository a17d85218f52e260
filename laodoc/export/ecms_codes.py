"""The codes of e-CMS for what letters say in words: urgency, secrecy, and the ids of offices."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from laodoc.errors import AccessError, UsageError
from laodoc.messages import Message
from laodoc.thai.folding import folded


@dataclass(frozen=True, slots=True)
class OfficeIds:
    """What the exchange centre calls an office; empty where it is not known."""

    ministry: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes by what is printed (folded: spaces and the script of digits make no difference)."""

    speed: Mapping[str, str]
    secret: Mapping[str, str]
    offices: Mapping[str, OfficeIds]

    def speed_of(self, printed: str | None) -> str:
        """The code of an urgency; the normal one where nothing is printed, none where it is not known."""
        return self.speed.get(folded(printed or ""), "")

    def secret_of(self, printed: str | None) -> str:
        """The code of a secrecy, in the same way."""
        return self.secret.get(folded(printed or ""), "")

    def office(self, printed: Iterable[str]) -> OfficeIds:
        """The ids of the office that these names, the likeliest first, mean."""
        return next((self.offices[key] for name in printed if (key := folded(name)) in self.offices), OfficeIds())


def codes(own: Path | None = None) -> Codes:
    """The delivered codes, with what an office's own file adds or changes.

    Raises:
        AccessError: the file cannot be read.
        UsageError: it is no such file; the message says why.
    """
    delivered = files("laodoc.export").joinpath("data/ecms.toml").read_text(encoding="utf-8")
    tables = [_tables(tomllib.loads(delivered), "laodoc")]
    if own is not None:
        try:
            tables.append(_tables(tomllib.loads(own.read_text(encoding="utf-8")), str(own)))
        except OSError as refused:
            raise AccessError(Message("codes-unreadable", own=own, why=refused.strerror)) from refused
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(Message("not-toml", own=own, error=error)) from error
    return Codes(
        speed={key: code for table in tables for key, code in table.speed.items()},
        secret={key: code for table in tables for key, code in table.secret.items()},
        offices={key: ids for table in tables for key, ids in table.offices.items()},
    )


def _tables(given: dict[str, Any], name: str) -> Codes:
    unknown = set(given) - {"speed", "secret", "office"}
    if unknown:
        raise UsageError(Message("codes-table", name=name, table=min(unknown)))
    offices = {}
    for entry in _list(given.get("office", []), name):
        ids = OfficeIds(_text(entry.get("ministry", ""), name), _text(entry.get("department", ""), name))
        names = entry.get("names")
        if not isinstance(names, list) or not names:
            raise UsageError(Message("codes-office-names", name=name))
        offices.update({folded(_text(said, name)): ids for said in names})
    return Codes(_words(given.get("speed", {}), name), _words(given.get("secret", {}), name), offices)


def _list(value: Any, name: str) -> list[dict[str, Any]]:
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        return value
    raise UsageError(Message("codes-office", name=name))


def _words(value: Any, name: str) -> dict[str, str]:
    if isinstance(value, dict):
        return {folded(word): _text(code, name) for word, code in value.items()}
    raise UsageError(Message("codes-lines", name=name))


def _text(value: Any, name: str) -> str:
    if isinstance(value, str):
        return value
    raise UsageError(Message("codes-quotes", name=name, value=value))
