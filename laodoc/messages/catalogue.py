"""The catalogue as it stands in the package."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from laodoc.messages.language import Language

SENTENCES = ("commands", "errors", "findings", "shown")
"""The files of sentences; a code stands in one of them."""

Entry = Mapping[Language, str]


def sentence(code: str, wanted: Language) -> str:
    """The sentence of this code, with its places for values.

    Raises:
        KeyError: there is none.
    """
    return sentences()[code][wanted]


@cache
def sentences() -> Mapping[str, Entry]:
    """All sentences, by code."""
    return {code: entry for part in SENTENCES for code, entry in read(part).items()}


def names(group: str) -> Mapping[str, Entry]:
    """The names of a group, by value; empty where there is no such group."""
    return _groups().get(group, {})


@cache
def _groups() -> Mapping[str, Mapping[str, Entry]]:
    return tomllib.loads(_text("names"))


def read(part: str) -> Mapping[str, Entry]:
    """The sentences of one file, by code."""
    return tomllib.loads(_text(part))


def _text(stem: str) -> str:
    return files("laodoc.messages").joinpath(f"{stem}.toml").read_text("utf-8")
