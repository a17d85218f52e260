"""The held-out test: lines in fonts and of paragraphs that were never trained on, a slice at a time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import numpy as np
from numpy.typing import NDArray

from laodoc.evaluation.tally import Tally
from laodoc.training import forms, text
from laodoc.training.alphabet import known
from laodoc.training.lines import Line, Source, by_machine, filled_in, handwritten, printed
from laodoc.training.wear import Look

Recognise = Callable[[Sequence[NDArray[np.uint8]]], list[str]]
"""Reads prepared line images (48, width)."""

LINES = 200
"""Lines in a slice."""


def slices(source: Source, count: int = LINES, seed: int = 0) -> dict[str, list[Line]]:
    """The lines of every slice; the same for the same `source`, `count` and `seed`.

    `source` holds the faces and the paragraphs to be tested on: held-out ones, or trained ones for comparison.
    """
    plain = replace(source, faces=tuple(face for face in source.faces if "ก" in face.symbols and not face.hand))

    def many(name: str, make: Callable[[Random], Line | None]) -> list[Line]:
        made = (make(Random(f"{name}/{seed}/{i}")) for i in range(2 * count))
        return [line for line in made if line is not None][:count]

    def prose(look: Look) -> Callable[[Random], Line | None]:
        return lambda rng: printed(rng, plain, said(text.prose(rng, source.paragraphs)), look)

    def form(kind: Callable[[Random], str], look: Look) -> Callable[[Random], Line | None]:
        return lambda rng: printed(rng, plain, said(kind(rng)), look)

    made = {
        "prose, office": many("prose office", prose("office")),
        "prose, photocopy": many("prose photocopy", prose("photocopy")),
        "prose, fax": many("prose fax", prose("fax")),
        "numbers, office": many("numbers", form(forms.digits, "office")),
        "numbers, fax": many("numbers fax", form(forms.digits, "fax")),
        "names, office": many("names", form(forms.office, "office")),
        "names, fax": many("names fax", form(forms.office, "fax")),
        "syllables, office": many("syllables", form(text.syllables, "office")),
        "look-alikes, office": many("look-alikes", form(forms.lookalikes, "office")),
        "prose, phone": many("prose phone", prose("phone")),
    }
    archive = replace(plain, faces=tuple(face for face in plain.faces if face.archive))
    if archive.faces:
        made["Angsana numbers, office"] = many(
            "angsana", lambda rng: printed(rng, archive, forms.digits(rng), "office")
        )
        made["Angsana numbers, fax"] = many("angsana fax", lambda rng: printed(rng, archive, forms.digits(rng), "fax"))
    if source.digits and any(face.hand for face in source.faces):
        made["hand"] = many("hand", lambda rng: handwritten(rng, source))
        made["hand among print"] = many("filled in", lambda rng: filled_in(rng, source))
        made["machines"] = many("machines", lambda rng: by_machine(rng, source))
    return made


def said(piece: str) -> str:
    """A piece without the few characters that no alphabet has."""
    return text.clean("".join(symbol for symbol in piece if known(symbol)))


def measure(recognise: Recognise, tests: dict[str, list[Line]]) -> dict[str, Tally]:
    """Read every slice and count."""
    tallies = {}
    for name, lines in tests.items():
        tallies[name] = Tally()
        for read, line in zip(recognise([line.image for line in lines]), lines, strict=True):
            tallies[name].add(read, line.text)
    return tallies


def table(tallies: dict[str, Tally]) -> str:
    """The scores as a Markdown table, and below it what is taken for what most often."""
    rows = ["| slice | lines | CER % | exact % |", "|---|---|---|---|"]
    rows += [f"| {n} | {t.lines} | {100 * t.cer:.2f} | {100 * t.share_exact:.1f} |" for n, t in tallies.items()]
    total = sum((t.confusions for t in tallies.values()), start=Tally().confusions)
    worst = ", ".join(f"{true or '∅'}→{read or '∅'} {count}" for (true, read), count in total.most_common(40))
    return "\n".join([*rows, "", f"Most frequent confusions: {worst}"])
