"""A thread of letters as text, JSON and Graphviz DOT."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from laodoc.archive.tracing import Copy, Key, Step, Thread, Traced

UNDATED = "no date"
INDENT = " " * 12
NAMED = 46
"""Characters of a subject in a graph."""


def to_text(thread: Thread, today: date) -> str:
    """For people: each letter with what it refers to and passes on, its way, and its deadline."""
    return "\n\n".join("\n".join(_told(thread, letter, today)) for letter in thread.letters) + "\n"


def to_json(thread: Thread, today: date) -> str:
    """For programs: letters, links and steps; letters are named by number and day (ISO 8601)."""
    names = {letter.key: {"number": letter.number, "date": letter.date} for letter in thread.letters}
    due = thread.due(today)
    return json.dumps(
        {
            "asked": [names[key] for key in thread.roots],
            "letters": [{**asdict(letter), "due": letter in due} for letter in thread.letters],
            "links": [
                {"from": names[link.later], "relation": link.relation, "to": names[link.earlier]}
                for link in thread.links
            ],
            "steps": [{**asdict(step), "letter": names[step.letter]} for step in thread.steps],
        },
        ensure_ascii=False,
        indent=1,
    )


def to_dot(thread: Thread, today: date) -> str:
    """For Graphviz: a box a letter (dashed where no scan of it is there), arrows from the later to the earlier."""
    names = {letter.key: f"n{index}" for index, letter in enumerate(thread.letters)}
    due = thread.due(today)
    lines = ["digraph letters {", "  rankdir=RL;", '  node [shape=box, fontname="TH Sarabun New"];']
    for letter in thread.letters:
        said = [letter.number, letter.date or UNDATED, letter.sender, (letter.subject or "")[:NAMED]]
        said += [f"ภายใน {letter.deadline}"] if letter in due else []
        style = ["bold"] if letter.key in thread.roots else []
        style += [] if letter.copies else ["dashed"]
        label = "\n".join(" ".join(part.split()) for part in said if part)
        lines.append(f"  {names[letter.key]} [label={_quoted(label)}, style={_quoted(','.join(style) or 'solid')}];")
    for link in thread.links:
        lines.append(f"  {names[link.later]} -> {names[link.earlier]} [label={_quoted(link.relation)}];")
    return "\n".join([*lines, "}", ""])


def _told(thread: Thread, letter: Traced, today: date) -> Iterator[str]:
    yield f"{letter.date or UNDATED:<12}{letter.number}" + (f"  {_one_line(letter.sender)}" if letter.sender else "")
    if letter.subject:
        yield f"{INDENT}subject     {_one_line(letter.subject)}"
    for link in thread.links:
        if link.later == letter.key:
            yield f"{INDENT}{link.relation:<12}{_named(thread, link.earlier)}"
        if link.earlier == letter.key:
            relation = "referred by" if link.relation == "refers to" else "passed by"
            yield f"{INDENT}{relation:<12}{_named(thread, link.later)}"
    for step in thread.steps:
        if step.letter == letter.key:
            yield f"{INDENT}{step.event:<12}{_step(step)}"
    if letter.deadline:
        days = (date.fromisoformat(letter.deadline) - today).days
        yield f"{INDENT}due         {letter.deadline}, " + (f"in {days} days" if days >= 0 else f"{-days} days ago")
    where = "; ".join(map(_where, letter.copies)) or "not in the archive"
    yield f"{INDENT}scan        {where}"


def _where(copy: Copy) -> str:
    return f"{copy.path or copy.file}, page {copy.page}" + (f" (gone since {copy.gone})" if copy.gone else "")


def _step(step: Step) -> str:
    parts = [step.date or UNDATED, _one_line(step.office or "?")]
    parts += [f"→ {_one_line(step.to)}"] if step.to else []
    parts += [f"number {step.number}"] if step.number else []
    parts += [f"“{_one_line(step.decision)}”"] if step.decision else []
    return "  ".join(parts)


def _named(thread: Thread, key: Key) -> str:
    letter = next(each for each in thread.letters if each.key == key)
    return f"{letter.number} ({letter.date or UNDATED})"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'
