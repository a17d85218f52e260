"""How ink becomes lines."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """How ink becomes lines; all lengths in parts of a letter's height (that of a consonant without marks)."""

    smallest_letter: float = 0.42
    """Of the page's letter height: digits of a note at ten points beside a text of sixteen."""
    largest_letter: float = 4.0
    """Of the page's letter height: the letters of a heading at 29 points with their ascenders."""
    size_ratio: float = 1.95
    """Letters that differ more in height don't link: ascenders are 1.9 times as high as consonants."""
    baseline_slack: float = 0.3
    """How far two letters' feet may differ: loops and blur; a descender hangs by more."""
    link_gap: float = 1.3
    """Widest gap between letters of a word or a phrase."""
    line_gap: float = 3.0
    """Widest space within a line: what justifying or a tab after a number leaves; columns stand further apart."""
    vowel_width: float = 0.42
    """Vowels above consonants are at least this wide, all tone marks but ๊ and ๋ less."""
    tone_gap: float = 0.22
    """Widest gap between a vowel and the tone mark on it; half as far may they reach into each other's rows."""
    tallest_below: float = 0.64
    """Vowels below consonants, and the tails of ญ and ฐ, are at most this high: 0.45 to 0.55, in bold fonts 0.63."""
    narrowest_below: float = 0.2
    """… and at least this wide: ุ has 0.24 to 0.45, ่ mostly less."""
    holds_vowel: float = 0.62
    """A vowel below hangs under ink of at least this height: ๓ and blurred letters have 0.65, the halves of ะ 0.55."""
    tallest_above: float = 1.0
    """A vowel with its tone, where they touch, is at most this high; what is higher is a stroke."""
    core_slack: float = 0.15
    """How far a letter's own foot and head may be from those of its line: bends, loops and blur."""
    mark_gap: float = 0.85
    """How far a mark or dot may be from the ink that it joins."""
    dot_size: float = 0.22
    """Components smaller than this in both directions are dots, or specks."""
    dot_gap: float = 0.4
    """How far a dot may be from the ink that it joins: the dots of a leader follow each other within this."""
    dash_width: float = 0.28
    """A hyphen's width: 0.42 to 0.8 in fonts, less on poor copies."""
    dash_shape: float = 1.5
    """Width of a dash in parts of its height; specks are round."""
    leader_slack: float = 0.15
    """How far the dots of a leader may be from level; dots that join each other otherwise are specks."""
    mark_size: float = 0.75
    """A group of letters smaller than this beside a larger group's letters is that group's row of marks."""
    reach_up: float = 2.3
    """Highest tone mark above the baseline."""
    reach_down: float = 1.0
    """Deepest descender below it."""
