"""The examples below the help of each command (the test of the documentation runs them), and its class."""

import typer

from laodoc.cli.usage import Command
from laodoc.messages import say

EXAMPLES = {
    "scan": (
        "laodoc scan letter.pdf -o letter.json",
        "laodoc scan scans/*.pdf -o records/ --jobs 2",
        "laodoc scan letter.pdf --pages 1 --debug seen/ -o -",
        "laodoc scan photo.jpg --format pdf -o photo.pdf",
        "cat letter.pdf | laodoc scan - -q > letter.json",
    ),
    "check": ("laodoc check letter.json -o letter.json",),
    "schema": ("laodoc schema > laodoc-1.schema.json",),
    "doctor": ("laodoc doctor",),
    "version": ("laodoc version",),
    "batch": (
        "laodoc batch scans/ --archive a.sqlite --jobs 2",
        "laodoc batch scans/ --archive a.sqlite --retry-failed",
        "laodoc batch scans/ --archive a.sqlite --log a.jsonl --quiet",
    ),
    "watch": ("laodoc watch inbox/ --archive a.sqlite --settle 60",),
    "failures": (
        "laodoc failures a.sqlite",
        "laodoc failures a.sqlite --json",
    ),
    "export": (
        "laodoc export a.sqlite -o a.xlsx",
        "laodoc export a.sqlite --format csv --what records --where status=pending -o pending.csv",
        "laodoc export a.sqlite --format pdf --names '{date}_{number}_{subject}' -o pdf/",
        "laodoc export a.sqlite --to sqlite:///letters.sqlite",
    ),
    "find": (
        "laodoc find a.sqlite ห้องสมุด 2565",
        "laodoc find a.sqlite อบต. --status pending --limit 10",
    ),
    "tasks": (
        "laodoc tasks a.sqlite --overdue",
        "laodoc tasks a.sqlite -o due.xlsx",
    ),
    "trace": (
        "laodoc trace 'มท 0899.9/ว 41' a.sqlite",
        "laodoc trace 'มท 0899.9/ว 41' a.sqlite --format dot -o thread.dot",
    ),
    "register": ("laodoc register a.sqlite --kind received --year 2565 -o received.html",),
    "doubts": (
        "laodoc doubts a.sqlite -o d.xlsx",
        "laodoc doubts a.sqlite -o d.html",
    ),
    "serve": (
        "laodoc serve a.sqlite",
        "laodoc serve a.sqlite --inbox inbox/ --host 0.0.0.0 --users users.json --name archive.office.example",
    ),
    "account": ("laodoc account users.json somchai --role corrector",),
    "correct": (
        "laodoc correct a.sqlite d.xlsx --by somchai",
        "laodoc correct a.sqlite --lines lines/",
    ),
    "train-ink": (
        "laodoc train-ink --text prose.xz --fonts fonts --hand digits.npz --out runs/ink/main",
        "laodoc train-ink --text prose.xz --fonts fonts --out runs/ink/main --publish models --version 0.2.0",
    ),
    "train": ("laodoc train --from models/checkpoint/laodoc-thai.pt --data lines/ --out runs/ours --steps 2000",),
    "eval": (
        "laodoc eval lines/ --sheet worst.png",
        "laodoc eval scans/ --json",
    ),
}
"""By the names of the commands."""


def show_examples(app: typer.Typer) -> None:
    """Put the examples below the help of the commands; `\\b` keeps lines as they are."""
    for command in app.registered_commands:
        command.cls = Command
        name = command.name or getattr(command.callback, "__name__", None)
        lines = EXAMPLES.get(str(name), ())
        command.epilog = "\n".join(("\b", say("examples"), *(f"  {line}" for line in lines))) if lines else None
