"""What laodoc says, in Thai and English."""

import ast
import json
import pickle
import re
import typing
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from pydantic import TypeAdapter

import laodoc
from laodoc import errors
from laodoc.archive.tasks import COLUMNS as TASKS
from laodoc.document import Finding, base
from laodoc.export.sheets import COLUMNS
from laodoc.export.xlsx_tables import LISTED
from laodoc.messages import Message, in_words, name_of, say, shown_day, use_digits, use_language
from laodoc.messages.catalogue import SENTENCES, names, read, sentences
from laodoc.messages.language import language

ROOT = Path(laodoc.__file__).parent
THAI = re.compile("[ก-๛]")

OF_NO_LANGUAGE = {"of-file", "database-says", "pdf-special"}
"""Sentences that only put values side by side."""


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither the machine nor a test before says which language."""
    for name in ("LAODOC_LANG", "LAODOC_DIGITS", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    use_language(None)
    use_digits(None)
    yield
    use_language(None)
    use_digits(None)


def places(text: str) -> set[str]:
    """The names of a sentence's values."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_the_same_things() -> None:
    """No sentence is missing in either, and each takes the same values."""
    for code, entry in sentences().items():
        assert set(entry) == {"en", "th"}, code
        assert places(entry["en"]) == places(entry["th"]), code


def test_thai_is_thai() -> None:
    """Nothing was left in English."""
    english = [code for code, entry in sentences().items() if not THAI.search(entry["th"])]
    assert set(english) <= OF_NO_LANGUAGE


def test_a_code_stands_in_one_file() -> None:
    """No file of the catalogue takes the place of another's sentence."""
    assert sum(len(read(part)) for part in SENTENCES) == len(sentences())


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Every module of laodoc, taken apart."""
    return tuple((str(file.relative_to(ROOT)), ast.parse(file.read_text())) for file in sorted(ROOT.rglob("*.py")))


def calls() -> Iterator[tuple[str, ast.Call]]:
    """All calls of `say`, `Message` and errors, with where they stand."""
    wanted = {"say", "Message", *(name for name in dir(errors) if name[0].isupper())}
    for file, module in modules():
        if file.startswith("server"):
            wanted = wanted - {"say"}  # its pages have words of their own, in the language of each browser
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in wanted:
                yield f"{file}:{node.lineno}", node


def test_every_call_gives_what_its_sentence_needs() -> None:
    """A code that is written down is in the catalogue, with exactly its values; no sentence is built on the spot."""
    for where, call in calls():
        name = typing.cast(ast.Name, call.func).id
        first = call.args[0] if call.args else None
        if name in ("say", "Message") and isinstance(first, ast.Constant):
            given = {word.arg for word in call.keywords}
            assert first.value in sentences(), where
            assert None in given or given == places(sentences()[str(first.value)]["en"]), where
        elif name not in ("say", "Message"):
            assert not isinstance(first, ast.JoinedStr | ast.Constant), f"{where}: a sentence of its own"


def test_every_finding_is_of_the_catalogue() -> None:
    """No rule writes a sentence of its own."""
    for file, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.keyword) and node.arg == "message":
                assert not isinstance(node.value, ast.JoinedStr | ast.Constant), f"{file}:{node.value.lineno}"


def test_no_sentence_is_left_over() -> None:
    """Every code of the catalogue is used somewhere, by its name or by its beginning."""
    code = "\n".join(file.read_text() for file in ROOT.rglob("*.py"))
    begun = tuple(re.findall(r'f"([a-z]+(?:-[a-z]+)*-)\{', code))
    unused = [each for each in sentences() if not re.search(f"['\"]{each}['\"]", code) and not each.startswith(begun)]
    assert unused == []


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("form", base.Form), ("table-kind", base.TableKind), ("role", base.Role), ("meaning", base.Meaning),
        ("row-kind", base.RowKind), ("mark", base.MarkKind), ("event", base.Event), ("note-kind", base.NoteKind),
        ("severity", base.Severity), ("rule", base.Rule), ("text-layer", base.TextLayer), ("region", base.RegionKind),
        ("script", base.Script),
    ],
)  # fmt: skip
def test_every_value_of_a_closed_list_has_its_names(group: str, values: object) -> None:
    """Whatever the record may hold is called something in both languages."""
    assert set(names(group)) == set(typing.get_args(values))
    assert all(THAI.search(name_of(group, value, "th")) for value in typing.get_args(values))


def test_every_sheet_and_column_has_its_names() -> None:
    """Tables have Thai headings in whatever a person opens."""
    assert set(names("sheet")) == set(COLUMNS)
    assert set(names("column")) == {*(name for columns in COLUMNS.values() for name in columns), *LISTED, *TASKS}
    assert all(THAI.search(entry["th"]) for group in ("sheet", "column") for entry in names(group).values())


def test_a_message_is_english_and_knows_its_thai() -> None:
    """As a string it is the same on every machine; shown, it is the user's."""
    message = Message("of-page", page=3, why=Message("file-no-pages", name="ก.pdf"))
    use_language("th")
    assert message == "page 3: ก.pdf has no pages; scan it again"
    assert in_words(message) == "หน้า 3: ก.pdf ไม่มีหน้าเลย โปรดสแกนใหม่"
    assert errors.EmptyInput(message).told == in_words(message)


def test_a_message_survives_its_ways() -> None:
    """Between processes, in an archive and in a record it stays what it is."""
    message = Message("of-page", page=3, why=Message("file-no-pages", name="{x}.pdf"))
    adapter = TypeAdapter(Message)
    for again in (
        pickle.loads(pickle.dumps(message)),
        adapter.validate_json(adapter.dump_json(message)),
        Message.of(**json.loads(json.dumps(message.kept()))),
    ):
        assert (again, again.in_language("th")) == (message, message.in_language("th"))


def test_a_finding_is_told_in_both_languages() -> None:
    """The record holds the English sentence with its code; a record without one is told as it stands."""
    found = Finding(rule="row-sum", severity="warning", message=Message("row-sum", done=3, pending=2, whole=6), page=1)
    again = Finding.model_validate_json(found.model_dump_json())
    use_language("th")
    assert (again.message, again.code) == ("3 and 2 do not make 6", "row-sum")
    assert again.told == "แล้วเสร็จ 3 กับค้าง 2 รวมกันไม่ได้ 6"
    assert again.model_copy(update={"code": "of-a-newer-laodoc"}).told == "3 and 2 do not make 6"
    old = Finding(rule="row-sum", severity="warning", message="as it was", page=1)
    assert old.told == "as it was"
    assert "code" not in json.loads(old.model_dump_json())


def test_what_the_system_says_is_said_in_thai() -> None:
    """The reasons of the operating system are part of the sentence."""
    use_language("th")
    why = Message("unreadable-file", path="ก.pdf", why="Permission denied")
    assert in_words(why) == "อ่าน ก.pdf ไม่ได้: ไม่ได้รับอนุญาต"


def test_days_are_shown_as_people_write_them() -> None:
    """Buddhist era with Thai months, in the digits that were chosen; what is no day stays."""
    assert shown_day("2020-06-23", "th") == "23 มิ.ย. 2563"
    assert shown_day("2020-06-23", "th", "thai") == "๒๓ มิ.ย. ๒๕๖๓"
    assert shown_day("2020-06-23", "en") == "23 Jun 2020"
    assert shown_day("some day", "th") == "some day"


@pytest.mark.parametrize(
    ("chosen", "environment", "spoken"),
    [
        (None, {}, "en"),
        (None, {"LC_ALL": "C.UTF-8"}, "en"),
        (None, {"LC_ALL": "th_TH.UTF-8"}, "th"),
        (None, {"LANG": "th_TH.UTF-8", "LC_MESSAGES": "C"}, "en"),
        (None, {"LC_ALL": "th_TH.UTF-8", "LAODOC_LANG": "en"}, "en"),
        (None, {"LC_ALL": "C", "LAODOC_LANG": "TH"}, "th"),
        (None, {"LC_ALL": "th_TH.UTF-8", "LAODOC_LANG": "klingon"}, "th"),
        ("en", {"LC_ALL": "th_TH.UTF-8", "LAODOC_LANG": "th"}, "en"),
    ],
)
def test_the_choice_wins_over_the_variable_and_that_over_the_locale(
    monkeypatch: pytest.MonkeyPatch, chosen: str | None, environment: dict[str, str], spoken: str
) -> None:
    """--lang first, then LAODOC_LANG, then the locale; English where nothing is said."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    use_language(chosen)
    assert language() == spoken


def test_values_are_filled_in() -> None:
    """Numbers stand where the sentence has room for them."""
    use_language("en")
    assert say("page-of", done=1, total=2) == "page 1 of 2"
