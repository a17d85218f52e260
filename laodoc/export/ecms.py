"""Letters as TH e-GIF e-CMS exchanges them between electronic saraban systems: one `rsm:GovernmentDocument` a letter.

The XML is the document alone: the office's own gateway puts it into an envelope, signs and sends it, and enters
SendDate. What was not read is an empty element; `data/` has our schema of it.
"""

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree as Xml

from laodoc.document import Document, Field, Letter
from laodoc.export.ecms_codes import Codes, OfficeIds, codes
from laodoc.export.excerpt import Excerpt, excerpt, scan_at_hand
from laodoc.export.formats import Format, Item, Options, Output
from laodoc.export.letters import name_of
from laodoc.export.masking import open_document, open_sheets
from laodoc.export.xml_text import without_controls

RSM = "urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
RAM = "urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"

NAMES = "{file}_{letter}"
"""What a file is called where no other template is given."""

DOUBT = 0.9
"""Confidence below which a comment asks to look at the letter again."""

_TWO_NAMES = re.compile(r"(?P<given>\S.*?)\s+(?P<family>(?:ณ\s+)?\S+)")


def to_ecms(letter: Letter, known: Codes, files: Sequence[Excerpt | None] = ()) -> bytes:
    """The letter as UTF-8 XML, the same bytes for the same letter.

    Args:
        letter: what was read.
        known: codes and ids.
        files: the letter's own pages, then those of each of its attachments; None where they are not at hand.
    """
    Xml.register_namespace("rsm", RSM)
    Xml.register_namespace("ram", RAM)
    root = Xml.Element(f"{{{RSM}}}GovernmentDocument")
    body = Xml.SubElement(root, f"{{{RAM}}}CorrespondenceLetter", {"ID": "Letter"})
    _remark(body, letter)
    _add(body, "ID", _value(letter.number))
    _add(body, "CorrespondenceDate", _value(letter.date))
    _add(body, "Subject", _text(letter.subject))
    _add(body, "SecretCode", known.secret_of(_text(letter.secrecy)))
    _add(body, "SpeedCode", known.speed_of(_text(letter.urgency)))
    _parties(body, letter, known)
    for reference in letter.references:
        entry = _add(body, "ReferenceCorrespondence")
        _add(entry, "ID", _value(reference.number))
        _add(entry, "CorrespondenceDate", _value(reference.date))
        _add(entry, "Subject", _text(reference.subject))
    _add(body, "Attachment", "\n".join(map(_text, letter.enclosures)))
    _add(body, "SendDate")
    _add(body, "Description", "\n".join(_description(letter)))
    _binary(body, "MainLetterBinaryObject", files[0] if files else None)
    for file in files[1:]:
        if file is not None:
            _binary(body, "AttachmentBinaryObject", file)
    Xml.indent(root)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _parties(body: Xml.Element, letter: Letter, known: Codes) -> None:
    """Who signed, in the name of which office; to whom. Ids are given where the one receiver is known by them."""
    name, position = (_text(letter.signatory.name), _text(letter.signatory.position)) if letter.signatory else ("", "")
    senders = [_text(letter.sender), position]
    _party(_add(body, "SenderParty"), name, position, known.office(senders))
    receivers = [_text(recipient) for recipient in letter.recipients]
    ids = known.office(receivers) if len(receivers) == 1 else OfficeIds()
    _party(_add(body, "ReceiverParty"), "", "; ".join(receivers), ids)


def _party(party: Xml.Element, name: str, post: str, ids: OfficeIds) -> None:
    """A person by name (title and rank stay with the given name), post and office."""
    names = _TWO_NAMES.fullmatch(name)
    _add(party, "GivenName", names["given"] if names else name)
    _add(party, "FamilyName", names["family"] if names else "")
    _add(party, "JobTitle", post)
    _add(_add(party, "MinistryOrganization"), "ID", ids.ministry)
    _add(_add(party, "DepartmentOrganization"), "ID", ids.department)


def _description(letter: Letter) -> Iterator[str]:
    """What was read and has no element of its own: the sender's office, what is to be done, and until when."""
    for label, field in (("จาก", letter.sender), ("การปฏิบัติ", letter.action), ("กำหนด", letter.deadline)):
        if field is not None and field.said:
            yield f"{label}: {_text(field)}"


def _remark(body: Xml.Element, letter: Letter) -> None:
    """A comment for the person who sends the letter on: what was read with doubt, or not understood."""
    fields = {
        "เลขที่": letter.number, "วันที่": letter.date, "เรื่อง": letter.subject, "ชั้นความเร็ว": letter.urgency,
        "ชั้นความลับ": letter.secrecy, "ผู้ส่ง": letter.sender, "ผู้รับ": next(iter(letter.recipients), None),
    }  # fmt: skip
    normal = ("เลขที่", "วันที่")
    doubted = [
        label
        for label, field in fields.items()
        if field is not None and (field.confidence < DOUBT or (label in normal and field.value is None))
    ]
    if doubted:
        body.append(Xml.Comment(f" ควรตรวจสอบ: {', '.join(doubted)} "))


def _add(parent: Xml.Element, name: str, text: str = "") -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{RAM}}}{name}")
    element.text = without_controls(text) or None
    return element


def _binary(body: Xml.Element, name: str, file: Excerpt | None) -> None:
    element = _add(body, name, base64.b64encode(file.content).decode() if file else "")
    element.set("mimeCode", file.mime if file else "")


def _text(field: Field | None) -> str:
    """What the field says, on one line."""
    return " ".join(field.said.split()) if field else ""


def _value(field: Field | None) -> str:
    """A number or date in its normal form; nothing where it was not understood."""
    return str(field.value) if field is not None and field.value is not None else ""


def parts(letter: Letter, document: Document) -> list[list[int]]:
    """The letter's pages, then those of each attachment (a letter with what is attached to it), no page twice."""
    taken = set(letter.pages)
    found = [list(letter.pages)]
    for name in letter.attachments:
        pages = [page for page in dict.fromkeys(_attached(name, document, frozenset({letter.id}))) if page not in taken]
        taken.update(pages)
        if pages:
            found.append(pages)
    return found


def _attached(name: str, document: Document, seen: frozenset[str]) -> Iterator[int]:
    if name.startswith("page-"):
        yield int(name.removeprefix("page-"))
    for table in document.tables:
        if table.id == name:
            yield from table.pages
    for letter in document.letters:
        if letter.id == name and name not in seen:
            yield from letter.pages
            for further in letter.attachments:
                yield from _attached(further, document, seen | {name})


def outputs(items: Iterable[Item], options: Options) -> Iterator[Output]:
    """A file a letter, without letters that are secret, and without scans of sheets on which something is covered."""
    known = codes(options.codes)
    for item in items:
        shown, hidden = open_document(item.document, unmask=options.unmask)
        whole = item.whole or item.document
        sheets = open_sheets(whole, open_document(whole, unmask=options.unmask)[0])
        place = scan_at_hand(item.scans, shown.source.sha256)
        if hidden and not shown.letters:
            yield Output(f"{item.stem}.xml", None, hidden)
        for letter in shown.letters:
            files = [
                excerpt(place, list(dict.fromkeys(sheets[page] for page in pages)), shown.source.pages)
                if place and set(pages) <= set(sheets)
                else None
                for pages in parts(letter, shown)
            ]
            name = name_of(letter, shown, options.names or NAMES)
            yield Output(f"{name}.xml", to_ecms(letter, known, files), hidden)
            hidden = 0


FORMAT = Format(".xml", "letter", outputs, scans=True)
