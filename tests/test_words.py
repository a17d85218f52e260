"""What the command line says, in English and Thai."""

import re

import pytest

from laodoc.words import ENGLISH, THAI, language, say


def test_both_languages_say_the_same_things() -> None:
    """No message is missing in either, and each takes the same details."""

    def details(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    assert {key: details(text) for key, text in ENGLISH.items()} == {key: details(text) for key, text in THAI.items()}


@pytest.mark.parametrize(
    ("words", "locale", "spoken"),
    [
        (["laodoc"], "C.UTF-8", "en"),
        (["laodoc"], "th_TH.UTF-8", "th"),
        (["laodoc", "--lang", "en"], "th_TH.UTF-8", "en"),
        (["laodoc", "--lang=th"], "C.UTF-8", "th"),
        (["laodoc", "--lang"], "C.UTF-8", "en"),
    ],
)
def test_the_option_wins_over_the_locale(
    monkeypatch: pytest.MonkeyPatch, words: list[str], locale: str, spoken: str
) -> None:
    """--lang first, then LC_ALL; English where nothing is said."""
    monkeypatch.setattr("sys.argv", words)
    monkeypatch.setenv("LC_ALL", locale)
    assert language() == spoken


def test_details_are_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers stand where the message has room for them."""
    monkeypatch.setattr("sys.argv", ["laodoc", "--lang", "en"])
    assert say("page of", done=1, total=2) == "page 1 of 2"
