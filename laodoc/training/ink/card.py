"""The ink net's model card: what it was made of, how, and what it tells apart on pages it was never trained on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laodoc.ink.kinds import INPUT_DPI, MAP_DPI, Kind
from laodoc.training.card import digest, fonts_and_licences
from laodoc.training.fonts import Face
from laodoc.training.ink.measure import Scores, table

DATA_LIST = "README.md"
"""Beside the data: a table whose rows begin with a file's name and end with its licence."""


@dataclass(frozen=True, slots=True)
class InkCard:
    """All that the card says. `settings`: as `laodoc.training.ink.log.read_settings` gives them; `scores` maps the name
    of a test to the scores of every kind, on `pages` pages."""

    name: str
    version: str
    sha256: str
    command: str
    settings: Sequence[Mapping[str, Any]]
    steps: int
    lessons: int
    hours: float
    data: Sequence[Path]
    faces: Sequence[Face]
    pages: int
    scores: Mapping[str, Scores]


def write_ink_card(card: InkCard, target: Path) -> None:
    """Write the card as Markdown."""
    kinds = ", ".join(kind.name.lower() for kind in Kind)
    parts = [
        f"# {card.name} {card.version}",
        f"Says for every place of an upright page which kinds of ink lie there ({kinds}; `laodoc.ink.kinds` tells what "
        f"each is): a small convolutional net, input {INPUT_DPI:g} dpi, one answer a kind at {MAP_DPI:g} dpi. Made by "
        "`laodoc.training.ink`.",
        f"## File\n`{card.name}.onnx`, sha256 `{card.sha256}`",
        "## Training\n"
        f"Composed pages only, no scan. {card.lessons:,} crops of them in {card.steps:,} steps, {card.hours:.2f} hours."
        f"{_told(card.settings)} Published by\n\n    {card.command}",
        "## Data\n" + "\n".join(f"- `{p.name}`, sha256 `{digest(p)}`, licence: {licence(p)}" for p in card.data),
        "## Fonts\n" + "\n".join(fonts_and_licences(card.faces)),
        f"## Scores\nOf each kind, at places with ink, on {card.pages} composed pages a test, of paragraphs that were "
        "never trained on. Pens and digits are those of the training: no other hands were to be had. What the map is "
        "worth on real paper is in docs/benchmarks.md.",
        *(f"### {name}\n{table(scores)}" for name, scores in card.scores.items()),
    ]
    target.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _told(settings: Sequence[Mapping[str, Any]]) -> str:
    """The settings of every part of the run, each with the step from which it held."""
    parts = []
    for each in settings:
        named = (f"{name.replace('_', ' ')} {value:g}" for name, value in each.items() if name != "from_step")
        parts.append(f" From step {each['from_step']:,}: {', '.join(named)}.")
    return "".join(parts)


def licence(path: Path) -> str:
    """The licence of a data file, as the table in the README beside it has it."""
    beside = path.with_name(DATA_LIST)
    for line in beside.read_text(encoding="utf-8").splitlines() if beside.is_file() else ():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if cells[0].strip("`") == path.name:
            return cells[-1]
    return f"not told in a {DATA_LIST} beside it"
