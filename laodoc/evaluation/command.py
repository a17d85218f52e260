"""What `laodoc eval` does."""

import json
from collections.abc import Sequence
from pathlib import Path

from laodoc.errors import UsageError
from laodoc.evaluation.pairs import line_pairs, scan_pairs
from laodoc.evaluation.report import Report, evaluate_lines, evaluate_scan
from laodoc.evaluation.sheet import WORST, worst
from laodoc.messages import Message
from laodoc.recognition.engine import Engine
from laodoc.recognition.engines import DEFAULT_ENGINE, engine
from laodoc.recognition.line_recognizer import LineRecognizer

CONFUSIONS = 40
"""How many confusions are told, the most frequent first."""


def evaluate_folders(folders: Sequence[Path], name: str | None = None, model: Path | None = None) -> Report:
    """Read all lines and scans of the folders whose truth lies beside them, with an engine or with weights.

    Raises:
        UsageError: both an engine and weights are given, or there is nothing to read.
        LaodocError: a file, or the engine, cannot be used.
    """
    if name and model:
        raise UsageError(Message("engine-and-model"))
    reader: Engine = LineRecognizer(model) if model else engine(name or DEFAULT_ENGINE)
    report = Report()
    for folder in folders:
        for pair in scan_pairs(folder):
            evaluate_scan(report, pair, reader)
        evaluate_lines(report, line_pairs(folder), reader)
    if not report.tally.lines:
        raise UsageError(Message("eval-nothing"))
    return report


def told(report: Report, *, as_json: bool) -> str:
    """The figures, for a person or as JSON."""
    tally = report.tally
    figures: dict[str, float] = {
        "lines": tally.lines,
        "exact": round(tally.share_exact, 4),
        "cer": round(tally.cer, 5),
        "cer_median": round(tally.median_cer, 5),
        "cer_digits": round(tally.digit_cer, 5),
        "numbers": tally.numbers,
        "numbers_exact": round(tally.numbers_exact / max(1, tally.numbers), 4),
        "spaces_f1": round(report.spaces_f1, 4),
        "sure": round(tally.sure / tally.lines, 4),
        "sure_exact": round(tally.sure_exact / max(1, tally.sure), 4),
    }
    confusions = tally.confusions.most_common(CONFUSIONS)
    slips = worst(report.slips, WORST)
    if as_json:
        listed = {
            **figures,
            "confusions": [{"true": true, "read": read, "count": count} for (true, read), count in confusions],
            "worst": [{"place": slip.place, "truth": slip.truth, "read": slip.read} for slip in slips],
        }
        return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    rows = [
        f"lines {tally.lines}, exact {tally.share_exact:.1%}",
        f"character errors {tally.cer:.2%} (median line {tally.median_cer:.2%}), at digits {tally.digit_cer:.2%}",
        f"numbers exact {figures['numbers_exact']:.2%} of {tally.numbers}, spaces F1 {report.spaces_f1:.3f}",
        f"confidence 0.99 and more: {figures['sure']:.1%} of the lines, {figures['sure_exact']:.2%} of them exact",
        "taken for another: " + ", ".join(f"{true or '∅'}→{read or '∅'} {n}" for (true, read), n in confusions),
        *(f"{n}. {slip.place}\n   {slip.truth}\n   {slip.read}" for n, slip in enumerate(slips, start=1)),
    ]
    return "\n".join(rows) + "\n"
