"""Documents as an SQLite file, for those who write SQL: typed tables, and views of what is asked most."""

from collections.abc import Iterable, Iterator

from laodoc.errors import UsageError
from laodoc.export.database import as_sqlite
from laodoc.export.formats import Format, Item, Options, Output
from laodoc.messages import Message


def outputs(items: Iterable[Item], options: Options) -> Iterator[Output]:
    """One file with all tables.

    Raises:
        UsageError: one table is asked for.
    """
    if options.what is not None:
        raise UsageError(Message("what-sqlite"))
    content, hidden = as_sqlite((item.placed for item in items), unmask=options.unmask)
    yield Output("laodoc.sqlite", content, hidden)


FORMAT = Format(".sqlite", "all", outputs)
