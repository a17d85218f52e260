"""The model card: what a model was made of, how, and how well it reads what it was never trained on."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from laodoc.evaluation.tally import Tally
from laodoc.training.fonts import Face
from laodoc.training.measure import table

_LICENCE_NAME, _LICENCE_PAGE, _COPYRIGHT = 13, 14, 0
_LICENCE_LENGTH = 110


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card says. `scores` maps the name of a test (held-out fonts …) to its slices."""

    name: str
    version: str
    sha256: str
    command: str
    settings: Mapping[str, float]
    steps: int
    lines: int
    hours: float
    data: Sequence[Path]
    faces: Sequence[Face]
    scores: Mapping[str, Mapping[str, Tally]]


def write_card(card: Card, target: Path) -> None:
    """Write the card as Markdown."""
    parts = [
        f"# {card.name} {card.version}",
        "Reads one line of printed Thai, Latin and figures (and what is written into stamps): a convolutional CTC "
        "network, input 48 rows high, one answer every 4 columns. Made by `laodoc.training`.",
        "## File\n" + f"`{card.name}.onnx`, sha256 `{card.sha256}`",
        "## Training\n"
        f"Synthetic lines only, no scan. {card.lines:,} lines in {card.steps:,} steps, "
        f"{card.hours:.2f} hours. Settings: {_said(card.settings)}. Published by\n\n    {card.command}",
        "## Data\n" + "\n".join(f"- `{path.name}`, sha256 `{digest(path)}`" for path in card.data),
        "## Fonts\n" + "\n".join(fonts_and_licences(card.faces)),
        "## Scores\nSynthetic lines of held-out paragraphs, worn as photocopies and faxes are. They are harder than "
        "most pages: what a real page gives is in docs/training.md.",
        *(f"### {name}\n{table(dict(tallies))}" for name, tallies in card.scores.items()),
    ]
    target.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _said(settings: Mapping[str, float]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in settings.items())


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fonts_and_licences(faces: Sequence[Face]) -> list[str]:
    """A line for each family: its name, its number of styles, and the licence that stands in the font."""
    families: dict[str, list[Face]] = {}
    for face in faces:
        families.setdefault(face.family, []).append(face)
    return [f"- {name} ({len(of)}): {_licence(of[0])}" for name, of in sorted(families.items())]


def _licence(face: Face) -> str:
    from fontTools.ttLib import TTFont

    with TTFont(face.path, lazy=True) as font:
        names = [font["name"].getDebugName(number) for number in (_LICENCE_NAME, _LICENCE_PAGE, _COPYRIGHT)]
    said = " ".join(next((name for name in names if name and name.strip()), "licence not named in the font").split())
    return said if len(said) <= _LICENCE_LENGTH else said[: _LICENCE_LENGTH - 1] + "…"
