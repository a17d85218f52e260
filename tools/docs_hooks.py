"""What MkDocs does to the pages: the commands come from the program itself, links to the checkout become names."""

import re
from typing import Any

from mkdocs.exceptions import PluginError
from typer.main import get_command

MARKER = "<!-- commands -->"


def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Any) -> str:
    """The page as it is built."""
    if MARKER in markdown:
        markdown = markdown.replace(MARKER, commands())
    return re.sub(r"\[([^\]]+)\]\((?:\.\./)+(?:samples|laodoc)[^)]*\)", r"\1", markdown)


def on_post_page(output: str, *, page: Any, config: Any) -> str:
    """The page as it is written, which must load nothing from elsewhere."""
    foreign = re.findall(r"<(?:script|img|link)[^>]+(?:src|href)=\"(?:https?:)?//[^\"]+", output)
    if foreign:
        raise PluginError(f"{page.file.src_uri} loads something from elsewhere: {foreign[0]}")
    return output


def commands() -> str:
    """A section for each command with its options and examples."""
    from laodoc.cli.application import app

    group = get_command(app)
    return "\n".join(section(name, command) for name, command in sorted(group.commands.items()))


def section(name: str, command: Any) -> str:
    """What `laodoc NAME --help` says, as Markdown."""
    context = command.make_context(name, [], resilient_parsing=True)
    pieces = (re.sub(r"[{}]|\.\.\.", "", piece) for piece in command.collect_usage_pieces(context))
    usage = " ".join(["laodoc", name, *pieces])
    rows = [parameter.get_help_record(context) or argument(parameter) for parameter in command.params]
    lines = [f"## `laodoc {name}`", command.help or "", f"```text\n{usage}\n```"]
    lines.append("\n".join(["| | |", "|---|---|", *(f"| `{cell(left)}` | {cell(right)} |" for left, right in rows)]))
    if command.epilog:
        examples = [line for line in command.epilog.splitlines()[1:] if line.strip("\b ")]
        lines.append("```sh\n" + "\n".join(line.strip() for line in examples) + "\n```")
    return "\n\n".join(lines) + "\n"


def argument(parameter: Any) -> tuple[str, str]:
    """An argument, which Click leaves out of its tables of options."""
    return parameter.metavar or parameter.name, getattr(parameter, "help", None) or ""


def cell(text: str) -> str:
    """A text as a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
