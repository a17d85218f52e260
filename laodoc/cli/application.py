"""The Typer application that the commands join."""

from typing import Annotated

import typer

from laodoc.errors import UsageError
from laodoc.words import language, say

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=say("laodoc"),
)


@app.callback()
def common(
    lang: Annotated[str, typer.Option("--lang", help=say("lang"), metavar="th|en")] = language(),
) -> None:
    if lang not in ("th", "en"):
        raise UsageError("--lang takes th or en")
