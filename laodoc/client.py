"""`laodoc.Client`: a server of laodoc (`laodoc serve`) as programs call it."""

import json
import uuid
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from laodoc.errors import AccessError, InputError, UsageError
from laodoc.messages import Message

if TYPE_CHECKING:
    from laodoc.document import Document

TIMEOUT_S = 60.0


class Client:
    """Speaks to a server.

        client = laodoc.Client("http://127.0.0.1:8737", token="laodoc_…")
        document = client.scan("letter.pdf")

    Args:
        url: of the server.
        token: that an administrator has made; none is needed on the server's own machine without accounts.
    """

    def __init__(self, url: str, *, token: str | None = None) -> None:
        if not url.startswith(("http://", "https://")):
            raise UsageError(Message("client-url", url=url))
        self._url, self._token = url.rstrip("/"), token

    def scan(self, path: str | PathLike[str], *, wait: float = 300.0) -> "Document":
        """Send a scan, and wait until it is read.

        Raises:
            InputError: it cannot be read, or is not within `wait` seconds.
            AccessError: the server does not answer, or does not let us in.
        """
        told = self._send(path, wait)
        if "schema" in told:
            return _document(told)
        if told.get("error"):
            raise InputError(Message("client-unread", path=path, why=told["error"]))
        raise InputError(Message("client-later", path=path, job=told.get("job")))

    def submit(self, path: str | PathLike[str]) -> str:
        """Send a scan without waiting; the job to ask for with `job`."""
        return str(self._send(path, 0)["job"])

    def job(self, job: str) -> dict[str, Any]:
        """How it stands with a file: `status` is waiting, done or failed; `document` its number when it is done."""
        found: dict[str, Any] = self._ask("GET", f"/jobs/{quote(job)}")
        return found

    def documents(self, **filters: str | int) -> list[dict[str, Any]]:
        """The documents of the archive; filters are those of the page: order, province, office, year, status, state,
        due, limit, offset."""
        found: list[dict[str, Any]] = self._ask("GET", f"/documents?{urlencode(filters)}")["documents"]
        return found

    def record(self, number: int) -> "Document":
        """A document as it stands now."""
        return _document(self._ask("GET", f"/documents/{number}/record"))

    def doubts(self, number: int) -> list[dict[str, Any]]:
        """What of a document a person should look at."""
        found: list[dict[str, Any]] = self._ask("GET", f"/documents/{number}/review/doubts")
        return found

    def correct(self, number: int, answers: dict[str, str]) -> dict[str, Any]:
        """Correct values: the key of each place (see `doubts`), and what is printed there."""
        given = [{"key": key, "answer": answer} for key, answer in answers.items()]
        found: dict[str, Any] = self._ask("PATCH", f"/documents/{number}/corrections", given)
        return found

    def search(self, words: str, **filters: str | int) -> list[dict[str, Any]]:
        """The pages on which words stand."""
        found: list[dict[str, Any]] = self._ask("GET", f"/search?{urlencode({'q': words, **filters})}")["pages"]
        return found

    def export(self, format: str, **filters: str) -> bytes:
        """An export of the archive; several files are a ZIP."""
        return self._bytes("GET", f"/exports/{quote(format)}?{urlencode(filters)}")

    def _send(self, path: str | PathLike[str], wait: float) -> dict[str, Any]:
        try:
            content = Path(path).read_bytes()
        except OSError as refused:
            raise AccessError(Message("unreadable-file", path=path, why=refused.strerror)) from refused
        border = uuid.uuid4().hex
        name = quote(Path(path).name)
        head = f"--{border}\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''{name}\r\n\r\n"
        body = head.encode() + content + f"\r\n--{border}--\r\n".encode()
        form = f"multipart/form-data; boundary={border}"
        found: dict[str, Any] = json.loads(self._bytes("POST", f"/files?wait={wait}", body, form, wait + TIMEOUT_S))
        return found

    def _ask(self, method: str, path: str, content: object = None) -> Any:
        body = None if content is None else json.dumps(content).encode()
        return json.loads(self._bytes(method, path, body))

    def _bytes(
        self, method: str, path: str, body: bytes | None = None, kind: str = "application/json", wait: float = TIMEOUT_S
    ) -> bytes:
        request = Request(f"{self._url}/api/v1{path}", body, method=method, headers={"Content-Type": kind})
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        try:
            with urlopen(request, timeout=wait) as answer:
                content: bytes = answer.read()
                return content
        except HTTPError as refused:
            raise _error(refused) from refused
        except (URLError, OSError) as gone:
            raise AccessError(Message("client-no-answer", url=self._url, why=gone)) from gone


def _error(refused: HTTPError) -> AccessError | InputError:
    """What the server says, as an error of laodoc."""
    try:
        why = str(json.loads(refused.read())["error"])
    except (ValueError, LookupError, TypeError):
        why = refused.reason
    kind = InputError if refused.code in (404, 409, 413, 422) else AccessError
    return kind(Message("client-refused", why=why, status=refused.code))


def _document(told: dict[str, Any]) -> "Document":
    from laodoc.document import parse_record

    return parse_record(json.dumps(told).encode(), name="the server's answer")
