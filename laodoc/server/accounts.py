"""Who may come in: names, roles and passwords (as argon2 hashes) in one JSON file that an administrator keeps."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from laodoc.errors import AccessError, InputError, UsageError
from laodoc.export.files import write_whole
from laodoc.messages import Message

Role = Literal["reader", "corrector", "admin"]
ROLES: tuple[Role, ...] = ("reader", "corrector", "admin")
"""Each may do what those before it may."""

LEAST_PASSWORD = 10
"""Characters; shorter ones are guessed."""

LONGEST_PASSWORD = 1024
"""Characters that are hashed; longer ones are refused, since hashing them takes its time."""

_NAME = re.compile(r"[^\s:/\x00-\x1f]{1,64}")
_HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who is at work here."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether somebody with this role may do what needs `role`."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Accounts:
    """The accounts of a file, which is read anew when it has changed.

    Raises:
        AccessError: it cannot be read.
        InputError: it is no file of accounts.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._known: dict[str, dict[str, str]] = {}
        self._load()

    def user(self, name: str) -> User | None:
        """The user of this name, as the file has it now."""
        self._load()
        return _user(name, self._known[name]) if name in self._known else None

    def check(self, name: str, password: str) -> User | None:
        """The user, if the password is right. It takes as long where there is no such user."""
        self._load()
        kept = self._known.get(name)
        if len(password) > LONGEST_PASSWORD:
            return None
        try:
            _HASHER.verify(kept["password"] if kept else _nobody(), password)
        except (VerificationError, InvalidHashError):
            return None
        return _user(name, kept) if kept else None

    def _load(self) -> None:
        try:
            status = self._path.stat()
            if (seen := (status.st_mtime_ns, status.st_size)) == self._seen:
                return
            self._known, self._seen = _parsed(self._path), seen
        except OSError as refused:
            raise AccessError(Message("unreadable-file", path=self._path, why=refused.strerror)) from refused


def set_account(path: Path, name: str, role: str, password: str) -> None:
    """Make an account, or change its role and password; the file is made where there is none.

    Raises:
        UsageError: the name, the role or the password cannot be one.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(Message("account-name-odd"))
    if role not in ROLES:
        raise UsageError(Message("account-no-role", role=role, names=", ".join(ROLES)))
    if not LEAST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(Message("account-short-password", least=LEAST_PASSWORD))
    known = _parsed(path) if path.exists() else {}
    known[name] = {"role": role, "password": _HASHER.hash(password)}
    if not path.exists():
        path.touch(mode=0o600)
    write_whole(path, (json.dumps({"users": known}, ensure_ascii=False, indent=1) + "\n").encode())


def _parsed(path: Path) -> dict[str, dict[str, str]]:
    """Raises:
    InputError: it is no file of accounts.
    """
    try:
        users = json.loads(path.read_bytes())["users"]
        for name, kept in users.items():
            _user(name, kept)
            str(kept["password"])
    except (ValueError, LookupError, TypeError, AttributeError) as broken:
        raise InputError(Message("not-accounts", path=path)) from broken
    return dict(users)


def _user(name: str, kept: dict[str, str]) -> User:
    return User(name, ROLES[ROLES.index(kept["role"])])


@cache
def _nobody() -> str:
    """A hash that no password has."""
    return _HASHER.hash("\0")
