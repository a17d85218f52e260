"""Documents with letters that say what a test wants, on pages that nobody has read."""

from collections.abc import Sequence

from laodoc.document import (
    Amount,
    BBox,
    Document,
    Endorsement,
    EngineInfo,
    Field,
    Letter,
    Page,
    Received,
    Reference,
    Signatory,
    Source,
)


def field(text: str, value: str | int | None = None, *, page: int = 1, confidence: float = 0.98) -> Field:
    """Something that was read; its value is the text itself where none is given as `value`."""
    return Field(text=text, value=value, page=page, bbox=BBox(0, 0, 1, 1), confidence=confidence)


def day(text: str) -> Field:
    """A date in ISO 8601 that was understood."""
    return field(text, text)


def number(text: str) -> Field:
    """A document number that was understood."""
    return field(text, text)


def letter(name: str = "letter-1", **parts: object) -> Letter:
    """A letter of which nothing was read but these parts."""
    nothing: dict[str, object] = dict.fromkeys(Letter.model_fields) | {"id": name, "pages": (1,), "form": "external"}
    for many in (
        "recipients",
        "references",
        "enclosures",
        "contacts",
        "received",
        "endorsements",
        "attachments",
        "amounts",
    ):
        nothing[many] = ()
    return Letter.model_validate(nothing | parts)


def reference(said: str, dated: str | None = None, subject: str | None = None) -> Reference:
    """A letter that is referred to."""
    return Reference(
        issuer=None,
        number=number(said),
        date=day(dated) if dated else None,
        subject=field(subject) if subject else None,
    )


def received(office: str, said: Field | None, dated: Field | None) -> Received:
    """A received stamp."""
    return Received(office=field(office), number=said, date=dated, time=None)


def endorsement(office: str, said: Field | None, dated: Field | None, *to: str) -> Endorsement:
    """A note with which an office passes a letter on."""
    return Endorsement(
        office=field(office), number=said, date=dated, to=tuple(map(field, to)), text=field("เพื่อทราบ"), signatory=None
    )


def approval(office: str, decided: str, dated: Field | None) -> Endorsement:
    """What somebody decided on a memo."""
    note = endorsement(office, None, dated)
    return note.model_copy(update={"kind": "approval", "decision": field(decided, decided)})


def amount(text: str, value: float, *, words_agree: bool | None = None) -> Amount:
    """A sum of money that was read."""
    return Amount(**{**field(text).model_dump(), "value": value}, words_agree=words_agree)


def signatory(name: str, position: str) -> Signatory:
    """Who signed."""
    return Signatory(name=field(name), position=field(position))


def blank(count: int) -> Page:
    """A page on which nothing was read."""
    return Page(
        number=count, source_page=count, width=2480, height=3508, dpi=300, source_dpi=300, rotation=0, skew=0,
        to_source=(0.24, 0, 0, 0, 0.24, 0), text_layer="none", text="", lines=(), codes=(), checkboxes=(), regions=(),
    )  # fmt: skip


def document(letters: Sequence[Letter], name: str = "made.pdf", **parts: object) -> Document:
    """A document with these letters on blank pages."""
    numbers = sorted({number for letter in letters for number in letter.pages})
    nothing: dict[str, object] = {"tables": (), "records": (), "routing": (), "findings": ()}
    return Document(
        source=Source(name=name, sha256="0" * 64, bytes=1, pages=len(numbers)),
        engine=EngineInfo(name="made", version="1", sha256=None),
        letters=tuple(letters),
        pages=tuple(map(blank, numbers)),
        **{**nothing, **parts},
    )
