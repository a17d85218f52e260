"""Which pages of a bundle are letters, and what is attached to each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from laodoc.document import Form
from laodoc.parsing.closing import date_of
from laodoc.parsing.headings import Heading, Label, begins_body, form_of, heading_of, title_of
from laodoc.parsing.messages import message_of
from laodoc.parsing.passages import Passage, PrintedLine, printed_lines, without
from laodoc.parsing.scraps import with_labels_in_rows, without_scraps
from laodoc.parsing.signing import signatory_of
from laodoc.parsing.stamps import stamp_lines, stamp_of, unframed_stamps
from laodoc.recognition.reading import PageReading
from laodoc.thai.page_numbers import begins_with, catchword_on_page, number_on_page

HEADING_ZONE = 0.6
"""A letter's number and addressee stand in this upper part of its first page."""
FEWEST_LETTERS = 8
"""A page with fewer characters, and nothing else on it, is a blank back."""
SURE = 0.5
"""Confidence of a line that says something; what shines through from the other side is read with less, or as
nothing."""


@dataclass(frozen=True, slots=True)
class LetterPages:
    """One letter: its pages in reading order, and the numbers of the pages attached to it (tables and others)."""

    form: Form
    pages: tuple[PageReading, ...]
    attached: tuple[int, ...]


@dataclass(frozen=True)
class Leaf:
    """A page that is not blank, and what it says about its place in the bundle."""

    page: PageReading
    has_table: bool

    @cached_property
    def lines(self) -> tuple[PrintedLine, ...]:
        return own_lines(self.page)

    @cached_property
    def number(self) -> int | None:
        """The number printed at its top."""
        return number_on_page(self.lines, self.page.width, self.page.height)

    @cached_property
    def form(self) -> Form | None:
        """The form of the letter that begins here, or None where none does: no letter begins on a page two."""
        return opening_form(self.page, has_table=self.has_table) if (self.number or 1) == 1 else None

    @cached_property
    def catchword(self) -> str | None:
        """How the next page begins, as its foot says."""
        line = catchword_on_page(self.lines, self.page.width, self.page.height)
        return line.text if line else None

    def leads_to(self, other: "Leaf") -> bool | None:
        """Whether the catchword is the other page's beginning; None where there is no catchword."""
        return begins_with(other.lines, self.catchword) if self.catchword else None

    def ends(self, form: Form) -> bool:
        """Whether a letter of this form ends here: somebody signed it, or the day stands where a seal does for him."""
        heading = heading_of(self.lines, form) if self.form else Heading((), 0)
        if signatory_of(self.lines[heading.body :]):
            return True
        return form == "stamped" and date_of(Passage(self.lines), heading, form) is not None


@dataclass
class _Letter:
    form: Form
    pages: list[Leaf]
    attached: list[Leaf] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        return any(leaf.ends(self.form) for leaf in self.pages)

    def waits_for(self, leaf: Leaf) -> bool:
        """Whether just this page is due: by its number, or by the words at the foot of the last one."""
        leads = self.pages[-1].leads_to(leaf)
        return not self.attached and (leads or (leads is None and leaf.number == len(self.pages) + 1))

    def may_go_on_with(self, leaf: Leaf) -> bool:
        """Whether nothing says that the page below is not the letter's own; with a table on it, it must be due."""
        wrong = self.pages[-1].leads_to(leaf) is False
        return not (self.attached or wrong or self.ended or leaf.has_table)


def split(pages: Sequence[PageReading], table_pages: Collection[int]) -> tuple[LetterPages, ...]:
    """Part a bundle into letters.

    A page opens a letter where it bears a title (memo, order, announcement, minutes) or an addressee with a number or
    subject above or a letter's first words below. What follows goes on with the letter until it is signed or a table
    comes, then it is attached; page numbers and catchwords say it more surely, and of a page two that lies before its
    page one too. Blank backs are nobody's. Text before the first letter is a letter of form "other"; tables before it
    belong to none, unless the bundle ends with a letter's page: then all lie before their letters.
    """
    leaves = [Leaf(page, page.number in table_pages) for page in pages if not is_blank(page)]
    letters: list[_Letter] = []
    before: list[Leaf] = []
    early: list[Leaf] = []
    for index, leaf in enumerate(leaves):
        if leaf.form is not None:
            letters.append(_Letter(leaf.form, [leaf, *sorted(early, key=_number)]))
            early = []
        elif _is_early(leaf, leaves[index + 1 :]) and not (
            letters and letters[-1].waits_for(leaf) and not letters[-1].ended
        ):
            early.append(leaf)
        elif letters and (letters[-1].waits_for(leaf) or letters[-1].may_go_on_with(leaf)):
            letters[-1].pages.append(leaf)
        elif letters:
            letters[-1].attached.append(leaf)
        elif leaf.has_table or before or not leaf.lines:
            before.append(leaf)
        else:
            letters.append(_Letter("other", [leaf]))
    if before and letters and not letters[-1].attached:
        for letter in letters:
            letter.attached, before = before, letter.attached
    return tuple(
        LetterPages(
            letter.form,
            tuple(leaf.page for leaf in letter.pages),
            tuple(leaf.page.number for leaf in letter.attached),
        )
        for letter in letters
    )


def is_blank(page: PageReading) -> bool:
    """Whether nothing stands on the page, but what shines through from its other side."""
    if page.grids or page.codes or page.checkboxes or any(region.kind == "figure" for region in page.regions):
        return False
    said = sum(len(line.text) for line in printed_lines(page) if line.confidence >= SURE)
    return said < FEWEST_LETTERS


def _is_early(leaf: Leaf, rest: Sequence[Leaf]) -> bool:
    """Whether a page two (three, …) lies before its page one: an unsigned one, whose catchword, if any, it answers."""
    if leaf.number is None:
        return False
    opener = next((other for other in rest if other.form is not None or other.number is None), None)
    if opener is None or opener.form is None:
        return False
    leads = opener.leads_to(leaf) if leaf.number == FIRST_AFTER else None
    return not opener.ends(opener.form) if leads is None else leads


FIRST_AFTER = 2
"""The number of the page to which a first page's catchword leads."""


def _number(leaf: Leaf) -> int:
    return leaf.number or 0


def opening_form(page: PageReading, *, has_table: bool) -> Form | None:
    """The form of the letter that begins on this page, or None where none does."""
    message = message_of(page)
    if message is not None:
        return "other" if message.page == 1 else None
    lines = own_lines(page)
    title = title_of(lines)
    if title is not None:
        return title[0]
    heading = heading_of([line for line in lines if line.bbox.top < HEADING_ZONE * page.height], "other")
    labels = {section.label for section in heading.sections}
    wanted = {Label.NUMBER, Label.SUBJECT} if not has_table else {Label.NUMBER}
    begun = heading.body < len(lines) and begins_body(lines[heading.body])
    if Label.TO in labels and (labels & wanted or begun):
        return form_of(lines, heading)
    return None


def own_lines(page: PageReading) -> tuple[PrintedLine, ...]:
    """The lines of the page that stand in no stamp, but for those with the name of who signed."""
    lines = printed_lines(page)
    stamps = stamp_lines(lines, page.regions).values()
    stamped = [line for inside in stamps if not _names_somebody(inside) for line in inside]
    rest = without_scraps(without(lines, stamped))
    unframed = [line for inside in unframed_stamps(rest, page.height) for line in inside]
    return with_labels_in_rows(without(rest, unframed))


def _names_somebody(lines: Sequence[PrintedLine]) -> bool:
    """Whether a stamp is that of somebody's name and post, or a frame around a signature."""
    return signatory_of(lines) is not None and stamp_of(lines) is None
