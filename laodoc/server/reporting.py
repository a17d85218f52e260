"""Pages of what the archive is for: who has reported, deadlines, registers, the archive in figures."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response

from laodoc.archive import overview
from laodoc.archive.reading import documents_in
from laodoc.export.register import Register, register_of
from laodoc.export.register_file import writer_for
from laodoc.server.documents import library_of, may_see_secret
from laodoc.server.guarding import Who, needs
from laodoc.server.rendering import page
from laodoc.thai.dates import ERA
from laodoc.thai.province_grid import GRID

TILE = 58
"""Pixels of a province on the map."""

PRINTED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A page to print brings its own styles, and nothing else."""

KINDS = ("received", "sent")

router = APIRouter(include_in_schema=False)
Reader = Annotated[Who, Depends(needs("reader"))]


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the map: its place, and how many of its local bodies have reported."""

    name: str
    x: int
    y: int
    done: int
    total: int

    @property
    def level(self) -> str:
        """How far it is: nothing known, none, some, all."""
        if not self.total:
            return "unknown"
        return "all" if self.done == self.total else "none" if not self.done else "some"


@router.get("/board")
def board(request: Request, who: Reader, province: str = "") -> Response:
    ledger = library_of(request).ledger
    rows = overview.reported(ledger)
    done = Counter(row.province for row in rows if row.status == "done")
    total = Counter(row.province for row in rows)
    tiles = [Tile(name, x * TILE, y * TILE, done[name], total[name]) for name, (x, y) in GRID.items()]
    districts: defaultdict[str, list[overview.Reported]] = defaultdict(list)
    for row in rows:
        if province and row.province == province:
            districts[row.district].append(row)
    return page(
        request,
        "board.html",
        tiles=tiles,
        tile=TILE,
        total=total,
        done=done,
        province=province,
        districts=districts,
        size=(TILE * (1 + max(x for x, _ in GRID.values())), TILE * (1 + max(y for _, y in GRID.values()))),
    )


@router.get("/deadlines")
def deadlines(request: Request, who: Reader) -> Response:
    found = overview.deadlines(library_of(request).ledger, unmask=may_see_secret(request, who))
    today = date.today()
    rows = [(each, (date.fromisoformat(each.day) - today).days) for each in found]
    return page(request, "deadlines.html", rows=rows)


@router.get("/register")
def register(request: Request, who: Reader) -> Response:
    years = overview.years(library_of(request).ledger) or [date.today().year + ERA]
    return page(request, "register.html", years=years, kinds=KINDS)


@router.get("/register/print")
def register_page(
    request: Request,
    who: Reader,
    kind: str = "received",
    year: Annotated[int, Query(ge=2443, le=2643)] = 2565,
    office: Annotated[str, Query(max_length=200)] = "",
    form: str = "html",
) -> Response:
    if kind not in KINDS or form not in ("html", "xlsx"):
        raise HTTPException(404)
    documents = documents_in([request.app.state.settings.archive])
    unmask = may_see_secret(request, who)
    made: Register = register_of(documents, kind, year, office=office or None, unmask=unmask)  # type: ignore[arg-type]
    content = writer_for(Path(f"register.{form}"))(made)
    if form == "html":
        return Response(content, media_type="text/html", headers={"Content-Security-Policy": PRINTED})
    name = f"register-{kind}-{year}.xlsx"
    return Response(
        content,
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/dashboard")
def dashboard(request: Request, who: Reader) -> Response:
    return page(request, "dashboard.html", figures=overview.figures(library_of(request).ledger))
