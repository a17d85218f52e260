"""REST: what the pages do, for programs. Described by /api/openapi.json; `laodoc.Client` speaks it."""

import time
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request, UploadFile
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from laodoc.archive import overview
from laodoc.archive.finding import find
from laodoc.archive.tables import State
from laodoc.export.json import to_json
from laodoc.export.masking import open_document
from laodoc.review.answers import LONGEST
from laodoc.server.asking import wanted_of
from laodoc.server.documents import document_of, library_of, may_see_secret, narrowing_of
from laodoc.server.exporting import exported
from laodoc.server.guarding import Who, needs
from laodoc.server.library import Held
from laodoc.server.receiving_files import take_file
from laodoc.server.webhooks import may_be_told

MOST_WAIT_S = 300.0
LOOK_S = 0.2
"""Seconds between two looks whether a file that is waited for is read."""

MOST_ANSWERS = 2000
"""Corrections of one request; a sheet of doubts has as many."""

router = APIRouter(prefix="/api/v1")
Reader = Annotated[Who, Depends(needs("reader"))]
Corrector = Annotated[Who, Depends(needs("corrector"))]
Admin = Annotated[Who, Depends(needs("admin"))]


class Job(BaseModel):
    """How it stands with a file: `job` is its SHA-256, `document` its number in the archive."""

    job: str
    status: Literal["waiting", "done", "failed"]
    document: int | None = None
    pages: int | None = None
    error: str | None = None


class Correction(BaseModel):
    """An answer to one place: its key as `doubts` gives it, and what is printed there; `ถูกต้อง` or `ok` says that it
    was read rightly."""

    key: str = Field(max_length=400)
    answer: str = Field(max_length=LONGEST)


class Corrected(BaseModel):
    """How many answers were new, how many stood there already, and why others were refused; `stale` counts those that
    were made from what does not stand there any more."""

    new: int
    known: int
    stale: int
    refused: list[str]


class Hook(BaseModel):
    """Where to tell of every file that is done; the host must be one that the server was started with."""

    url: str = Field(max_length=500)


@router.post("/files", responses={200: {"description": "The record."}, 202: {"model": Job}})
def send_file(
    request: Request, who: Corrector, file: UploadFile, wait: Annotated[float, Query(ge=0, le=MOST_WAIT_S)] = 0
) -> Response:
    """Send a scan. With `wait` the record comes as soon as it is read within so many seconds; else, and where it takes
    longer, a job to ask for later."""
    found = take_file(request, who, file)
    if found.fate.startswith("refused"):
        raise HTTPException(413 if found.fate == "refused size" else 422, found.fate)
    until = time.monotonic() + wait
    job = _job(request, found.sha256)
    while job.status == "waiting" and time.monotonic() < until:
        time.sleep(LOOK_S)
        job = _job(request, found.sha256)
    if wait and job.status == "done" and job.document:
        return _record(request, who, document_of(request, job.document))
    return JSONResponse(job.model_dump(), 200 if job.status == "done" else 202)


@router.get("/jobs/{job}")
def get_job(request: Request, who: Reader, job: str) -> Job:
    """How it stands with a file that was sent."""
    return _job(request, job)


def _job(request: Request, sha256: str) -> Job:
    standing = library_of(request).ledger.state_of(sha256)
    if standing is None or standing.state == State.WAITING:
        return Job(job=sha256, status="waiting")
    if standing.state == State.FAILED:
        return Job(job=sha256, status="failed", error=standing.error)
    return Job(job=sha256, status="done", document=standing.number, pages=standing.pages)


@router.get("/documents")
def list_documents(
    request: Request,
    who: Reader,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> dict[str, Any]:
    """The documents; `order`, `province`, `office`, `year`, `status`, `state` and `due` as on the page."""
    wanted, order = narrowing_of(request)
    unmask = may_see_secret(request, who)
    rows, count = overview.listing(
        library_of(request).ledger, wanted, order=order, limit=limit, offset=offset, unmask=unmask
    )
    return {"count": count, "documents": [asdict(row) for row in rows]}


@router.get("/documents/{number}/record")
def get_record(request: Request, who: Reader, number: int) -> Response:
    """The record (schema laodoc/1) as it stands now, without what is secret."""
    return _record(request, who, document_of(request, number))


def _record(request: Request, who: Who, held: Held) -> Response:
    shown, _ = open_document(held.document, unmask=may_see_secret(request, who))
    return Response(to_json(shown), media_type="application/json")


@router.get("/documents/{number}/{part}")
def get_part(
    request: Request, who: Reader, number: int, part: Literal["letters", "records", "tables", "findings"]
) -> list[Any]:
    """A part of the record alone."""
    shown, _ = open_document(document_of(request, number).document, unmask=may_see_secret(request, who))
    found: list[Any] = shown.model_dump(mode="json")[part]
    return found


@router.get("/documents/{number}/review/doubts")
def get_doubts(request: Request, who: Reader, number: int) -> list[dict[str, Any]]:
    """What a person should look at, each with the key that its correction needs."""
    held = document_of(request, number)
    hidden = set() if may_see_secret(request, who) else held.secret
    return [
        {
            "key": held.key(doubt.spot),
            "pointer": doubt.spot.pointer,
            "label": doubt.spot.label,
            "kind": doubt.spot.kind,
            "page": doubt.spot.page,
            "bbox": list(doubt.spot.bbox),
            "read": doubt.spot.text,
            "value": doubt.spot.value,
            "confidence": doubt.spot.confidence,
            "why": list(doubt.reasons),
        }
        for doubt in held.doubts.values()
        if doubt.spot.page not in hidden
    ]


@router.patch("/documents/{number}/corrections")
def correct(
    request: Request,
    who: Corrector,
    number: int,
    answers: Annotated[list[Correction], Field(max_length=MOST_ANSWERS)],
) -> Corrected:
    """Correct values, as `laodoc correct` does. What somebody has changed since is refused and counted as stale."""
    held = document_of(request, number)
    pages = {spot.pointer: spot.page for spot in held.spots.values()}
    hidden = set() if may_see_secret(request, who) else held.secret
    for each in answers:
        sha256, _, rest = each.key.partition(":")
        if sha256 != held.sha256 or pages.get(rest.partition(":")[0]) in hidden:
            raise HTTPException(422, "a key is of another document")
    taken = library_of(request).answer([(each.key, each.answer) for each in answers], who.user.name)
    return Corrected(new=taken.new, known=taken.known, stale=len(taken.stale), refused=taken.refused)


@router.get("/search")
def search(request: Request, who: Reader, q: str, limit: Annotated[int, Query(ge=1, le=1000)] = 50) -> dict[str, Any]:
    """The pages on which words stand, as `laodoc find` tells them."""
    unmask = may_see_secret(request, who)
    hits, count = find(library_of(request).ledger, wanted_of(request, q), limit=limit, unmask=unmask)
    return {"count": count, "pages": [asdict(hit) for hit in hits]}


@router.get("/exports/{format}")
def export(request: Request, who: Reader, format: str) -> Response:
    """What `laodoc export` writes; `what`, `since` and the keys of `--where` are parameters. Several files come as a
    ZIP."""
    return exported(request, who, format)


@router.get("/webhooks")
def list_webhooks(request: Request, who: Admin) -> list[dict[str, Any]]:
    """All webhooks."""
    return [{"id": hook.id, "url": hook.url} for hook in request.app.state.store.webhooks()]


@router.post("/webhooks", status_code=201)
def add_webhook(request: Request, who: Admin, hook: Hook) -> dict[str, Any]:
    """Have an address told of every file that is done; `secret` signs what is sent there."""
    if not may_be_told(hook.url, request.app.state.settings.webhooks):
        raise HTTPException(422, "nothing may be sent there; whoever starts the server allows hosts with --webhook-to")
    return asdict(request.app.state.store.add_webhook(hook.url))


@router.delete("/webhooks/{number}", status_code=204)
def drop_webhook(request: Request, who: Admin, number: int) -> None:
    """Tell it nothing any more."""
    request.app.state.store.drop_webhook(number)
