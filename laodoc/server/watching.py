"""What looks after the server ask: is it alive, is it ready, what has it done; and the list of its REST."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text

from laodoc.errors import LaodocError
from laodoc.server.guarding import Who, needs
from laodoc.server.rendering import page

router = APIRouter(include_in_schema=False)
Reader = Annotated[Who, Depends(needs("reader"))]


@router.get("/healthz")
def health() -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def ready(request: Request) -> JSONResponse:
    """The archive can be read, and files that come are read too."""
    served = request.app.state
    try:
        with served.library.ledger.session() as session:
            session.execute(text("SELECT 1 FROM contents LIMIT 1"))
    except (LaodocError, OSError):
        return JSONResponse({"status": "the archive cannot be read"}, 503)
    if not served.reader.alive or served.reader.failed:
        return JSONResponse({"status": "files that come are not read"}, 503)
    return JSONResponse({"status": "ok"})


@router.get("/metrics")
def metrics(request: Request, who: Reader) -> Response:
    served = request.app.state
    return Response(served.metrics.text(served.library.ledger), media_type=CONTENT_TYPE_LATEST)


@router.get("/api/docs")
def api_docs(request: Request, who: Reader) -> Response:
    return page(request, "api.html", api=request.app.openapi())
