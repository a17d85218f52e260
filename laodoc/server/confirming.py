"""What a person says of a document, as the page of a letter sends it: answers, trials, undo, a box to read."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from laodoc.errors import LaodocError
from laodoc.review.answers import LONGEST
from laodoc.review.spots import Misunderstood, as_written
from laodoc.server.documents import document_of, library_of, may_see_secret, open_page, state_of
from laodoc.server.guarding import Who, needs
from laodoc.server.letter_view import finding_told, shown
from laodoc.server.library import Held
from laodoc.server.reading_boxes import read_box
from laodoc.server.rendering import language_of
from laodoc.server.words import say

AS_READ = "ถูกต้อง"
"""The answer that it was read rightly, see `laodoc.review.answers`."""

router = APIRouter(include_in_schema=False)
Corrector = Annotated[Who, Depends(needs("corrector"))]


class Answered(BaseModel):
    """An answer to one place: the key that the page had for it; None says that it was read rightly."""

    pointer: str = Field(max_length=200)
    key: str = Field(max_length=400)
    answer: str | None = Field(max_length=LONGEST)


class Tried(BaseModel):
    """What is being typed."""

    pointer: str = Field(max_length=200)
    answer: str = Field(max_length=LONGEST)


class TakenBack(BaseModel):
    """The key of the place whose correction is to be undone."""

    pointer: str = Field(max_length=200)
    key: str = Field(max_length=400)


class Drawn(BaseModel):
    """A box on the upright page, in its pixels."""

    box: tuple[int, int, int, int]


@router.post("/documents/{number}/pages/{shown_page}/answers")
def answer(request: Request, who: Corrector, number: int, shown_page: int, given: Answered) -> JSONResponse:
    held = document_of(request, number)
    open_page(request, who, held, shown_page)
    spot = held.spots.get(given.pointer)
    if spot is None or spot.page != shown_page or not given.key.startswith(f"{held.sha256}:{given.pointer}:"):
        return _stale(request, number, shown_page, given.pointer)
    said = AS_READ if given.answer is None else given.answer
    taken = library_of(request).answer([(given.key, said)], who.user.name)
    if taken.stale:
        return _stale(request, number, shown_page, given.pointer)
    if taken.refused:
        words = say("not understood row", language_of(request), hint=say(f"hint {spot.kind}", language_of(request)))
        return JSONResponse({"error": words}, 422)
    return JSONResponse(_state(request, number, shown_page))


def _stale(request: Request, number: int, shown_page: int, pointer: str) -> JSONResponse:
    """What stands there now, for who wanted to change what stood there before."""
    held = document_of(request, number)
    spot = held.spots.get(pointer)
    words = say("stale", language_of(request), value=shown(spot) if spot else "")
    return JSONResponse({"error": words, **_state(request, number, shown_page)}, 409)


def _state(request: Request, number: int, shown_page: int) -> dict[str, Any]:
    return state_of(document_of(request, number), shown_page, language_of(request))


@router.post("/documents/{number}/pages/{shown_page}/trials")
def try_answer(request: Request, who: Corrector, number: int, shown_page: int, given: Tried) -> JSONResponse:
    held = document_of(request, number)
    open_page(request, who, held, shown_page)
    language = language_of(request)
    spot = held.spots.get(given.pointer)
    if spot is None or spot.page != shown_page:
        raise HTTPException(404)
    try:
        value, trial = library_of(request).try_answer(held, given.pointer, given.answer)
    except Misunderstood:
        hint = say(f"hint {spot.kind}", language)
        return JSONResponse({"understood": None, "message": say("not understood", language, hint=hint)})
    return JSONResponse(
        {
            "understood": as_written(replace(spot, value=value)),
            "resolved": [finding_told(each, language) for each in trial.resolved],
            "raised": [finding_told(each, language) for each in trial.raised],
        }
    )


@router.post("/documents/{number}/pages/{shown_page}/undo")
def undo(request: Request, who: Corrector, number: int, shown_page: int, given: TakenBack) -> JSONResponse:
    held = document_of(request, number)
    open_page(request, who, held, shown_page)
    correction = given.key.rpartition(":")[2]
    if not given.key.startswith(f"{held.sha256}:{given.pointer}:") or not correction.isdecimal():
        raise HTTPException(422)
    if not library_of(request).ledger.withdraw(held.sha256, int(correction), who.user.name):
        return _stale(request, number, shown_page, given.pointer)
    return JSONResponse(_state(request, number, shown_page))


@router.post("/documents/{number}/pages/{shown_page}/all-right")
def all_right(request: Request, who: Corrector, number: int, shown_page: int) -> JSONResponse:
    held = document_of(request, number)
    seen = None if may_see_secret(request, who) else held.secret
    sure = _sure(held, seen or set())
    taken = library_of(request).answer([(key, AS_READ) for key in sure], who.user.name)
    left = document_of(request, number)
    words = say("all right left", language_of(request), done=taken.new, left=len(left.doubts))
    return JSONResponse({"message": words, **_state(request, number, shown_page)})


def _sure(held: Held, hidden: set[int]) -> list[str]:
    """The keys of all doubtful places of which something was understood."""
    spots = (doubt.spot for doubt in held.doubts.values())
    return [held.key(spot) for spot in spots if spot.found and spot.value is not None and spot.page not in hidden]


@router.post("/documents/{number}/pages/{shown_page}/readings")
def read_drawn(request: Request, who: Corrector, number: int, shown_page: int, given: Drawn) -> JSONResponse:
    held = document_of(request, number)
    open_page(request, who, held, shown_page)
    served = request.app.state
    try:
        text, confidence = read_box(served.pictures, served.settings, held.document, shown_page, given.box)
    except LaodocError as refused:
        raise HTTPException(410, str(refused)) from refused
    return JSONResponse({"text": text, "confidence": round(confidence, 3)})
