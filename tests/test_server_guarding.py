"""laodoc serve under attack: other sites, other names, other people's sessions, hostile files and texts."""

import io
import re
import socket
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from served import BASE, SAMPLES, archive, client, csrf, settings, state

from laodoc.archive.ledger import Ledger
from laodoc.archive.receiving import receive
from laodoc.document import parse_record
from laodoc.errors import UsageError
from laodoc.export.json import to_json
from laodoc.server.accounts import set_account
from laodoc.server.app import ROOMS, make_app
from laodoc.server.guarding import COOKIE, FAILURES, Failures
from laodoc.server.store import Store
from laodoc.server.webhooks import Teller, may_be_told, signature

PAGE = "/documents/1/pages/1"
WORD = "ม้าลายเจ็ดตัว"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return archive(tmp_path)


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader, a corrector and an administrator; argon2 takes its time, so once is enough."""
    path = tmp_path_factory.mktemp("users") / "users.json"
    for role in ("reader", "corrector", "admin"):
        set_account(path, f"some-{role}", role, WORD)
    return path


def log_in(browser: TestClient, name: str, word: str = WORD) -> Any:
    return browser.post("/login", data={"name": name, "password": word})


def test_beyond_this_machine_only_with_accounts(kept: Path) -> None:
    with pytest.raises(UsageError, match="accounts"):
        make_app(settings(kept, host="0.0.0.0"))


def test_nobody_is_at_home_where_there_are_accounts(kept: Path, users: Path) -> None:
    """Every page and every part of REST asks who comes, but the way in and what tells that the process lives."""
    browser = client(kept, users=users)
    open_to_all = {"/login", "/healthz", "/readyz"}
    for route in (route for room in ROOMS for route in room.router.routes if isinstance(route, APIRoute)):
        path = re.sub(r"\{\w+\}", "1", route.path)
        for method in route.methods - {"HEAD"}:
            if path in open_to_all or path == "/":
                continue
            told = browser.request(method, path)
            assert told.status_code == 401 or told.headers.get("location", "").startswith("/login"), (method, path)


def test_what_changes_something_carries_the_word_of_its_session(kept: Path) -> None:
    """Whoever lures a browser here cannot know it: without it, and with another one, every such route refuses."""
    browser = client(kept)
    browser.get("/documents")
    routes = [route for room in ROOMS for route in room.router.routes if isinstance(route, APIRoute)]
    unsafe = [(method, route.path) for route in routes for method in route.methods & {"POST", "PUT", "PATCH", "DELETE"}]
    assert len(unsafe) > 10
    for method, path in unsafe:
        if path == "/login":
            continue
        told = browser.request(method, re.sub(r"\{\w+\}", "1", path), headers={"X-CSRF-Token": "guessed"})
        assert told.status_code == 403, (method, path, told.status_code)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_page_of_somebody_else_changes_nothing(kept: Path, headers: dict[str, str]) -> None:
    """Not even REST, which asks for no word, on a machine without accounts."""
    told = client(kept).patch("/api/v1/documents/1/corrections", json=[], headers=headers)
    assert told.status_code == 403


def test_another_name_for_this_machine_is_refused(kept: Path) -> None:
    """A name that somebody else has pointed at 127.0.0.1 makes his page one of this server's, to the browser."""
    assert client(kept).get("/documents", headers={"Host": "evil.example:8737"}).status_code == 421
    assert client(kept, hosts=("archive.example",)).get("/", headers={"Host": "archive.example"}).status_code == 307


def test_a_session_is_new_after_every_login(kept: Path, users: Path) -> None:
    """A session that somebody has put into a browser is not the one that its user gets, and lets nobody in."""
    browser = client(kept, users=users)
    browser.cookies.set(COOKIE, "planted")
    come = log_in(browser, "some-reader")
    assert come.status_code == 303
    cookie = come.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "planted" not in cookie
    first = cookie.partition("=")[2].partition(";")[0]
    browser.cookies.clear()
    browser.cookies.set(COOKIE, first)
    assert browser.get("/documents").status_code == 200
    log_in(browser, "some-reader")
    for ended in (first, "planted"):
        other = client(kept, users=users)
        other.cookies.set(COOKIE, ended)
        assert other.get("/documents").status_code == 401


def test_logging_out_ends_the_session_here_too(kept: Path, users: Path) -> None:
    browser = client(kept, users=users)
    log_in(browser, "some-reader")
    shown = browser.get("/documents")
    secret = browser.cookies.get(COOKIE)
    browser.post("/logout", data={"csrf": csrf(shown.text)})
    other = client(kept, users=users)
    other.cookies.set(COOKIE, str(secret))
    assert other.get("/documents").status_code == 401


def test_passwords_are_not_guessed(kept: Path, users: Path) -> None:
    """After some wrong ones even the right one has to wait; who has no account learns nothing else."""
    browser = client(kept, users=users)
    for _ in range(FAILURES):
        assert log_in(browser, "some-reader", "ไม่ใช่รหัส").status_code == 401
    assert log_in(browser, "some-reader").status_code == 429
    clock = iter([0.0] * 2 * FAILURES + [400.0] * 20)
    failures = Failures(lambda: next(clock))
    for _ in range(FAILURES):
        failures.note("a")
    assert not failures.must_wait("a")  # time has passed


def test_tokens_are_not_guessed(kept: Path) -> None:
    browser = client(kept)
    for _ in range(FAILURES):
        told = browser.get("/api/v1/documents", headers={"Authorization": "Bearer laodoc_guess"})
        assert told.status_code == 401
    assert browser.get("/api/v1/documents", headers={"Authorization": "Bearer laodoc_guess"}).status_code == 429


def test_secrets_do_not_lie_about(kept: Path, users: Path) -> None:
    """Neither sessions nor tokens nor passwords stand in the files as they are."""
    browser = client(kept, users=users)
    log_in(browser, "some-admin")
    word = csrf(browser.get("/settings").text)
    shown = browser.post("/settings/tokens", data={"csrf": word, "label": "ระบบ", "role": "reader"}).text
    token = re.search(r'id="token">([^<]+)<', shown)
    assert token
    file = kept.with_name(f"{kept.name}-server")
    assert file.stat().st_mode & 0o077 == 0
    content = file.read_bytes()
    assert token[1].encode() not in content and str(browser.cookies.get(COOKIE)).encode() not in content
    assert WORD not in users.read_text(encoding="utf-8")
    asked = TestClient(browser.app, base_url=BASE).get(
        "/api/v1/documents", headers={"Authorization": f"Bearer {token[1]}"}
    )
    assert asked.status_code == 200


def test_each_role_may_do_its_own(kept: Path, users: Path) -> None:
    """A reader reads, a corrector corrects and sends files, an administrator has the settings."""
    for name, inbox, settings_ in (("reader", 403, 403), ("corrector", 200, 403), ("admin", 200, 200)):
        browser = client(kept, users=users)
        log_in(browser, f"some-{name}")
        assert browser.get(PAGE).status_code == 200
        assert (browser.get("/inbox").status_code, browser.get("/settings").status_code) == (inbox, settings_)
    browser = client(kept, users=users)
    log_in(browser, "some-reader")
    shown = browser.get(PAGE).text
    pointer, place = next(iter(state(shown)["places"].items()))  # type: ignore[attr-defined]
    said = {"pointer": pointer, "key": place["key"], "answer": None}
    told = browser.post(f"{PAGE}/answers", json=said, headers={"X-CSRF-Token": csrf(shown)})
    assert told.status_code == 403


def test_logins_lead_to_pages_of_this_server_alone(kept: Path, users: Path) -> None:
    for address in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        browser = client(kept, users=users)
        come = browser.post("/login", data={"name": "some-reader", "password": WORD, "next": address})
        assert come.headers["location"] == "/"


def test_what_a_scan_says_is_shown_and_not_run(tmp_path: Path) -> None:
    """Text, titles and names of files with markup in them stand on the pages as text, wherever they are shown."""
    evil = "<script>alert(1)</script>'\"</script>"
    record = (SAMPLES / "bundle.json").read_text(encoding="utf-8")
    plain = parse_record(record.encode(), name="bundle.json")
    sender = plain.letters[0].sender
    assert sender
    letters = (plain.letters[0].model_copy(update={"sender": sender.model_copy(update={"text": evil, "value": evil})}),)
    tables = tuple(table.model_copy(update={"title": evil}) for table in plain.tables)
    lines = (plain.pages[0].lines[0].model_copy(update={"text": f"ลาน {evil}", "places": ()}),)
    page = plain.pages[0].model_copy(update={"lines": lines})
    document = plain.model_copy(update={"letters": letters, "tables": tables, "pages": (page, *plain.pages[1:])})
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    ledger.enter(f"/x/{evil}.pdf", document.source.sha256, 1, 1)
    ledger.keep(document.source.sha256, document, to_json(document), 1.0)
    browser = client(tmp_path / "a.sqlite")
    for path in (
        "/documents",
        PAGE,
        "/documents/1/pages/3",
        "/search?q=ลาน",
        "/inbox",
        "/dashboard",
        f"/trace?number={evil}",
    ):
        shown = browser.get(path)
        assert shown.status_code == 200, path
        assert "<script>alert" not in shown.text, path
        assert "script-src 'self'" in shown.headers["content-security-policy"]


def test_what_is_secret_is_shown_to_nobody_unasked(tmp_path: Path) -> None:
    """Neither its picture nor its values, nor what was put right there; with --unmask correctors see it."""
    plain = parse_record((SAMPLES / "bundle.json").read_bytes(), name="bundle.json")
    sender, subject = plain.letters[0].sender, "เรื่องที่ไม่ควรรู้"
    assert sender
    marked = sender.model_copy(update={"text": "ลับ", "value": "ลับ"})
    told = sender.model_copy(update={"text": subject, "value": subject, "confidence": 0.5})
    letter = plain.letters[0].model_copy(update={"secrecy": marked, "subject": told})
    document = plain.model_copy(update={"letters": (letter, *plain.letters[1:])})
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    ledger.enter("/x/a.pdf", document.source.sha256, 1, 1)
    ledger.keep(document.source.sha256, document, to_json(document), 1.0)
    seeing = client(tmp_path / "a.sqlite", unmask=True)
    shown = seeing.get(PAGE).text
    assert subject in shown
    key = state(shown)["places"]["/letters/0/subject"]["key"]  # type: ignore[index]
    said = {"pointer": "/letters/0/subject", "key": key, "answer": f"{subject}นัก"}
    assert seeing.post(f"{PAGE}/answers", json=said, headers={"X-CSRF-Token": csrf(shown)}).status_code == 200
    blind = client(tmp_path / "a.sqlite")
    word = csrf(blind.get("/documents").text)
    api = ("/api/v1/documents", "/api/v1/documents/1/record", "/api/v1/documents/1/review/doubts", "/api/v1/search?q=ที่")
    for path in ("/documents", PAGE, "/changes", "/deadlines", "/inbox", "/search?q=เรื่อง", *api):
        assert subject not in blind.get(path).text, path
    assert blind.get(f"{PAGE}/full.jpg").status_code == 403
    for what, given in (("answers", said), ("trials", {"pointer": "/letters/0/subject", "answer": "x"})):
        told_off = blind.post(f"{PAGE}/{what}", json=given, headers={"X-CSRF-Token": word})
        assert told_off.status_code == 403


def test_every_answer_has_its_headers(kept: Path) -> None:
    browser = client(kept)
    for path in ("/documents", "/static/app.css", "/no/such/page", "/api/v1/documents", "/healthz"):
        headers = browser.get(path).headers
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY", path
        assert "default-src 'none'" in headers["content-security-policy"], path


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2f..%2fsetup.cfg", "/static//etc/passwd"],
)
def test_static_files_are_only_those(kept: Path, path: str) -> None:
    assert client(kept).get(path).status_code == 404


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
NAMES = (
    "../../etc/cron.d/x.png",
    "..\\..\\x.png",
    "/etc/passwd",
    "con.png",
    "a\0b.png",
    "",
    "~$x.png",
    "._x.png",
    "ก" * 400,
)


@pytest.mark.parametrize("name", NAMES)
def test_files_lie_in_the_inbox_whatever_they_are_called(tmp_path: Path, name: str) -> None:
    """No name leads out of it, none is passed over by the reader, and what was there before stays."""
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    inbox = tmp_path / "inbox"
    first = receive(ledger, inbox, name, io.BytesIO(PNG), most=1000)
    second = receive(ledger, inbox, name, io.BytesIO(PNG + b"2"), most=1000)
    assert first.place and second.place and first.place != second.place
    assert {first.place.parent, second.place.parent} == {inbox}
    assert first.place.read_bytes() == PNG and first.place.suffix == ".png"
    assert not first.place.name.startswith((".", "~"))


@pytest.mark.parametrize(
    ("content", "fate"),
    [(b"", "refused empty"), (b"MZ\x90\0 no scan", "refused kind"), (b"%PDF-" + b"x" * 2000, "refused size")],
)
def test_what_is_no_scan_is_refused_with_a_word(tmp_path: Path, content: bytes, fate: str) -> None:
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    assert receive(ledger, tmp_path / "inbox", "x.pdf", io.BytesIO(content), most=1000).fate == fate
    assert list((tmp_path / "inbox").iterdir()) == []


def test_uploads_have_a_limit_before_they_are_kept(kept: Path) -> None:
    """What says that it is longer is not even looked at; what does not say how long it is neither."""
    browser = client(kept, most_upload=10)
    word = csrf(browser.get("/inbox").text)
    files = {"files": ("x.pdf", b"%PDF-" + b"x" * (2 << 20))}
    assert browser.post("/inbox", files=files, headers={"X-CSRF-Token": word}).status_code == 413
    endless = browser.post("/inbox", content=iter([b"x"]), headers={"X-CSRF-Token": word})
    assert endless.status_code == 411


def test_a_hostile_zip_is_refused_as_a_batch_does(tmp_path: Path) -> None:
    """The page takes a ZIP for a folder of scans; what leads out of it is told by the reader, see the tests of ZIPs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("../../x.png", PNG)
    ledger = Ledger(tmp_path / "a.sqlite", create=True)
    found = receive(ledger, tmp_path / "inbox", "x.pdf", io.BytesIO(made.getvalue()), most=10_000)
    assert found.place and found.place.suffix == ".zip"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:8737/",
        "http://[::1]/",
        "file:///etc/passwd",
        "gopher://hook.example/",
        "http://hook.example@127.0.0.1/",
        "http://127.0.0.1#@hook.example/",
        "http://hook.example:22/",
        "http://hook.example.evil.example/",
        "http://hook.example\\@127.0.0.1/",
        "http://hook.example /",
        "http://2130706433/",
    ],
)
def test_webhooks_go_to_named_hosts_alone(url: str) -> None:
    assert not may_be_told(url, ("hook.example",))


def test_a_named_host_may_be_told() -> None:
    assert may_be_told("https://hook.example/done?x=1", ("hook.example",))
    assert may_be_told("http://hook.example:8080/", ("hook.example:8080",))
    assert not may_be_told("http://hook.example/", ())


class Hook(BaseHTTPRequestHandler):
    """Writes down what it is told; answers by leading elsewhere first."""

    told: list[tuple[bytes, str]]
    status: list[int]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.told.append((body, self.headers["X-Laodoc-Signature"]))
        self.send_response(self.status.pop(0) if self.status else 200)
        self.send_header("Location", "http://127.0.0.1:1/secret")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[type[Hook]]:
    """A server that is told, in a thread."""

    class Mine(Hook):
        told: list[tuple[bytes, str]] = []  # noqa: RUF012
        status: list[int] = []  # noqa: RUF012

    server = HTTPServer(("127.0.0.1", 0), Mine)
    Mine.port = server.server_port  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Mine
    server.shutdown()
    server.server_close()


def test_webhooks_are_signed_tried_again_and_led_nowhere(hook: Any, tmp_path: Path) -> None:
    """An answer that leads elsewhere is no success and is not followed; the next try is."""
    store = Store(tmp_path / "s")
    made = store.add_webhook(f"http://127.0.0.1:{hook.port}/x")
    hook.status[:] = [302, 500]
    teller = Teller(store, (f"127.0.0.1:{hook.port}",), pauses_s=(0.01, 0.01))
    teller.start()
    teller.tell({"event": "done"})
    for _ in range(200):
        if teller.told:
            break
        threading.Event().wait(0.05)
    teller.stop()
    assert len(hook.told) == 3
    assert all(sign == signature(made.secret, body) for body, sign in hook.told)


def test_a_webhook_of_another_host_is_not_even_called(tmp_path: Path) -> None:
    """Also where it was allowed once and is no more."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        store = Store(tmp_path / "s")
        store.add_webhook(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        teller = Teller(store, (), pauses_s=())
        teller.start()
        teller.tell({"event": "done"})
        for _ in range(200):
            if teller.failed:
                break
            threading.Event().wait(0.02)
        teller.stop()
        listening.settimeout(0.05)
        with pytest.raises(TimeoutError):
            listening.accept()
