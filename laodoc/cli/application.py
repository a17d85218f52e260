"""The Typer application that the commands join."""

import sys
from typing import Annotated

import typer

from laodoc import __version__
from laodoc.arguments import option_in
from laodoc.cli.usage import Group
from laodoc.errors import UsageError
from laodoc.messages import Message, digits, language, say, use_digits, use_language

use_language(option_in(sys.argv[1:], "--lang"))  # help is made as the commands are defined
use_digits(option_in(sys.argv[1:], "--digits"))

app = typer.Typer(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=say("laodoc"),
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"laodoc {__version__}")
        raise typer.Exit


@app.callback()
def common(
    lang: Annotated[str, typer.Option("--lang", help=say("lang"), metavar="th|en")] = language(),
    show_digits: Annotated[str, typer.Option("--digits", help=say("digits"), metavar="thai|arabic")] = digits(),
    version: Annotated[
        bool, typer.Option("--version", help=say("version"), callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    if lang not in ("th", "en"):
        raise UsageError(Message("lang-option"))
    if show_digits not in ("thai", "arabic"):
        raise UsageError(Message("digits-option"))
    use_language(lang)
    use_digits(show_digits)
