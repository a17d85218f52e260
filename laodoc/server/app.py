"""The application: its parts, its routes, and what is said where something goes wrong."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as AnyHTTPException

import laodoc
from laodoc.archive.batch import Outcome, log_line
from laodoc.archive.ledger import Ledger
from laodoc.errors import LaodocError, UsageError
from laodoc.messages import Message
from laodoc.server import (
    administering,
    asking,
    confirming,
    documents,
    doors,
    exporting,
    receiving_files,
    reporting,
    rest,
    watching,
)
from laodoc.server.accounts import Accounts
from laodoc.server.guarding import Door, Guard
from laodoc.server.library import Library
from laodoc.server.metrics import Metrics
from laodoc.server.pictures import Pictures
from laodoc.server.reader import Reader
from laodoc.server.rendering import language_of, page
from laodoc.server.settings import Settings
from laodoc.server.store import Store
from laodoc.server.webhooks import Teller
from laodoc.server.words import WORDS, say

Log = Callable[[str], None]

FONT_PACKAGE = "fontpkg_sarabun"
"""Where Sarabun lies when the extra `serve` is installed; without it pages use the system's Thai font."""


ROOMS = (
    doors,
    documents,
    confirming,
    receiving_files,
    asking,
    reporting,
    exporting,
    administering,
    watching,
    rest,
)


def make_app(settings: Settings, log: Log | None = None) -> FastAPI:
    """The application for one archive; `log` is given a line of JSON for every request and every file.

    Raises:
        UsageError: it would be open to other machines without accounts.
        LaodocError: the archive or the accounts cannot be opened.
    """
    if not settings.is_loopback and settings.users is None:
        raise UsageError(Message("serve-open"))
    app = FastAPI(
        title="laodoc",
        version=laodoc.__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_life,
    )
    ledger = Ledger(settings.archive, create=True)
    store = Store(settings.archive.with_name(f"{settings.archive.name}-server"))
    app.state.settings, app.state.store = settings, store
    app.state.guard = Guard(settings, store, Accounts(settings.users) if settings.users else None)
    app.state.library, app.state.pictures = Library(ledger), Pictures(ledger, settings.password)
    app.state.metrics, app.state.log = Metrics(), log or _nowhere
    app.state.teller = Teller(store, settings.webhooks)
    app.state.reader = Reader(settings, partial(_ended, app))
    app.add_middleware(Door)
    font = find_spec(FONT_PACKAGE)
    if font and font.origin:
        app.mount("/static/font", StaticFiles(directory=Path(font.origin).parent / "files"))
    app.mount("/static", StaticFiles(packages=[("laodoc.server", "static")]))
    for room in ROOMS:
        app.include_router(room.router)
    app.add_exception_handler(AnyHTTPException, _refused)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _not_understood)  # type: ignore[arg-type]
    app.add_exception_handler(LaodocError, _failed)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, _fault)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    app.state.teller.start()
    app.state.reader.start()
    yield
    await run_in_threadpool(app.state.reader.stop)
    await run_in_threadpool(app.state.teller.stop)
    app.state.library.ledger.close()


def _nowhere(line: str) -> None:
    """Where nobody wants a log."""


def _ended(app: FastAPI, outcome: Outcome) -> None:
    """A file was read, or could not be: it is counted, logged and told."""
    app.state.metrics.ended(outcome.pages, failed=outcome.error is not None)
    app.state.log(log_line(outcome))
    app.state.teller.tell(json.loads(log_line(outcome)) | {"event": "failed" if outcome.error else "done"})


def _wants_data(request: Request) -> bool:
    """Whether a program asks, and no person."""
    return request.url.path.startswith("/api/") or "text/html" not in request.headers.get("Accept", "text/html")


async def _refused(request: Request, error: HTTPException) -> Response:
    status, detail = error.status_code, str(error.detail)
    if _wants_data(request):
        return JSONResponse({"error": detail}, status, headers=error.headers)
    if status == 401:
        return RedirectResponse(f"/login?next={quote(request.url.path)}", 303)
    code = f"error {status}" if f"error {status}" in WORDS else "error 422"
    shown = detail if status in (403, 410) else ""
    return page(request, "error.html", status=status, words=say(code, language_of(request)), detail=shown)


async def _not_understood(request: Request, error: RequestValidationError) -> Response:
    problems = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return await _refused(request, HTTPException(422, problems))


async def _failed(request: Request, error: LaodocError) -> Response:
    return await _refused(request, HTTPException(422 if isinstance(error, UsageError) else 500, str(error)))


async def _fault(request: Request, error: Exception) -> Response:
    return await _refused(request, HTTPException(500, "something went wrong here; what was saved is kept"))
