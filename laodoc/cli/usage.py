"""What Typer says of itself, in the user's language: the headings of help, and what is wrong with a command line."""

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from laodoc.messages import say
from laodoc.messages.catalogue import names
from laodoc.messages.language import language

HEADINGS = "typer"
"""The group of names: Typer's own words."""


def in_language(text: str) -> str:
    """Help as Typer writes it, with its own words in the user's language."""
    if language() == "en":
        return text
    for english, said in names(HEADINGS).items():
        text = text.replace(english, said["th"])
    return text


class Command(TyperCommand):
    """A command whose help is in one language."""

    def get_help(self, ctx: Any) -> str:
        return in_language(super().get_help(ctx))


class Group(TyperGroup):
    """The commands together, whose help is in one language."""

    def get_help(self, ctx: Any) -> str:
        return in_language(super().get_help(ctx))


def complaint(error: typer.TyperException) -> str:
    """One line on what is wrong with the command line."""
    kind = type(error).__name__
    tell = _TOLD.get(kind)
    return f"{tell(error) if tell else _plain(error)} ({say('see-help')})"


def _plain(error: Any) -> str:
    """Of what Typer has no class for: a command that there is not, or a word too many."""
    message = error.format_message()
    for pattern, code in _PATTERNS:
        if match := re.search(pattern, message):
            return say(code, **match.groupdict())
    return str(message)


def _missing(error: Any) -> str:
    return say("missing-parameter", name=_named(error))


def _bad(error: Any) -> str:
    return say("bad-parameter", name=_named(error), why=error.message.rstrip("."))


def _no_option(error: Any) -> str:
    near = ", ".join(sorted(error.possibilities or ()))
    return (
        say("no-such-option-near", name=error.option_name, near=near)
        if near
        else say("no-such-option", name=error.option_name)
    )


def _named(error: Any) -> str:
    """An option as it is typed, an argument as help calls it."""
    if error.param is None:
        return str(error.param_hint or "")
    if error.param.param_type_name == "option":
        return str(max(error.param.opts, key=len))
    return str(error.param.metavar or error.param.name)


_TOLD: dict[str, Callable[[Any], str]] = {
    "MissingParameter": _missing,
    "BadParameter": _bad,
    "NoSuchOption": _no_option,
}
_PATTERNS = (
    (r"No such command '(?P<name>.*)'", "no-such-command"),
    (r"unexpected extra argument\(?s?\)? \((?P<words>.*)\)", "extra-words"),
    (r"Option '(?P<name>.*)' requires", "option-needs-value"),
    (r"Option '(?P<name>.*)' does not take a value", "option-without-value"),
    (r"Missing command", "no-command"),
)
