"""Serving until somebody stops it."""

import uvicorn

from laodoc.server.app import make_app
from laodoc.server.settings import Settings

GRACE_S = 20
"""Seconds that requests have to end after the server was told to stop."""


def run(settings: Settings) -> None:
    """Serve until Ctrl-C or SIGTERM; what was begun ends first.

    Raises:
        LaodocError: see `laodoc.server.app.make_app`.
    """
    app = make_app(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    uvicorn.Server(config).run()
