"""How well lines are read: error rates, confusions, and the learning curve's picture."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import Levenshtein


@dataclass(slots=True)
class Tally:
    """Counts over read lines. `confusions` maps (true, read) to how often; "" stands for nothing."""

    lines: int = 0
    exact: int = 0
    characters: int = 0
    edits: int = 0
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, read: str, truth: str) -> None:
        self.lines += 1
        self.exact += read == truth
        self.characters += len(truth)
        if read == truth:
            return
        for edit in Levenshtein.editops(truth, read):
            self.edits += 1
            true = "" if edit.tag == "insert" else truth[edit.src_pos]
            said = "" if edit.tag == "delete" else read[edit.dest_pos]
            self.confusions[true, said] += 1

    @property
    def cer(self) -> float:
        """Edits a true character; of no characters, edits a line."""
        return self.edits / max(1, self.characters)

    @property
    def share_exact(self) -> float:
        return self.exact / max(1, self.lines)


def plot(log: Path, picture: Path) -> None:
    """Draw the learning curve: errors and loss over the lines seen, on logarithmic axes; none without a log."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    if not log.exists():
        return
    with log.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if float(row["cer"]) > 0 and float(row["loss"]) > 0]
    lines = [int(row["lines"]) for row in rows]
    figure, axes = pyplot.subplots(figsize=(8, 5))
    for name in ("cer", "loss"):
        axes.plot(lines, [float(row[name]) for row in rows], label=name)
    axes.set(xscale="log", yscale="log", xlabel="synthetic lines seen", title="Training batches (hard mix)")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    figure.savefig(picture, dpi=100)
    pyplot.close(figure)
