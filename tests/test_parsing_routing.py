"""laodoc.parsing.routing and the letter-side checks, on letters made by hand."""

from laodoc.checks.date_order import check_date_order
from laodoc.checks.letter_dates import letter_dates
from laodoc.checks.weekday import check_weekdays
from laodoc.document import BBox, Document, Endorsement, EngineInfo, Field, Letter, Page, Received, Reference, Source
from laodoc.parsing.routing import build_routing

BOX = BBox(1, 2, 3, 4)


def field(text: str, value: str | None = None, page: int = 1) -> Field:
    return Field(text=text, value=value, page=page, bbox=BOX, confidence=0.9)


def letter(index: int = 1, **parts: object) -> Letter:
    """A letter that has nothing but `parts`."""
    nothing: dict[str, object] = dict.fromkeys(
        ("number", "date", "sender", "subject", "urgency", "secrecy", "action", "deadline", "as_of", "signatory")
    )
    lists: dict[str, object] = dict.fromkeys(
        ("recipients", "references", "enclosures", "contacts", "received", "endorsements", "attachments"), ()
    )
    fixed = {"id": f"letter-{index}", "pages": (index,), "form": "stamped"}
    return Letter.model_validate({**nothing, **lists, **fixed, **parts})


def received(day: str | None) -> Received:
    return Received(office=field("อำเภอสมมุติ"), number=None, date=field("วัน", day) if day else None, time=None)


def endorsed(day: str) -> Endorsement:
    return Endorsement(
        office=field("อำเภอสมมุติ"),
        number=field("ที่", "พล 0518/ว 62"),
        date=field("วัน", day),
        to=(field("กำนัน"), field("ผู้ใหญ่บ้าน")),
        text=field("เพื่อทราบ"),
        signatory=None,
    )


def reference(day: str) -> Reference:
    return Reference(issuer=None, number=field("ที่"), date=field("วัน", day), subject=None)


def document(*letters: Letter, text: str = "") -> Document:
    """A document of one page with `text` and the given letters."""
    page = Page(
        number=1, source_page=1, width=10, height=10, dpi=300, source_dpi=300, rotation=0, skew=0, text=text, lines=(),
        to_source=(1, 0, 0, 0, 1, 0), text_layer="none", codes=(), checkboxes=(), regions=(),
    )  # fmt: skip
    return Document(
        source=Source(name="a.pdf", sha256="0", bytes=1, pages=1),
        engine=EngineInfo(name="n", version="0", sha256=None),
        pages=(page,), letters=letters, tables=(), records=(), routing=(), findings=(),
    )  # fmt: skip


def test_steps_stand_in_the_order_of_time() -> None:
    """The circular behind the forwarding letter comes first; an undated step stands before the next of its letter."""
    forwarding = letter(
        1,
        number=field("ที่", "พล 0018/ว 5"),
        sender=field("จังหวัดสมมุติ"),
        recipients=(field("อำเภอสมมุติ"),),
        received=(received("2021-09-03"),),
        endorsements=(endorsed("2021-09-03"),),
    )
    circular = letter(
        2, number=field("ที่", "มท 1/ว 2"), date=field("วัน", "2021-08-16"), received=(received("2021-08-20"),)
    )
    steps = build_routing([forwarding, circular])
    assert [(step.event, step.date, step.page) for step in steps] == [
        ("sent", "2021-08-16", 2),
        ("received", "2021-08-20", 1),
        ("sent", None, 1),
        ("received", "2021-09-03", 1),
        ("forwarded", "2021-09-03", 1),
    ]
    assert steps[-1].model_dump() == {
        "from": "อำเภอสมมุติ",
        "to": "กำนัน; ผู้ใหญ่บ้าน",
        "number": "พล 0518/ว 62",
        "date": "2021-09-03",
        "event": "forwarded",
        "page": 1,
    }


def test_undated_letters_come_last_and_empty_ones_not_at_all() -> None:
    """A letter with neither number nor date makes no step, one without any date stands behind the dated."""
    steps = build_routing([letter(1), letter(2, number=field("ที่")), letter(3, date=field("วัน", "2021-01-01"))])
    assert [(step.page, step.number, step.date) for step in steps] == [(3, None, "2021-01-01"), (2, None, None)]


def test_a_stamp_without_office_names_nobody() -> None:
    """An office that could not be read is null in the routing, not an empty name."""
    stamp = Received(office=field(""), number=None, date=None, time=None)
    (step,) = build_routing([letter(received=(stamp,))])
    assert (step.event, step.to, step.from_) == ("received", None, None)


def test_a_wrong_weekday_is_found_once() -> None:
    """A deadline on a day that is another weekday gives one finding at its place, though the page says it too."""
    printed = "วันศุกร์ที่ ๓๑ สิงหาคม ๒๕๖๓"
    (finding,) = check_weekdays(document(letter(deadline=field(printed, "2020-08-31")), text=f"ภายใน{printed} นั้น"))
    assert (finding.rule, finding.letter, finding.bbox) == ("weekday", "letter-1", BOX)
    assert (finding.expected, finding.found) == ("จันทร์", "ศุกร์")


def test_weekdays_anywhere_on_the_page_are_checked() -> None:
    """A weekday outside the fields is checked as well, over line ends; right ones and bare dates give nothing."""
    assert check_weekdays(document(text="วันจันทร์ที่ ๓๑ สิงหาคม ๒๕๖๓ และ ๑ กันยายน ๒๕๖๓")) == ()
    (finding,) = check_weekdays(document(text="ประชุมวันอังคารที่\n๓๑ สิงหาคม ๒๕๖๓"))
    assert (finding.page, finding.letter, finding.bbox) == (1, None, None)


def test_steps_in_their_order_are_no_finding() -> None:
    """Reference, data, letter, stamp, note and deadline in time, or on one day, agree; unread dates are no evidence."""
    sound = letter(
        date=field("วัน", "2021-09-01"),
        as_of=field("วัน", "2021-09-01"),
        deadline=field("วัน", "2021-09-15"),
        references=(reference("2021-08-16"),),
        received=(received("2021-09-01"), received(None), received("2021-09-09")),
        endorsements=(endorsed("2021-09-03"),),
    )
    assert check_date_order(document(sound, letter(2, date=field("วัน"), received=(received("2000-01-01"),)))) == ()
    assert len(list(letter_dates(sound))) == 7


def test_every_step_out_of_order_is_a_finding() -> None:
    """A letter received, passed on or due before it was written, or that knows the future, is reported."""
    bad = letter(
        date=field("วัน", "2021-09-10"),
        as_of=field("วัน", "2021-09-11"),
        deadline=field("วัน", "2021-09-09"),
        references=(reference("2021-09-12"),),
        received=(received("2021-09-08"),),
        endorsements=(endorsed("2021-09-07"),),
    )
    findings = check_date_order(document(bad))
    assert sorted((str(f.expected), str(f.found)) for f in findings) == [
        ("2021-09-08", "2021-09-07"),
        ("2021-09-10", "2021-09-07"),
        ("2021-09-10", "2021-09-08"),
        ("2021-09-10", "2021-09-09"),
        ("2021-09-11", "2021-09-10"),
        ("2021-09-12", "2021-09-10"),
    ]
    assert {f.rule for f in findings} == {"date-order"}


def test_what_passes_a_letter_on_is_later() -> None:
    """A district that received the forwarding letter before the circular was written is reported."""
    forwarding = letter(1, received=(received("2021-08-15"),), attachments=("letter-2", "table-1"))
    circular = letter(2, date=field("วัน", "2021-08-16"))
    (finding,) = check_date_order(document(forwarding, circular))
    assert (finding.letter, finding.expected, finding.found) == ("letter-1", "2021-08-16", "2021-08-15")
