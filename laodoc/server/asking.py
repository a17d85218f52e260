"""Pages that answer a question: search, the way of a letter, the log of changes."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from laodoc.archive import correcting, overview, tracing
from laodoc.archive.finding import Hit, Wanted, find
from laodoc.archive.reading import placed_in
from laodoc.errors import UsageError
from laodoc.export.masking import MASK
from laodoc.review.spots import WORDS as PARTS
from laodoc.server.documents import library_of, may_see_secret
from laodoc.server.guarding import Who, needs
from laodoc.server.rendering import page
from laodoc.server.thread_picture import picture_of

MOST_HITS = 100
MOST_CHANGES = 200
MOST_WORDS = 300
"""Characters that are looked for."""

router = APIRouter(include_in_schema=False)
Reader = Annotated[Who, Depends(needs("reader"))]


def day_of(text: str | None) -> date | None:
    """A day of ISO 8601; None for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def wanted_of(request: Request, words: str) -> Wanted:
    """What an address asks for."""
    asked = request.query_params
    status = asked.get("status")
    return Wanted(
        tuple(words[:MOST_WORDS].split()),
        province=asked.get("province") or None,
        office=asked.get("office") or None,
        since=day_of(asked.get("since")),
        until=day_of(asked.get("until")),
        due_by=day_of(asked.get("due_by")),
        status=status if status in ("done", "pending") else None,
    )


@router.get("/search")
def search(request: Request, who: Reader, q: str = "") -> Response:
    hits: list[Hit] = []
    count = None
    if q.strip():
        try:
            hits, count = find(
                library_of(request).ledger,
                wanted_of(request, q),
                limit=MOST_HITS,
                unmask=may_see_secret(request, who),
            )
        except UsageError:
            count = 0
    return page(request, "search.html", q=q, hits=hits, count=count, lit=lit, asked=request.query_params)


def lit(text: str, words: str) -> list[tuple[str, bool]]:
    """A line in pieces, and whether each is one of the words."""
    pieces = [(text, False)]
    for word in words.split():
        pieces = [piece for said, on in pieces for piece in ([(said, on)] if on else _split(said, word))]
    return pieces


def _split(text: str, word: str) -> list[tuple[str, bool]]:
    first, found, rest = text.partition(word)
    return [(first, False), (found, True), *_split(rest, word)] if found else [(text, False)]


@router.get("/trace")
def trace(request: Request, who: Reader, number: str = "") -> Response:
    thread = None
    if number.strip():
        thread = tracing.trace(placed_in([request.app.state.settings.archive]), number[:MOST_WORDS])
    found = thread if thread and thread.roots else None
    drawing = picture_of(found) if found else None
    return page(request, "trace.html", number=number, thread=found, drawing=drawing, today=date.today().isoformat())


@router.get("/changes")
def changes(request: Request, who: Reader) -> Response:
    library = library_of(request)
    with library.ledger.session() as session:
        found = correcting.changes(session, limit=MOST_CHANGES)
    contents = {change.sha256 for change in found}
    numbers = library.ledger.numbers(contents)
    if not may_see_secret(request, who):
        secret = overview.secret_pages(library.ledger, contents)
        found = [
            replace(each, before=MASK, after=MASK) if (each.sha256, each.page) in secret else each for each in found
        ]
    return page(
        request,
        "changes.html",
        changes=found,
        numbers=numbers,
        events=request.app.state.store.events(MOST_CHANGES) if who.user.may("admin") else [],
        named=named,
        at=at,
    )


def named(shape: str) -> str:
    """`/letters/*/received/*/date` as an officer calls it, in both languages."""
    parts = [part for part in shape.partition(":")[0].split("/") if part and part != "*"]
    if "rows" in parts:
        return "ตาราง / table"
    return ", ".join(PARTS.get(part, part) for part in parts[1:])


def at(seconds: float) -> str:
    """A time of the clock as it stands in the log."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
