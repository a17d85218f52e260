"""How `laodoc serve` was started."""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = "127.0.0.1"
PORT = 8737

MOST_UPLOAD = 200 << 20
"""Bytes of an uploaded file: a box of paper at 300 dpi has less."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The archive, the folder into which files come, where the server listens, who may come in, and what may leave.

    `users` is the file with the accounts; without one only this machine is served, and everybody is `local_user`.
    `hosts` are further names by which browsers call this server. `webhooks` are the hosts (with or without a port) that
    may be told of what is done. `unmask` shows what is secret to correctors and administrators. `jobs` 0 reads nothing
    here: another process watches the inbox. `secure` says that browsers come over HTTPS.
    """

    archive: Path
    inbox: Path
    host: str = LOOPBACK
    port: int = PORT
    users: Path | None = None
    local_user: str = "local"
    hosts: tuple[str, ...] = ()
    webhooks: tuple[str, ...] = ()
    unmask: bool = False
    jobs: int = 1
    timeout_s: float = 120.0
    memory: int = 2 << 30
    engine: str | None = None
    password: str | None = field(default=None, repr=False)
    most_upload: int = MOST_UPLOAD
    settle_s: float = 30.0
    secure: bool = False

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)

    @property
    def own_names(self) -> frozenset[str]:
        """What browsers may call this server; another name is one that somebody else has pointed here."""
        return frozenset(("localhost", "127.0.0.1", "[::1]", self.host.lower(), *map(str.lower, self.hosts)))


def is_loopback(host: str) -> bool:
    """Whether a name or an address is this machine's own loopback."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
