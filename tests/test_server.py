"""laodoc serve: lists, the page of a letter, and what a person says there."""

import threading
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from served import archive, client, csrf, state

from laodoc.archive.ledger import Ledger
from laodoc.document import Document
from laodoc.review.doubts import doubts_in

PAGE = "/documents/1/pages/1"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return archive(tmp_path)


class Desk:
    """Somebody with the page of a letter before him."""

    def __init__(self, browser: TestClient, page: str = PAGE) -> None:
        self.browser, self.page = browser, page
        self.load()

    def load(self) -> None:
        shown = self.browser.get(self.page)
        assert shown.status_code == 200, shown.text
        self.csrf, self.state = csrf(shown.text), state(shown.text)

    @property
    def places(self) -> dict[str, Any]:
        return self.state["places"]  # type: ignore[return-value]

    @property
    def doubts(self) -> list[str]:
        return self.state["doubts"]  # type: ignore[return-value]

    def post(self, what: str, content: dict[str, Any]) -> Any:
        return self.browser.post(f"{self.page}/{what}", json=content, headers={"X-CSRF-Token": self.csrf})

    def say(self, pointer: str, answer: str | None) -> Any:
        return self.post("answers", {"pointer": pointer, "key": self.places[pointer]["key"], "answer": answer})


def standing(path: Path) -> Document:
    ledger = Ledger(path)
    (document,) = (document for _, document in ledger.documents())
    ledger.close()
    return document


def test_documents_are_listed_with_what_is_doubtful(kept: Path) -> None:
    """The list says how many doubts a document has, in Thai unless English is asked for."""
    browser = client(kept)
    shown = browser.get("/documents").text
    count = len(doubts_in(standing(kept))[0])
    assert f"{count} ข้อ" in shown and "/documents/1" in shown
    assert "Documents" in browser.get("/documents?lang=en").text
    assert "Documents" in browser.get("/documents").text  # and the browser remembers
    assert "No document is like that" in browser.get("/documents?province=อุบลราชธานี").text


@pytest.mark.parametrize("given", ["year=2565", "province=น่าน", "status=pending", "state=doubtful", "due=overdue"])
def test_filters_find_what_is_like_that(kept: Path, given: str) -> None:
    assert "/documents/1" in client(kept).get(f"/documents?{given}").text


@pytest.mark.parametrize("given", ["year=2500", "province=เลย", "state=settled", "due=due"])
def test_filters_leave_out_what_is_not(kept: Path, given: str) -> None:
    assert "/documents/1" not in client(kept).get(f"/documents?{given}").text


def test_a_letter_opens_on_its_first_doubtful_page(kept: Path) -> None:
    """With every place that can be put right, each with its box on the upright page, and the page's picture."""
    browser = client(kept)
    assert browser.get("/documents/1").headers["location"] == PAGE
    desk = Desk(browser)
    assert desk.doubts and set(desk.doubts) <= set(desk.places)
    page = standing(kept).pages[0]
    for place in desk.places.values():
        left, top, right, bottom = place["box"]
        assert 0 <= left < right <= page.width and 0 <= top < bottom <= page.height
    picture = browser.get(f"{PAGE}/full.jpg")
    assert picture.content.startswith(b"\xff\xd8") and picture.headers["content-type"] == "image/jpeg"


def test_an_answer_is_a_correction_as_from_a_sheet(kept: Path) -> None:
    """It stands in the archive under the name of who gave it, and its place is in doubt no more."""
    desk = Desk(client(kept))
    pointer = next(each for each in desk.doubts if desk.places[each]["value"] is not None)
    told = desk.say(pointer, None)
    assert told.status_code == 200
    assert pointer not in told.json()["doubts"] and told.json()["places"][pointer]["done"]
    assert told.json()["left"] == desk.state["left"] - 1  # type: ignore[operator]
    ledger = Ledger(kept)
    assert pointer in ledger.corrections_at(standing(kept).source.sha256)


def test_undo_brings_back_what_stood_there(kept: Path) -> None:
    """The value, the doubt and the corrections before; and the log keeps both steps."""
    before = standing(kept)
    desk = Desk(client(kept))
    pointer = next(each for each in (*desk.doubts, *desk.places) if desk.places[each]["kind"] == "text")
    desk.state = desk.say(pointer, "กรมสมมุติ").json()
    desk.state = desk.say(pointer, "กรมสมมติ").json()
    assert desk.places[pointer]["value"] == "กรมสมมติ"
    desk.state = desk.post("undo", {"pointer": pointer, "key": desk.places[pointer]["key"]}).json()
    assert desk.places[pointer]["value"] == "กรมสมมุติ"
    desk.state = desk.post("undo", {"pointer": pointer, "key": desk.places[pointer]["key"]}).json()
    assert standing(kept) == before


def test_who_has_not_seen_a_change_is_told_and_changes_nothing(kept: Path) -> None:
    """Two people with the same page: the second learns what stands there now, and may then decide."""
    browser = client(kept)
    first, second = Desk(browser), Desk(browser)
    pointer = next(each for each in (*first.doubts, *first.places) if first.places[each]["kind"] == "text")
    assert first.say(pointer, "กรมหนึ่ง").status_code == 200
    told = second.say(pointer, "กรมสอง")
    assert told.status_code == 409 and "กรมหนึ่ง" in told.json()["error"]
    second.state = told.json()
    assert second.say(pointer, "กรมสอง").status_code == 200
    assert second.say(pointer, "กรมสอง").status_code == 200  # sent twice, as browsers do: it stands once
    assert second.say(pointer, "กรมสาม").status_code == 409  # the page is from before its own answer


def test_what_is_typed_is_checked_at_once(kept: Path) -> None:
    """A cell that breaks a sum says so before it is kept; nothing is kept by trying."""
    before = standing(kept)
    table = next(index for index, each in enumerate(before.tables) if each.kind == "statistics")
    page = before.tables[table].rows[0].page
    desk = Desk(client(kept), f"/documents/1/pages/{page}")
    column = next(each.index for each in before.tables[table].columns if each.meaning == "total")
    pointer = next(
        f"/tables/{table}/rows/{number}/cells/{index}"
        for number, row in enumerate(before.tables[table].rows)
        for index, cell in enumerate(row.cells)
        if row.kind == "row" and row.page == page and cell.column == column and cell.value
    )
    told = desk.post("trials", {"pointer": pointer, "answer": "๙๙๙๙"}).json()
    assert told["understood"] == "9,999" and told["raised"]
    told = desk.post("trials", {"pointer": pointer, "answer": "หก"}).json()
    assert told["understood"] is None and "ตัวเลข" in told["message"]
    assert standing(kept) == before


def test_all_right_settles_what_was_understood(kept: Path) -> None:
    """What was not read at all stays for a person to type."""
    desk = Desk(client(kept))
    told = desk.post("all-right", {}).json()
    left = [doubt.spot for doubt in doubts_in(standing(kept))[0]]
    assert told["left"] == len(left) < int(str(desk.state["left"]))
    assert all(spot.value is None or not spot.found for spot in left)


def test_ten_people_at_once_lose_nothing(kept: Path) -> None:
    """Each answers another place of the same document at the same moment; all answers stand."""
    browser = client(kept)
    desks = [Desk(browser) for _ in range(10)]
    pointers = [each for each in desks[0].places if desks[0].places[each]["kind"] == "text"][:10]
    together, statuses = threading.Barrier(10), []

    def work(desk: Desk, pointer: str, said: str) -> None:
        together.wait()
        statuses.append(desk.say(pointer, said).status_code)

    people = [
        threading.Thread(target=work, args=(desk, pointer, f"คนที่ {number}"))
        for number, (desk, pointer) in enumerate(zip(desks, pointers, strict=True))
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert statuses == [200] * 10
    last = Desk(browser)
    assert [last.places[pointer]["value"] for pointer in pointers] == [f"คนที่ {number}" for number in range(10)]


def test_one_place_and_ten_people_at_once(kept: Path) -> None:
    """One answer stands, nine are told of it."""
    browser = client(kept)
    desks = [Desk(browser) for _ in range(10)]
    pointer = next(each for each in desks[0].places if desks[0].places[each]["kind"] == "text")
    together, statuses = threading.Barrier(10), []

    def work(desk: Desk, number: int) -> None:
        together.wait()
        statuses.append(desk.say(pointer, f"คนที่ {number}").status_code)

    people = [threading.Thread(target=work, args=(desk, number)) for number, desk in enumerate(desks)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(statuses) == [200] + [409] * 9
