"""A PostgreSQL server of the tests' own: it hears nothing but a socket in a temporary folder, and goes with it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql")
"""Where Debian puts the server, a folder a version, out of the reach of PATH."""


def program(name: str) -> str | None:
    """The newest installed `initdb` or `pg_ctl`, or None."""
    found = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database. PostgreSQL refuses to run as root, so that root runs it as another user."""
    user = _other_user() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="laodoc-pg-"))
    if user is not None:
        shutil.chown(folder, user)

    def run(*command: str) -> None:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=120, cwd=folder, user=user, env=environment
        )
        assert done.returncode == 0, done.stdout + done.stderr

    initdb, control = program("initdb"), program("pg_ctl")
    assert initdb is not None
    assert control is not None
    data = str(folder / "data")
    try:
        run(initdb, "--pgdata", data, "--username", "laodoc", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run(control, "start", "--wait", "--pgdata", data, "--log", str(folder / "log"), "--options", options)
        try:
            yield f"postgresql://laodoc@/postgres?host={folder}"
        finally:
            run(control, "stop", "--wait", "--pgdata", data, "--mode", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
