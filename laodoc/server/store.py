"""What the server itself keeps: sessions, API tokens and webhooks, in a file beside the archive.

Of sessions and tokens only digests are kept: who reads the file cannot come in with it.
"""

import hashlib
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from laodoc.errors import AccessError
from laodoc.messages import Message

SESSION_S = 12 * 3600
"""Seconds after which a session ends: a working day."""

TOKEN_BYTES = 32
"""Random bytes of a session's or a token's secret: nobody guesses 256 bits."""

TOKEN_PREFIX = "laodoc_"
"""By which a token is known in a file where it should not be."""

_TABLES = """
CREATE TABLE IF NOT EXISTS sessions (
    digest TEXT PRIMARY KEY, user TEXT NOT NULL, csrf TEXT NOT NULL, ends REAL NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, user TEXT NOT NULL, role TEXT NOT NULL, label TEXT NOT NULL,
    made REAL NOT NULL);
CREATE TABLE IF NOT EXISTS webhooks (id INTEGER PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY, at REAL NOT NULL, by TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's session: who, and the word that his forms must carry."""

    user: str
    csrf: str


@dataclass(frozen=True, slots=True)
class Token:
    """An API token, without its secret."""

    id: int
    user: str
    role: str
    label: str
    made: float


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where to tell of what is done, and the secret that signs it."""

    id: int
    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done and is no correction: a login, a file, a token."""

    at: float
    by: str
    what: str
    detail: str


class Store:
    """The file.

    Raises:
        AccessError: it cannot be made or opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.touch(mode=0o600)
            with self._open() as db:
                db.executescript(_TABLES)
        except (OSError, sqlite3.DatabaseError) as refused:
            raise AccessError(Message("not-written", path=path, why=refused)) from refused

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=30)) as db, db:
            yield db

    def begin_session(self, user: str) -> tuple[str, Session]:
        """A new session's secret, for its cookie alone, and the session."""
        secret, session = secrets.token_urlsafe(TOKEN_BYTES), Session(user, secrets.token_urlsafe(TOKEN_BYTES))
        with self._open() as db:
            db.execute("DELETE FROM sessions WHERE ends < ?", (time.time(),))
            ends = time.time() + SESSION_S
            db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_digest(secret), user, session.csrf, ends))
        return secret, session

    def session(self, secret: str) -> Session | None:
        """The session with this secret, if it has not ended."""
        with self._open() as db:
            asked = (_digest(secret), time.time())
            found = db.execute("SELECT user, csrf FROM sessions WHERE digest = ? AND ends > ?", asked).fetchone()
        return Session(*found) if found else None

    def end_session(self, secret: str) -> None:
        """Nobody comes in with this secret any more."""
        with self._open() as db:
            db.execute("DELETE FROM sessions WHERE digest = ?", (_digest(secret),))

    def make_token(self, user: str, role: str, label: str) -> str:
        """A new token, which is shown once."""
        secret = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
        with self._open() as db:
            values = (_digest(secret), user, role, label, time.time())
            db.execute("INSERT INTO tokens (digest, user, role, label, made) VALUES (?, ?, ?, ?, ?)", values)
        return secret

    def token(self, secret: str) -> Token | None:
        """The token with this secret."""
        with self._open() as db:
            asked = (_digest(secret),)
            found = db.execute("SELECT id, user, role, label, made FROM tokens WHERE digest = ?", asked).fetchone()
        return Token(*found) if found else None

    def tokens(self) -> list[Token]:
        """All tokens, the last first."""
        with self._open() as db:
            rows = db.execute("SELECT id, user, role, label, made FROM tokens ORDER BY id DESC").fetchall()
        return [Token(*row) for row in rows]

    def drop_token(self, number: int) -> None:
        """The token lets nobody in any more."""
        with self._open() as db:
            db.execute("DELETE FROM tokens WHERE id = ?", (number,))

    def add_webhook(self, url: str) -> Webhook:
        """A webhook with a secret of its own."""
        secret = secrets.token_urlsafe(TOKEN_BYTES)
        with self._open() as db:
            number = db.execute("INSERT INTO webhooks (url, secret) VALUES (?, ?)", (url, secret)).lastrowid
        return Webhook(number or 0, url, secret)

    def webhooks(self) -> list[Webhook]:
        """All webhooks."""
        with self._open() as db:
            return [Webhook(*row) for row in db.execute("SELECT id, url, secret FROM webhooks ORDER BY id")]

    def drop_webhook(self, number: int) -> None:
        """It is told nothing any more."""
        with self._open() as db:
            db.execute("DELETE FROM webhooks WHERE id = ?", (number,))

    def note(self, by: str, what: str, detail: str = "") -> None:
        """Write a line into the log of events."""
        with self._open() as db:
            db.execute("INSERT INTO events (at, by, what, detail) VALUES (?, ?, ?, ?)", (time.time(), by, what, detail))

    def events(self, limit: int = 100) -> list[Event]:
        """The newest events, the last first."""
        with self._open() as db:
            rows = db.execute("SELECT at, by, what, detail FROM events ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
        return [Event(*row) for row in rows]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
