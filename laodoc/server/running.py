"""Serving until somebody stops it."""

import signal
from collections.abc import Callable

import uvicorn

from laodoc.errors import AccessError
from laodoc.messages import Message
from laodoc.server.app import make_app
from laodoc.server.settings import Settings

GRACE_S = 20
"""Seconds that requests have to end after the server was told to stop."""


class _Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, begun: Callable[[], None]) -> None:
        super().__init__(config)
        self._begun = begun

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            self._begun()


def run(
    settings: Settings, log: Callable[[str], None] | None = None, *, begun: Callable[[], None] = lambda: None
) -> None:
    """Serve until Ctrl-C or SIGTERM; what was begun ends first. `begun` is called as soon as browsers may come.

    Raises:
        LaodocError: see `laodoc.server.app.make_app`; AccessError where the port is taken.
    """
    config = uvicorn.Config(
        make_app(settings, log),
        host=settings.host,
        port=settings.port,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    server = _Server(config, begun)
    # uvicorn raises the signal that has stopped it once more when it is done: it has been heard.
    before = {each: signal.signal(each, lambda *_: None) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        server.run()
    except SystemExit as refused:
        raise AccessError(Message("port-taken", port=settings.port)) from refused
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
