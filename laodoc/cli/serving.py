"""Commands of the server: serve, account."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from laodoc.arguments import user_name
from laodoc.cli.application import app
from laodoc.cli.console import log_file, notes
from laodoc.errors import MissingDependency
from laodoc.imaging.child import PASSWORD_VARIABLE
from laodoc.messages import Message, say

NEEDED = ("fastapi", "uvicorn", "jinja2", "argon2", "multipart", "prometheus_client")


def _check_installed() -> None:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise MissingDependency(Message("serve-missing", names=", ".join(missing)))


@app.command(help=say("serve"))
def serve(
    archive: Annotated[Path, typer.Argument(metavar="ARCHIVE", help=say("serve-archive"), show_default=False)],
    inbox: Annotated[Path | None, typer.Option(metavar="FOLDER", help=say("serve-inbox"), show_default=False)] = None,
    host: Annotated[str, typer.Option(help=say("serve-host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help=say("serve-port"))] = 8737,
    users: Annotated[Path | None, typer.Option(metavar="FILE", help=say("serve-users"), show_default=False)] = None,
    name: Annotated[list[str] | None, typer.Option(metavar="NAME", help=say("serve-name"), show_default=False)] = None,
    webhook_to: Annotated[
        list[str] | None, typer.Option("--webhook-to", metavar="HOST", help=say("serve-webhook"), show_default=False)
    ] = None,
    https: Annotated[bool, typer.Option("--https", help=say("serve-https"))] = False,
    unmask: Annotated[bool, typer.Option("--unmask", help=say("serve-unmask"))] = False,
    engine: Annotated[str | None, typer.Option(metavar="NAME", help=say("engine"))] = None,
    jobs: Annotated[int, typer.Option(min=0, max=64, help=say("serve-jobs"))] = 1,
    timeout: Annotated[float, typer.Option(min=1, help=say("batch-timeout"))] = 120.0,
    memory: Annotated[int, typer.Option(metavar="MB", min=256, help=say("batch-memory"))] = 2048,
    settle: Annotated[float, typer.Option(min=0.0, help=say("watch-settle"))] = 30.0,
    password: Annotated[str | None, typer.Option(envvar=PASSWORD_VARIABLE, help=say("batch-password"))] = None,
    log: Annotated[Path | None, typer.Option("--log", metavar="FILE", help=say("serve-log"))] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    _check_installed()
    from laodoc.archive.entering import check_folders
    from laodoc.archive.ledger import Ledger
    from laodoc.server.running import run
    from laodoc.server.settings import Settings

    if inbox is None:
        Ledger(archive).close()  # a slip of the pen makes no archive
    else:
        check_folders([inbox])
    settings = Settings(
        archive=archive,
        inbox=inbox or archive.with_name(f"{archive.name}-inbox"),
        host=host,
        port=port,
        users=users,
        local_user=user_name(),
        hosts=tuple(name or ()),
        webhooks=tuple(webhook_to or ()),
        unmask=unmask,
        jobs=jobs,
        timeout_s=timeout,
        memory=memory << 20,
        engine=engine,
        password=password,
        settle_s=settle,
        secure=https,
    )

    def begun() -> None:
        shown = f"[{host}]" if ":" in host else host
        if not quiet:
            notes.print(say("serving", url=f"{'https' if https else 'http'}://{shown}:{port}/"), markup=False)

    with log_file(log) as note:
        run(settings, note if log else None, begun=begun)


@app.command(help=say("account"))
def account(
    users: Annotated[Path, typer.Argument(metavar="FILE", help=say("account-file"), show_default=False)],
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("account-name"), show_default=False)],
    role: Annotated[str, typer.Option(metavar="ROLE", help=say("account-role"))] = "corrector",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet"))] = False,
) -> None:
    _check_installed()
    from laodoc.server.accounts import set_account

    password = typer.prompt(say("account-password"), hide_input=True, confirmation_prompt=True, err=True)
    set_account(users, name, role, password)
    if not quiet:
        notes.print(say("account-done", name=name, role=role, file=users), markup=False)
