"""Who comes in, and from where: hosts, origins, sessions, tokens, roles, and the headers of every answer."""

import json
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.middleware.base import BaseHTTPMiddleware

from laodoc.server.accounts import Accounts, Role, User
from laodoc.server.settings import Settings
from laodoc.server.store import Store

COOKIE = "laodoc_session"
CSRF_HEADER, CSRF_FIELD = "X-CSRF-Token", "csrf"
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))

FAILURES, FAILURES_S = 5, 300.0
"""So many wrong passwords or tokens of one name or address in so many seconds, then it has to wait."""

MOST_WATCHED = 10_000
"""Names and addresses whose failures are remembered."""

ROOM_OF_A_FORM = 1 << 20
"""Bytes of a form around its file."""

LONGEST_LOGGED = 300
"""Characters of a path in the log."""

OPEN = ("/static/", "/healthz", "/readyz")
"""Paths that ask nobody who he is."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks, and how he came in; `csrf` is the word that the forms of his session carry."""

    user: User
    via: Literal["session", "token", "machine"]
    csrf: str = ""


class Failures:
    """Counts wrong passwords and tokens."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._at: defaultdict[str, list[float]] = defaultdict(list)

    def must_wait(self, *names: str) -> bool:
        """Whether one of the names has failed too often of late."""
        with self._lock:
            return any(len(self._recent(name)) >= FAILURES for name in names)

    def note(self, *names: str) -> None:
        """Each has failed once more."""
        with self._lock:
            if len(self._at) > MOST_WATCHED:
                self._at.clear()
            for name in names:
                self._at[name] = [*self._recent(name), self._clock()]

    def _recent(self, name: str) -> list[float]:
        return [at for at in self._at.get(name, ()) if self._clock() - at < FAILURES_S]


class Guard:
    """Lets in who may come in.

    Args:
        accounts: None where only this machine is served.
    """

    def __init__(self, settings: Settings, store: Store, accounts: Accounts | None) -> None:
        self.settings, self.store, self.accounts = settings, store, accounts
        self.failures = Failures()

    def who(self, request: Request) -> Who | None:
        """Who asks; None where nobody has come in."""
        given = request.headers.get("Authorization", "")
        if given:
            return self._by_token(request, given)
        secret = request.cookies.get(COOKIE)
        session = self.store.session(secret) if secret else None
        if session and (user := self._user(session.user)):
            return Who(user, "session", session.csrf)
        if self.accounts is None:
            return Who(self._local, "machine")
        return None

    @property
    def _local(self) -> User:
        return User(self.settings.local_user, "admin")

    def _user(self, name: str) -> User | None:
        if self.accounts is None:
            return self._local if name == self._local.name else None
        return self.accounts.user(name)

    def _by_token(self, request: Request, given: str) -> Who | None:
        address = f"address {address_of(request)}"
        if self.failures.must_wait(address):
            raise HTTPException(429, "too many wrong tokens; wait five minutes")
        scheme, _, secret = given.partition(" ")
        token = self.store.token(secret.strip()) if scheme.lower() == "bearer" else None
        owner = self._user(token.user) if token else None
        if token is None or owner is None:
            self.failures.note(address)
            raise HTTPException(401, "no such token", headers={"WWW-Authenticate": "Bearer"})
        role: Role = token.role if owner.may(token.role) else owner.role  # type: ignore[assignment, arg-type]
        return Who(User(token.user, role), "token")

    def log_in(self, request: Request, name: str, password: str) -> tuple[str, User] | None:
        """A new session's secret and its user, if name and password are right. The session that the browser had ends,
        so nobody can have put it there.

        Raises:
            HTTPException: there were too many wrong ones.
        """
        watched = (f"name {name[:100]}", f"address {address_of(request)}")
        if self.failures.must_wait(*watched):
            raise HTTPException(429, "too many wrong passwords; wait five minutes")
        user = self.accounts.check(name, password) if self.accounts else None
        if user is None:
            self.failures.note(*watched)
            return None
        if before := request.cookies.get(COOKIE):
            self.store.end_session(before)
        return self.store.begin_session(user.name)[0], user

    def set_cookie(self, response: Response, secret: str) -> None:
        """Give the browser its session."""
        response.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=self.settings.secure, path="/")


def address_of(request: Request) -> str:
    """From where a request comes."""
    return request.client.host if request.client else "?"


class Door(BaseHTTPMiddleware):
    """What holds of every request: its host is one of ours, what changes something comes from our own pages, and the
    answer has its headers."""

    async def dispatch(self, request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        guard: Guard = request.app.state.guard
        began = time.monotonic()
        refused = _refused(request, guard.settings)
        response = (
            PlainTextResponse(refused[1], refused[0]) if refused else await self._answer(request, call_next, guard)
        )
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        _note(request, response.status_code, time.monotonic() - began)
        return response

    async def _answer(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]], guard: Guard
    ) -> Response:
        path = request.url.path
        if path.startswith(OPEN):
            return await call_next(request)
        try:
            who = guard.who(request)
        except HTTPException as refused:
            return PlainTextResponse(refused.detail, refused.status_code, dict(refused.headers or {}))
        begun = None
        if who and who.via == "machine" and not path.startswith("/api/") and request.method in SAFE:
            begun, session = guard.store.begin_session(who.user.name)
            who = Who(who.user, "session", session.csrf)
        request.state.who = who
        response = await call_next(request)
        if begun:
            guard.set_cookie(response, begun)
        return response


def _note(request: Request, status: int, seconds: float) -> None:
    """Count and log a request; what was searched for stays out of the log."""
    route = getattr(request.scope.get("route"), "path", "?")
    request.app.state.metrics.answered(request.method, route, status, seconds)
    who = getattr(request.state, "who", None)
    line = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": request.method,
        "path": request.url.path[:LONGEST_LOGGED],
        "status": status,
        "ms": round(1000 * seconds, 1),
        "user": who.user.name if who else None,
        "address": address_of(request),
    }
    request.app.state.log(json.dumps(line, ensure_ascii=False))


def _refused(request: Request, settings: Settings) -> tuple[int, str] | None:
    """Why a request is not looked at, with its status."""
    host = (request.headers.get("Host") or "").lower()
    name = host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdigit() else host
    if (settings.is_loopback or settings.hosts) and name not in settings.own_names:
        return 421, f"this server is not called {name[:200]}"
    if request.method in SAFE:
        return None
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() != host:
        return 403, "this comes from a page of somebody else"
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return 403, "this comes from a page of somebody else"
    length = request.headers.get("Content-Length")
    if length is None and "Transfer-Encoding" in request.headers:
        return 411, "say how long it is"
    if length and not (length.isdigit() and int(length) <= settings.most_upload + ROOM_OF_A_FORM):
        return 413, f"more than {settings.most_upload >> 20} MB"
    return None


def needs(role: Role) -> Callable[[Request], Awaitable[Who]]:
    """A dependency: who asks has this role, and what changes something carries the word of his session."""

    async def check(request: Request) -> Who:
        who: Who | None = request.state.who
        if who is None:
            raise HTTPException(401, "log in first")
        if not who.user.may(role):
            raise HTTPException(403, f"this needs the role {role}")
        if request.method not in SAFE and who.via == "session":
            given = request.headers.get(CSRF_HEADER) or str((await request.form()).get(CSRF_FIELD, ""))
            if not secrets.compare_digest(given.encode(), who.csrf.encode()):
                raise HTTPException(403, "the form is too old; load the page again")
        elif request.method not in SAFE and who.via == "machine" and not request.url.path.startswith("/api/"):
            raise HTTPException(403, "the form is too old; load the page again")
        return who

    return check
