"""What is counted, in the format of Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from laodoc.archive import overview
from laodoc.archive.ledger import Ledger
from laodoc.archive.tables import State


class Metrics:
    """The counters of one server."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "laodoc_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "laodoc_request_seconds", "Seconds to an answer.", ("route",), registry=self._registry
        )
        self._files = Counter("laodoc_files", "Files that ended here.", ("fate",), registry=self._registry)
        self._pages = Counter("laodoc_pages_read", "Pages read here.", registry=self._registry)
        self._contents = Gauge("laodoc_contents", "Contents of the archive.", ("state",), registry=self._registry)
        self._doubts = Gauge("laodoc_doubts", "Doubts left to a person.", registry=self._registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def ended(self, pages: int, *, failed: bool) -> None:
        """A file was read, or could not be."""
        self._files.labels("failed" if failed else "done").inc()
        if not failed:
            self._pages.inc(pages)

    def text(self, ledger: Ledger) -> bytes:
        """All of it, with how the archive stands now."""
        counts = ledger.counts()
        for state in State:
            self._contents.labels(state.value).set(counts.get(state, 0))
        self._doubts.set(overview.doubts_left(ledger))
        return generate_latest(self._registry)
