"""An archive with the sample bundle, as `laodoc batch` leaves it, and a server on it; nothing has to be read."""

import json
import re
import shutil
from pathlib import Path

from fastapi.testclient import TestClient

from laodoc.archive.ledger import Ledger
from laodoc.document import Document, parse_record
from laodoc.server.app import make_app
from laodoc.server.settings import Settings

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
BASE = "http://127.0.0.1:8737"


def archive(folder: Path) -> Path:
    """An archive with the bundle, whose scan lies beside it."""
    scan = folder / "bundle.pdf"
    shutil.copy(SAMPLES / "bundle.pdf", scan)
    record = (SAMPLES / "bundle.json").read_bytes()
    document = parse_record(record, name="bundle.json")
    path = folder / "a.sqlite"
    ledger = Ledger(path, create=True)
    keep(ledger, scan, document, record)
    ledger.close()
    return path


def keep(ledger: Ledger, scan: Path, document: Document, record: bytes) -> None:
    status = scan.stat()
    ledger.enter(str(scan), document.source.sha256, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    ledger.keep(document.source.sha256, document, record, 1.0)


def settings(path: Path, **more: object) -> Settings:
    """How the server of a test is started: it reads nothing."""
    return Settings(archive=path, inbox=path.parent / "inbox", jobs=0, local_user="สมชาย", **more)  # type: ignore[arg-type]


def client(path: Path, **more: object) -> TestClient:
    """A browser without JavaScript, at home on this machine."""
    return TestClient(make_app(settings(path, **more)), base_url=BASE, follow_redirects=False)


def csrf(page: str) -> str:
    """The word that the forms of a page carry."""
    found = re.search(r'<meta name="csrf" content="([^"]*)">', page)
    assert found
    return found[1]


def state(page: str) -> dict[str, object]:
    """What the page of a letter tells its browser."""
    found = re.search(r'<script type="application/json" id="state">(.*?)</script>', page, re.DOTALL)
    assert found
    told: dict[str, object] = json.loads(found[1])
    return told
