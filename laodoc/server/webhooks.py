"""Telling other systems of what is done: a signed POST to hosts that whoever started the server has named.

A webhook's address is checked again before each call, redirects are not followed, and what comes back is not read: so
nobody learns through it what only this machine can reach.
"""

import hashlib
import hmac
import http.client
import json
import queue
import threading
import time
from collections.abc import Collection
from contextlib import suppress
from typing import Any
from urllib.parse import SplitResult, urlsplit

from laodoc.server.store import Store, Webhook

SIGNATURE = "X-Laodoc-Signature"
TIMEOUT_S = 10.0
PAUSES_S = (1.0, 10.0, 60.0)
"""Seconds between tries; after the last one it is given up."""

MOST_WAITING = 10_000
PORTS = {"http": 80, "https": 443}


def may_be_told(url: str, hosts: Collection[str]) -> bool:
    """Whether an address is of a host that may be told; with a name alone, on the usual port."""
    parts = _parts(url)
    if parts is None:
        return False
    usual = parts.port in (None, PORTS[parts.scheme])
    named = {f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}", *([str(parts.hostname)] if usual else [])}
    return not named.isdisjoint(host.lower() for host in hosts)


def _parts(url: str) -> SplitResult | None:
    """The parts of an address of HTTP without a name and a password in it; None for anything else."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in PORTS and parts.hostname and "@" not in parts.netloc and (parts.port or 1) > 0
    except ValueError:
        return None
    plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    return parts if sound and plain else None


def signature(secret: str, body: bytes) -> str:
    """What a receiver reckons too, to know that it was told by this server."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Teller:
    """A thread that tells webhooks of what is done."""

    def __init__(self, store: Store, hosts: Collection[str], pauses_s: tuple[float, ...] = PAUSES_S) -> None:
        self._store, self._hosts, self._pauses_s = store, hosts, pauses_s
        self._waiting: queue.Queue[tuple[Webhook, bytes] | None] = queue.Queue(MOST_WAITING)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)
        self.told = self.failed = 0

    def start(self) -> None:
        """Begin to tell."""
        self._thread.start()

    def stop(self) -> None:
        """End; what was not told yet is not told."""
        self._stop.set()
        with suppress(queue.Full):
            self._waiting.put_nowait(None)
        if self._thread.is_alive():
            self._thread.join(TIMEOUT_S)

    def tell(self, event: dict[str, Any]) -> None:
        """Tell every webhook, soon."""
        body = json.dumps(event, ensure_ascii=False).encode()
        for hook in self._store.webhooks():
            with suppress(queue.Full):
                self._waiting.put_nowait((hook, body))

    def _run(self) -> None:
        while not self._stop.is_set():
            given = self._waiting.get()
            if given is None:
                return
            for pause in (*self._pauses_s, 0.0):
                if self._post(*given):
                    self.told += 1
                    break
                if self._stop.wait(pause):
                    return
            else:
                self.failed += 1

    def _post(self, hook: Webhook, body: bytes) -> bool:
        """Whether the webhook was told and has said that it is well."""
        parts = _parts(hook.url)
        if parts is None or not may_be_told(hook.url, self._hosts):
            return False
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(str(parts.hostname), parts.port, timeout=TIMEOUT_S)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "laodoc",
            "X-Laodoc-Time": str(int(time.time())),
            SIGNATURE: signature(hook.secret, body),
        }
        try:
            connection.request("POST", path, body, headers)
            return 200 <= connection.getresponse().status < 300
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
