"""Exports by a click: what `laodoc export` writes, with the same filters, as one file."""

import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from laodoc.archive.reading import items_in
from laodoc.export import KEYS, MODULES
from laodoc.export.command import table_named, write_export
from laodoc.export.formats import Options, format_named
from laodoc.export.sheets import WHATS
from laodoc.export.wanted import Condition, Wanted, wanted_items
from laodoc.server.asking import day_of
from laodoc.server.documents import may_see_secret
from laodoc.server.guarding import Who, needs
from laodoc.server.rendering import page

FILTERS = ("province", "district", "organisation", "status", "sender", "recipient", "subject", "number", "file")
"""Which of `laodoc.export.KEYS` the page offers."""

router = APIRouter(include_in_schema=False)
Reader = Annotated[Who, Depends(needs("reader"))]


@router.get("/exports")
def exports(request: Request, who: Reader) -> Response:
    return page(request, "exports.html", formats=list(MODULES), whats=WHATS, filters=FILTERS)


@router.get("/exports/file")
def export_file(request: Request, who: Reader) -> Response:
    return exported(request, who, request.query_params.get("format", "xlsx"))


def exported(request: Request, who: Who, name: str) -> Response:
    """The export in a format that an address asks for: one file, or a ZIP of several.

    Raises:
        HTTPException: there is no such format.
        LaodocError: see `laodoc.export.command.write_export`.
    """
    asked, served = request.query_params, request.app.state
    if name not in MODULES:
        raise HTTPException(404)
    form, what = format_named(name), asked.get("what") or None
    where = [Condition(key, said, within=key != "status") for key in KEYS if (said := asked.get(key, "").strip())]
    wanted = Wanted(day_of(asked.get("since")), tuple(where))
    items = wanted_items(items_in([served.settings.archive], unpack=form.scans), wanted)
    options = Options(
        table_named(what) if form.unit in ("all", "table") else None,
        unmask=may_see_secret(request, who),
        password=served.settings.password,
    )
    folder = Path(tempfile.mkdtemp(prefix="laodoc-export-"))
    tidy = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    try:
        single = form.unit == "all" or (form.unit == "table" and options.what is not None)
        out = folder / (f"laodoc{form.suffix}" if single else "files")
        write_export(items, name, out, options)
        made = out if single else _packed(out, folder / f"laodoc-{name}.zip")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    served.store.note(who.user.name, "export", str(asked)[:300])
    return FileResponse(
        made, headers={"Content-Disposition": f"attachment; filename={quote(made.name)}"}, background=tidy
    )


def _packed(files: Path, out: Path) -> Path:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(files.iterdir()):
            packed.write(path, path.name)
    return out
