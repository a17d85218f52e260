"""What `laodoc export` and `laodoc scan --format` write where."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from laodoc.errors import AccessError, LaodocError, UsageError
from laodoc.export.files import put, write_whole
from laodoc.export.formats import Item, Options, Output, format_named
from laodoc.export.names import Names
from laodoc.export.sheets import WHATS, What
from laodoc.messages import Message

NOTHING = Message("export-nothing")


@dataclass(frozen=True, slots=True)
class Written:
    """How many pages and values were left out because they are secret, and why some files could not be made."""

    hidden: int
    failed: tuple[LaodocError, ...] = ()


def write_export(items: Iterable[Item], name: str, out: Path | None, options: Options) -> Written:
    """Write the items in the format `name`.

    What is one file goes to `out`, or to standard output where that is None; what is many goes into the folder `out`,
    which is made where it does not exist. A format with a file for each document writes the only one to standard
    output, or to the file `out` where that has its suffix.

    Raises:
        UsageError: there is no such format, or it has no tables to choose from, or several files have no folder.
        AccessError: a file cannot be written.
    """
    form = format_named(name)
    if options.what is not None and form.unit not in ("all", "table"):
        raise UsageError(Message("what-no-tables", name=name))
    single = form.unit == "all" or (form.unit == "table" and options.what is not None)
    perhaps = form.unit == "document" and (out is None or out.suffix.lower() == form.suffix)
    if single or perhaps:
        output = _only(form.write(items, options))
        if output.error:
            raise output.error
        if output.content is None:
            raise UsageError(Message("all-secret"))
        put(output.content, out)
        return Written(output.hidden)
    if out is None:
        raise UsageError(Message("format-needs-folder", name=name))
    return _into_folder(form.write(items, options), form.suffix, out)


def table_named(name: str | None) -> What | None:
    """The table of this name; None for all.

    Raises:
        UsageError: there is none.
    """
    if name is None:
        return None
    for what in WHATS:
        if what == name:
            return what
    raise UsageError(Message("no-such-table", name=name, names=", ".join(WHATS)))


def _only(outputs: Iterable[Output]) -> Output:
    """The one output.

    Raises:
        UsageError: there are several, or none.
    """
    found = list(islice(outputs, 2))
    if not found:
        raise UsageError(NOTHING)
    if len(found) > 1:
        raise UsageError(Message("documents-need-folder"))
    return found[0]


def _into_folder(outputs: Iterable[Output], suffix: str, out: Path) -> Written:
    """Each output into the folder, whole; those that could not be made are left out."""
    iterator = iter(outputs)
    first = list(islice(iterator, 1))  # what cannot be written at all makes no folder
    if not first:
        raise UsageError(NOTHING)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise AccessError(Message("folder-not-made", folder=out, why=refused.strerror)) from refused
    names, hidden, failed = Names(), 0, list[LaodocError]()
    for output in chain(first, iterator):
        hidden += output.hidden
        if output.error:
            failed.append(output.error)
        if output.content is None:
            continue
        write_whole(out / names.free(output.name.removesuffix(suffix), suffix), output.content)
    return Written(hidden, tuple(failed))
