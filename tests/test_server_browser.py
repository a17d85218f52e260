"""laodoc serve in a real browser: a file is dropped, read, exported; axe finds nothing grave."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import SAMPLES, archive

import laodoc
from laodoc.errors import InputError

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_MS = 20_000
"""Until a page of a busy machine is there."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server on an archive with the bundle; its address and its folder. It ends as services are ended, and well."""
    folder = tmp_path_factory.mktemp("served")
    path = archive(folder)
    (folder / "inbox").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "laodoc", "serve", path, "--inbox", folder / "inbox", "--port", str(port), "-q"]
    server = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
            break
        except OSError:
            time.sleep(0.2)
    yield address, folder
    server.send_signal(signal.SIGTERM)
    assert server.wait(60) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as played:
        shown = played.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield shown
        shown.close()


@pytest.fixture
def page(browser, served) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """A page that tells of every fault of its scripts."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=served[0])
    shown = context.new_page()
    shown.set_default_timeout(PATIENCE_MS)
    faults: list[str] = []
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield shown
    context.close()
    assert faults == []


def test_values_and_boxes_light_together(page) -> None:  # type: ignore[no-untyped-def]
    page.goto("/documents/1/pages/3")
    cell = page.locator("td[data-place]").nth(8)
    pointer = cell.get_attribute("data-place")
    cell.click()
    assert page.locator("rect.current").get_attribute("data-place") == pointer
    other = page.locator("td[data-place]").nth(14).get_attribute("data-place")
    page.locator(f"rect[data-place='{other}']").dispatch_event("click")
    assert page.locator("td.current").get_attribute("data-place") == other
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()


def test_a_dropped_file_is_read_and_exported(page, served) -> None:  # type: ignore[no-untyped-def]
    """The queue tells of it while it is read; sent again it is known; its export is its record."""
    page.goto("/inbox")
    scan = str(SAMPLES / "internal_memo.pdf")
    page.set_input_files("#files", scan)
    page.wait_for_selector("#queue a:has-text('internal_memo.pdf')")
    page.set_input_files("#files", scan)
    page.wait_for_selector("#sent :text('มีอยู่แล้วในคลัง')")
    told = page.request.get("/exports/file?format=jsonl&what=letters&file=internal_memo.pdf")
    (letter,) = (json.loads(line) for line in told.text().splitlines())
    assert letter["number"] == "ตง 0023.5/631"


@pytest.mark.parametrize(
    "path", ["/documents", "/documents/1/pages/1", "/inbox", "/search?q=ลาน", "/board", "/settings"]
)
def test_nothing_shuts_anybody_out(page, path: str) -> None:  # type: ignore[no-untyped-def]
    """axe-core finds nothing serious: names, contrast, order, roles."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.goto(path)
    found = axe.Axe().run(page)
    grave = [
        (each["id"], [node["target"] for node in each["nodes"][:3]])
        for each in found.response["violations"]
        if each["impact"] in ("serious", "critical")
    ]
    assert grave == []


def test_the_client_speaks_to_a_server(served) -> None:  # type: ignore[no-untyped-def]
    """What laodoc.Client sends, asks, corrects and exports, at a server that runs."""
    client = laodoc.Client(served[0])
    assert 1 in [each["number"] for each in client.documents()]
    assert client.record(1).source.name == "bundle.pdf"
    with pytest.raises(InputError):
        client.record(10_000)
    with pytest.raises(InputError):
        client.correct(1, {"no:such:place": "1"})
    assert client.export("jsonl", what="letters")
