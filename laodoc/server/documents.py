"""Pages: the list of documents, and one page of a document with its scan."""

from collections import Counter
from datetime import date
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from laodoc.archive import overview
from laodoc.errors import LaodocError
from laodoc.server.guarding import Who, needs
from laodoc.server.letter_view import finding_told, page_view, places_of, shown
from laodoc.server.library import Held, Library
from laodoc.server.pictures import Pictures
from laodoc.server.rendering import language_of, page
from laodoc.server.words import Language, say

PAGE_ROWS = 50
"""Documents of one page of the list."""

MOST_THUMBS = 200
"""Pages of a document that are shown small; a longer one is walked page by page."""

router = APIRouter(default_response_class=Response, include_in_schema=False)
Reader = Annotated[Who, Depends(needs("reader"))]


def library_of(request: Request) -> Library:
    """The archive that is served."""
    found: Library = request.app.state.library
    return found


def may_see_secret(request: Request, who: Who) -> bool:
    """Whether what is secret is shown to somebody."""
    return bool(request.app.state.settings.unmask) and who.user.may("corrector")


def document_of(request: Request, number: int) -> Held:
    """The document with this number.

    Raises:
        HTTPException: there is none.
    """
    held = library_of(request).get(number)
    if held is None:
        raise HTTPException(404)
    return held


def open_page(request: Request, who: Who, held: Held, number: int) -> None:
    """Raises:
    HTTPException: there is no such page, or it is secret.
    """
    if all(each.number != number for each in held.document.pages):
        raise HTTPException(404)
    if number in held.secret and not may_see_secret(request, who):
        raise HTTPException(403, say("secret page", language_of(request)))


@router.get("/")
def start() -> RedirectResponse:
    return RedirectResponse("/documents")


def narrowing_of(request: Request) -> tuple[overview.Narrowing, overview.Order]:
    """The filters and the order in an address; what makes no sense there is left out."""
    asked = request.query_params
    year, order = asked.get("year", ""), asked.get("order", "doubt")
    state, due, status = asked.get("state"), asked.get("due"), asked.get("status")
    wanted = overview.Narrowing(
        province=asked.get("province", "").strip() or None,
        office=asked.get("office", "").strip() or None,
        year=int(year) if year.isdecimal() else None,
        status=status if status in ("done", "pending") else None,
        state=state if state in get_args(overview.State) else None,  # type: ignore[arg-type]
        due=due if due in get_args(overview.Due) else None,  # type: ignore[arg-type]
        today=date.today(),
    )
    return wanted, order if order in get_args(overview.Order) else "doubt"  # type: ignore[return-value]


@router.get("/documents")
def documents(request: Request, who: Reader, p: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    library = library_of(request)
    wanted, order = narrowing_of(request)
    rows, count = overview.listing(
        library.ledger,
        wanted,
        order=order,
        limit=PAGE_ROWS,
        offset=(p - 1) * PAGE_ROWS,
        unmask=may_see_secret(request, who),
    )
    kept = {key: value for key, value in request.query_params.items() if key not in ("p", "lang") and value}
    return page(
        request,
        "documents.html",
        rows=rows,
        count=count,
        p=p,
        last=max(1, -(-count // PAGE_ROWS)),
        kept=kept,
        order=order,
        wanted=wanted,
        orders=get_args(overview.Order),
        years=overview.years(library.ledger),
        today=date.today().isoformat(),
    )


@router.get("/documents/{number}")
def document(request: Request, who: Reader, number: int) -> RedirectResponse:
    held = document_of(request, number)
    return RedirectResponse(f"/documents/{number}/pages/{_first_page(request, who, held)}")


def _first_page(request: Request, who: Who, held: Held) -> int:
    """The first page with doubts that may be seen, else the first."""
    hidden = set() if may_see_secret(request, who) else held.secret
    doubtful = (doubt.spot.page for doubt in held.doubts.values() if doubt.spot.page not in hidden)
    return min(doubtful, default=held.document.pages[0].number)


@router.get("/documents/{number}/next")
def next_document(request: Request, number: int, who: Reader) -> RedirectResponse:
    rows, _ = overview.listing(library_of(request).ledger, overview.Narrowing(state="doubtful"), limit=2)
    other = next((row.number for row in rows if row.number != number), None)
    return RedirectResponse(f"/documents/{other}" if other else "/documents")


@router.get("/documents/{number}/pages/{shown_page}")
def letter(request: Request, who: Reader, number: int, shown_page: int) -> Response:
    held = document_of(request, number)
    pages = {each.number: each for each in held.document.pages}
    if shown_page not in pages:
        raise HTTPException(404)
    hidden = shown_page in held.secret and not may_see_secret(request, who)
    language = language_of(request)
    view = None if hidden else page_view(held, shown_page)
    letters = [each for each in held.document.letters if shown_page in each.pages]
    number_said = next((str(each.number.value) for each in letters if each.number and each.number.value), None)
    return page(
        request,
        "letter.html",
        held=held,
        shown_page=pages[shown_page],
        hidden=hidden,
        view=view,
        shown=shown,
        state={} if hidden else state_of(held, shown_page, language),
        numbers=_around(list(pages), shown_page),
        doubts_at=doubts_at(held),
        remarks=[finding_told(each, language) for each in held.document.findings if each.page is None],
        may_correct=who.user.may("corrector"),
        letter_number=number_said,
        lit=_box(request),
    )


def _around(numbers: list[int], number: int) -> list[int]:
    """The pages that are shown small."""
    at = numbers.index(number)
    first = max(0, min(at - MOST_THUMBS // 2, len(numbers) - MOST_THUMBS))
    return numbers[first : first + MOST_THUMBS]


def _box(request: Request) -> list[int] | None:
    """A box in an address, to be lit on the scan."""
    parts = request.query_params.get("box", "").split(",")
    return [int(part) for part in parts] if len(parts) == 4 and all(part.isdecimal() for part in parts) else None


def doubts_at(held: Held) -> Counter[int]:
    """How many doubts each page has."""
    return Counter(doubt.spot.page for doubt in held.doubts.values())


def state_of(held: Held, number: int, language: Language) -> dict[str, Any]:
    """What the browser needs of a page, now and after every change."""
    return {
        "places": places_of(held, number, language),
        "doubts": [pointer for pointer, doubt in held.doubts.items() if doubt.spot.page == number],
        "findings": [finding_told(each, language) for each in held.document.findings if each.page == number],
        "left": len(held.doubts),
        "pages": {str(page): count for page, count in sorted(doubts_at(held).items())},
    }


@router.get("/documents/{number}/pages/{shown_page}/{size}.jpg")
def picture(request: Request, who: Reader, number: int, shown_page: int, size: str) -> Response:
    held = document_of(request, number)
    open_page(request, who, held, shown_page)
    pictures: Pictures = request.app.state.pictures
    try:
        content = pictures.page(held.document, shown_page, thumb=size == "thumb")
    except LaodocError as refused:
        raise HTTPException(410, str(refused)) from refused
    return Response(content, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})
