"""Corrections go along with the paper: what was put right on one scan holds on another scan of it."""

import json

from sqlalchemy.orm import Session

from laodoc.archive.correcting import row_at, standing
from laodoc.document import Document
from laodoc.review.correcting import find_places
from laodoc.review.rescans import Identity, agrees, identities


def carry(session: Session, new: Document, read: Document, mended: Document) -> int:
    """Repeat for a scan that was just read the corrections of an older one; how many.

    `read` is that one as it was read, `mended` as people have put it right. A value of the new scan that was corrected
    already, or that was read clearly and otherwise, stays. Who and when are those of the first correction.
    """
    own = standing(session, new.source.sha256)
    taken = {spot.pointer for spot in find_places(new, [row.correction() for row in own.values()]).values()}
    known = {row.origin for row in own.values()}
    here = identities(new)
    named: dict[str, list[Identity]] = {}
    for document in (read, mended):
        for identity, each in identities(document).items():
            named.setdefault(each.pointer, []).append(identity)
    rows, carried = standing(session, read.source.sha256), 0
    placed = find_places(read, [row.correction() for row in rows.values()])
    for name, old in placed.items():
        row = rows[name]
        origin = row.origin or row.id
        spot = next((here[key] for key in named.get(old.pointer, ()) if key in here), None)
        if spot is None or spot.pointer in taken or origin in known:
            continue
        if agrees(spot, row.read, json.loads(row.value)):
            again = row_at(spot, new.source.sha256)
            again.answer, again.value, again.by, again.at, again.origin = row.answer, row.value, row.by, row.at, origin
            session.add(again)
            taken.add(spot.pointer)
            carried += 1
    session.flush()
    return carried
