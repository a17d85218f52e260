"""Where the scans of an archive lie for a program that opens them again, those in ZIP files too."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from laodoc.archive import zips
from laodoc.archive.ledger import Ledger
from laodoc.imaging.opening import temporary_folder


@contextmanager
def scans_of(ledger: Ledger, sha256: str) -> Iterator[list[Path]]:
    """The files that may hold this content; what lies in a ZIP alone is unpacked and removed afterwards.

    Raises:
        AccessError, InputError: it lies in a ZIP that cannot be opened any more.
    """
    places = ledger.places(sha256)
    packed = [inside for place in places if (inside := zips.split(place))]
    files = [Path(place) for place in places if not zips.split(place)]
    if not packed or any(path.is_file() for path in files):
        yield files
        return
    with temporary_folder() as folder:
        yield [zips.unpack(*packed[0], folder)]
