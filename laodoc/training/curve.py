"""The learning curve's picture."""

import csv
from pathlib import Path


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
