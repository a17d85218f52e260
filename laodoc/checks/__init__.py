"""Do the parts of a document agree? One small pure function a rule, from the document to its findings."""

from collections.abc import Callable

from laodoc.checks.again import standing
from laodoc.checks.balances import check_balances
from laodoc.checks.bars import check_bars
from laodoc.checks.date_order import check_date_order
from laodoc.checks.days import check_days
from laodoc.checks.enclosures import check_enclosures
from laodoc.checks.grid_shape import check_cut_words, check_lone_columns, check_tall_rows, check_two_in_one
from laodoc.checks.marks import check_mark_counts, check_marks_exclusive
from laodoc.checks.offices import check_number_codes, check_stamp_offices
from laodoc.checks.paging import check_paging
from laodoc.checks.places import check_places
from laodoc.checks.references import check_references
from laodoc.checks.repair import repair
from laodoc.checks.repair_letters import repair_letters
from laodoc.checks.repeats import check_order, check_repeats
from laodoc.checks.sequence import check_sequence_gaps, check_sequence_repeats
from laodoc.checks.summaries import check_summaries
from laodoc.checks.sums import check_column_totals, check_percent_style, check_percents, check_row_sums
from laodoc.checks.thousands import check_thousands
from laodoc.checks.unread import check_unread
from laodoc.checks.weekday import check_weekdays
from laodoc.checks.withhold import withhold, without_guesses
from laodoc.checks.words import check_words
from laodoc.document import Document, Finding

__all__ = ["RULES", "repair", "repair_letters", "run", "standing", "withhold", "without_guesses"]

RULES: tuple[Callable[[Document], tuple[Finding, ...]], ...] = (
    check_two_in_one,
    check_tall_rows,
    check_cut_words,
    check_lone_columns,
    check_sequence_gaps,
    check_sequence_repeats,
    check_row_sums,
    check_balances,
    check_thousands,
    check_percents,
    check_percent_style,
    check_column_totals,
    check_marks_exclusive,
    check_mark_counts,
    check_bars,
    check_words,
    check_summaries,
    check_places,
    check_repeats,
    check_order,
    check_unread,
    check_days,
    check_weekdays,
    check_date_order,
    check_references,
    check_number_codes,
    check_stamp_offices,
    check_enclosures,
    check_paging,
)
"""All rules, in the order of their findings."""


def run(document: Document) -> tuple[Finding, ...]:
    """What every rule finds in the document, which may also be a record that a person has edited.

    A rule speaks only where everything that it compares was read.
    """
    return tuple(finding for rule in RULES for finding in rule(document))
