"""Pages: the inbox, into which files are dropped, and what becomes of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import JSONResponse, RedirectResponse, Response

from laodoc.archive import overview
from laodoc.archive.ledger import Ledger
from laodoc.archive.receiving import Received, receive
from laodoc.server.documents import library_of, may_see_secret
from laodoc.server.guarding import Who, needs
from laodoc.server.reader import Reader
from laodoc.server.rendering import language_of, page
from laodoc.server.settings import Settings
from laodoc.server.words import Language, say

SHOWN_WAITING, SHOWN_RECENT, SHOWN_FAILURES = 50, 15, 30
"""Files of each list on the page."""

router = APIRouter(include_in_schema=False)
Corrector = Annotated[Who, Depends(needs("corrector"))]


def take_file(request: Request, who: Who, file: UploadFile) -> Received:
    """Put an uploaded file into the inbox, and see that it is read at once.

    Raises:
        AccessError: the inbox cannot be written.
    """
    served = request.app.state
    settings: Settings = served.settings
    name = file.filename or "scan"
    found = receive(served.library.ledger, settings.inbox, name, file.file, most=settings.most_upload)
    reader: Reader = served.reader
    if found.place:
        reader.arrived(found.place)
    elif found.fate == "known waiting":
        reader.wake()
    served.store.note(who.user.name, f"file {found.fate}", f"{name[:200]} {found.sha256}")
    return found


def told(found: Received, settings: Settings, language: Language) -> dict[str, Any]:
    """What became of a file, in words."""
    words = say(found.fate, language, number=found.number or "", limit=settings.most_upload >> 20)
    return {"name": found.name, "fate": found.fate, "words": words, "number": found.number}


@router.get("/inbox")
def inbox(request: Request, who: Corrector) -> Response:
    settings: Settings = request.app.state.settings
    return page(request, "inbox.html", limit=settings.most_upload >> 20, folder=settings.inbox, **_queue(request, who))


@router.get("/inbox/queue")
def queue(request: Request, who: Corrector) -> Response:
    return page(request, "queue.html", **_queue(request, who))


def _queue(request: Request, who: Who) -> dict[str, Any]:
    """What waits, what is read now, what was read last, and what could not be."""
    ledger: Ledger = library_of(request).ledger
    reader: Reader = request.app.state.reader
    waiting = [place for _, place in ledger.waiting() if place not in reader.now]
    recent, _ = overview.listing(ledger, order="newest", limit=SHOWN_RECENT, unmask=may_see_secret(request, who))
    failures = ledger.failures()
    return {
        "now": dict(reader.now),
        "waiting": waiting[:SHOWN_WAITING],
        "count": len(waiting) + len(reader.now),
        "recent": recent,
        "failures": failures[-SHOWN_FAILURES:][::-1],
        "refused": list(reader.refused)[::-1],
        "elsewhere": reader.elsewhere,
        "stopped": reader.failed if not reader.elsewhere else None,
    }


@router.post("/inbox")
def take_files(request: Request, who: Corrector, files: Annotated[list[UploadFile], File()]) -> Response:
    language, settings = language_of(request), request.app.state.settings
    found = [told(take_file(request, who, file), settings, language) for file in files]
    if "text/html" in request.headers.get("Accept", ""):
        return RedirectResponse("/inbox", 303)
    return JSONResponse(found)


@router.post("/inbox/retry/{sha256}")
def retry(request: Request, who: Corrector, sha256: str) -> RedirectResponse:
    library_of(request).ledger.retry(sha256)
    request.app.state.reader.wake()
    request.app.state.store.note(who.user.name, "retry", sha256[:64])
    return RedirectResponse("/inbox", 303)
