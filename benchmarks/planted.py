"""Plant faults in records of made-up papers, and count which are found, which are set right, and what is said in vain.

`python benchmarks/planted.py [--seeds N] [--show]`: precision and recall of findings and of repairs, by kind of fault.

Two families. A *misread* is the recognizer's: the paper is right, the ink was unsure, and what is printed is among
the alternatives. A *slip* is the sender's: the ink is sure, and the paper contradicts itself; its value must never be
changed, even where a weak alternative of the recognizer would make the equations agree.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pythainlp.util import num_to_thaiword

from benchmarks.planted_paper import LIKE, Ink, Paper, budget, number, percent, record, statistics, status, votes
from laodoc import checks
from laodoc.document import Document, Finding
from laodoc.parsing.placing import place_tables
from laodoc.thai.digits import parse_number, to_arabic, to_thai


@dataclass(frozen=True)
class Case:
    """One paper with one fault. `rules`: any of these tells it; `allowed`: others that follow from it.

    `row` and `column`: where the fault is (index among all rows below the header), None where it is not in a cell.
    """

    kind: str
    paper: Paper
    family: str
    rules: frozenset[str]
    allowed: frozenset[str] = frozenset()
    row: int | None = None
    column: int | None = None


NUMBERS = frozenset({"row-sum", "percent", "column-total", "summary-table", "bar-percent", "words-digits"})
"""What one wrong number may break."""


def main() -> None:
    """Make all cases, prove each, print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=12, help="cases of every kind (default 12)")
    parser.add_argument("--show", action="store_true", help="print every case that went wrong")
    arguments = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases(arguments.seeds):
        score, complaints = prove(case)
        for key in (case.kind, f"all {case.family}", "ALL"):
            counts[key] += score
        if arguments.show:
            for complaint in complaints:
                print(f"{case.kind}: {complaint}")
    print(f"{'':28}" + "".join(f"{name:>14}" for name in HEADINGS))
    for key, score in counts.items():
        print(f"{key:28}" + "".join(f"{text:>14}" for text in shares(score)))


HEADINGS = ("cases", "found", "repaired", "wrongly", "findings", "in vain")


def shares(score: Counter[str]) -> list[str]:
    """One line of the report."""
    found = f"{score['found']}/{score['faulty']}"
    repaired = f"{score['repaired']}/{score['repairable']}"
    return [str(score["cases"]), found, repaired, *(str(score[name]) for name in ("wrongly", "findings", "vain"))]


def prove(case: Case) -> tuple[Counter[str], list[str]]:
    """Run places, repair and checks over the case; count and say what went wrong."""
    before = record(case.paper)
    tables, repairs = checks.repair(place_tables(before.tables, before.letters))
    after = before.model_copy(update={"tables": tables, "findings": repairs})
    findings = (*repairs, *checks.run(after))
    loud = [f for f in findings if f.severity != "info" or f.rule in case.rules]
    score: Counter[str] = Counter(cases=1, findings=len(loud))
    complaints = []
    if case.family != "clean":
        score["faulty"] += 1
        if any(f.rule in case.rules and near(f, case) for f in loud):
            score["found"] += 1
        else:
            complaints.append(f"not found; said {[(f.rule, f.message) for f in loud]}")
    for finding in loud:
        if finding.rule not in case.rules | case.allowed:
            score["vain"] += 1
            complaints.append(f"in vain: {finding.rule}: {finding.message}")
    wrong = wrong_values(case.paper, after)
    unread = {(case.row, case.column)} if case.family in ("misread", "hopeless") else set()
    score["wrongly"] += len(wrong - unread)
    changed_wrongly = (case.row, case.column) in wrong and _changed(case, before, after)
    score["wrongly"] += changed_wrongly and bool(unread)
    if wrong - unread or changed_wrongly:
        complaints.append(f"changed wrongly: {sorted(wrong)}")
    if case.family == "misread":
        score["repairable"] += 1
        score["repaired"] += not wrong
        if wrong:
            complaints.append(f"not repaired; said {[(f.rule, f.message) for f in loud]}")
    return score, complaints


def near(finding: Finding, case: Case) -> bool:
    """Whether the finding points to the row of the fault, as far as it points to a row at all."""
    if case.row is None or finding.sequence is None:
        return True
    sequence = parse_number(case.paper.rows[case.row].cells[0].printed)
    return finding.rule == "column-total" or finding.sequence == sequence


def wrong_values(paper: Paper, document: Document) -> set[tuple[int, int]]:
    """Cells whose value is not what is printed."""
    rows = [row for row in document.tables[0].rows if row.kind != "header"]
    wrong = set()
    for index, (line, row) in enumerate(zip(paper.rows, rows, strict=True)):
        for cell in row.cells:
            ink = line.cells[cell.column]
            printed = parse_number(ink.printed)
            if printed is not None and cell.value != printed:
                wrong.add((index, cell.column))
            if ink.mark is not None and cell.mark != ink.mark:
                wrong.add((index, cell.column))
    return wrong


def _changed(case: Case, before: Document, after: Document) -> bool:
    def value(document: Document) -> object:
        rows = [row for row in document.tables[0].rows if row.kind != "header"]
        return next(cell.value for cell in rows[case.row or 0].cells if cell.column == case.column)

    return value(before) != value(after)


# --- the faults ---------------------------------------------------------------------------------------------------


def cases(seeds: int) -> list[Case]:
    """`seeds` cases of every kind."""
    return [fault(Random(f"{fault.__name__}/{seed}")) for fault in FAULTS for seed in range(seeds)]


def misread(ink: Ink, rng: Random, *, sure: bool = False, known: bool = True) -> None:
    """Read one digit as another; the right reading is among the alternatives where it is `known`."""
    places = [i for i, symbol in enumerate(ink.printed) if to_arabic(symbol) in LIKE]
    place = rng.choice(places)
    digits = to_arabic(ink.printed)
    false = digits[:place] + LIKE[digits[place]] + digits[place + 1 :]
    third = digits[:place] + rng.choice([d for d in "0123456789" if d not in (digits[place], LIKE[digits[place]])])
    ink.read = to_thai(false)
    ink.confidence = round(rng.uniform(0.86, 0.93) if sure else rng.uniform(0.45, 0.86), 3)
    rest = 1 - ink.confidence
    if known:
        ink.others = [(ink.printed, round(0.8 * rest, 3))]
    ink.others.append((to_thai(third + digits[place + 1 :]), round(0.1 * rest, 3)))


def weak_doubt(paper: Paper, rng: Random) -> None:
    """Give some sure cells the weak alternatives that recognizers give to anything."""
    for line in paper.rows:
        for ink in line.cells:
            places = [i for i, symbol in enumerate(ink.printed) if to_arabic(symbol) in LIKE]
            if places and not ink.others and parse_number(ink.printed) is not None and rng.random() < 0.3:
                place = rng.choice(places)
                digits = to_arabic(ink.printed)
                ink.confidence = round(rng.uniform(0.95, 0.999), 3)
                other = digits[:place] + LIKE[digits[place]] + digits[place + 1 :]
                ink.others = [(to_thai(other), round(0.5 * (1 - ink.confidence), 3))]


def paper_of(rng: Random) -> Paper:
    """A statistics table in one of its shapes."""
    return statistics(rng, groups=rng.random() < 0.25, bar=rng.random() < 0.6, truncated=rng.random() < 0.2)


def _pick(paper: Paper, rng: Random, kind: str = "row") -> int:
    return rng.choice([i for i, line in enumerate(paper.rows) if line.kind == kind])


def misread_in(role: str, meaning: str | None, kind: str = "row", **how: bool) -> Callable[[Random], Case]:
    """Faults: one number misread in such a column of such a row."""

    def fault(rng: Random) -> Case:
        while True:
            paper = paper_of(rng)
            if kind in {line.kind for line in paper.rows}:
                break
        weak_doubt(paper, rng)
        row, column = _pick(paper, rng, kind), paper.at(role, meaning)
        misread(paper.rows[row].cells[column], rng, **how)
        family = "misread" if how.get("known", True) else "hopeless"
        return Case(fault.__name__, paper, family, NUMBERS, NUMBERS, row, column)

    extra = "".join(f" {name}" if on else f" not {name}" for name, on in how.items())
    fault.__name__ = f"misread {meaning if role == 'count' else role} {kind}{extra}"
    return fault


def slip_in(role: str, meaning: str | None, kind: str = "row") -> Callable[[Random], Case]:
    """Faults: one number printed wrong, and the reader's weak alternative may be the right one."""

    def fault(rng: Random) -> Case:
        while True:
            paper = paper_of(rng)
            if kind in {line.kind for line in paper.rows}:
                break
        weak_doubt(paper, rng)
        row, column = _pick(paper, rng, kind), paper.at(role, meaning)
        ink = paper.rows[row].cells[column]
        right = ink.printed
        wrong = right
        while parse_number(wrong) == parse_number(right):
            digits = list(to_arabic(right))
            place = rng.choice([i for i, symbol in enumerate(digits) if symbol.isdigit()])
            digits[place] = rng.choice("123456789")
            wrong = to_thai("".join(digits))
        sure = round(rng.uniform(0.95, 0.999), 3)
        others = [(right, round((1 - sure) / 2, 3))] if rng.random() < 0.5 else []
        paper.rows[row].cells[column] = Ink(wrong, confidence=sure, others=others)
        return Case(fault.__name__, paper, "slip", NUMBERS, NUMBERS, row, column)

    fault.__name__ = f"slip {meaning if role == 'count' else role} {kind}"
    return fault


def misread_votes(rng: Random) -> Case:
    """A number of votes misread; the words beside it and the total stand against it."""
    paper = votes(rng)
    row = _pick(paper, rng)
    misread(paper.rows[row].cells[2], rng)
    return Case("misread votes", paper, "misread", frozenset({"words-digits", "column-total"}), NUMBERS, row, 2)


def slip_votes_words(rng: Random) -> Case:
    """The words say another number than the digits, which add up."""
    paper = votes(rng)
    row = _pick(paper, rng)
    value = parse_number(paper.rows[row].cells[2].printed)
    paper.rows[row].cells[3] = Ink(num_to_thaiword(int(value or 0) + rng.choice((1, 10, 100))))
    return Case("slip words", paper, "slip", frozenset({"words-digits"}), row=row, column=3)


def slip_amount_total(rng: Random) -> Case:
    """The sum of the amounts is printed wrong, in digits and in words alike."""
    paper = budget(rng)
    row = len(paper.rows) - 1
    paper.rows[row].cells[2] = Ink(number(int(parse_number(paper.rows[row].cells[2].printed) or 0) + 100))
    return Case("slip amount total", paper, "slip", frozenset({"column-total"}), NUMBERS, row, 2)


def slip_letter_words(rng: Random) -> Case:
    """The letter's digits and its words in brackets differ."""
    paper = budget(rng)
    total = int(parse_number(paper.rows[-1].cells[2].printed) or 0)
    paper.letter[0] = paper.letter[0].replace(number(total), number(total + rng.choice((1000, 90, 9))))
    return Case("slip letter words", paper, "slip", frozenset({"words-digits"}), NUMBERS)


def misread_amount(rng: Random) -> Case:
    """An amount misread: only the column's sum stands against it."""
    paper = budget(rng)
    row = _pick(paper, rng)
    misread(paper.rows[row].cells[2], rng)
    return Case("misread amount", paper, "misread", frozenset({"column-total"}), NUMBERS, row, 2)


def slip_summary(rng: Random) -> Case:
    """A number of the summary sentence is not the table's."""
    paper = paper_of(rng)
    column = paper.at("count", rng.choice(("total", "done", "pending")))
    printed = paper.rows[-1].cells[column].printed
    false = number(int(parse_number(printed) or 0) + rng.choice((1, 3, 10)))
    paper.sentences[0] = paper.sentences[0].replace(f"จำนวน {printed} แห่ง", f"จำนวน {false} แห่ง", 1)
    return Case("slip summary", paper, "slip", frozenset({"summary-table"}))


def slip_summary_percent(rng: Random) -> Case:
    """The per cent of the summary sentence is off by more than rounding."""
    paper = paper_of(rng)
    printed = paper.rows[-1].cells[paper.at("percent", "done")].printed
    false = to_thai(f"{float(parse_number(printed) or 0) + rng.choice((0.3, 1.0, 2.5)):.2f}")
    paper.sentences[0] = paper.sentences[0].replace(f"ร้อยละ {printed}", f"ร้อยละ {false}")
    return Case("slip summary percent", paper, "slip", frozenset({"summary-table"}))


def truncated_percent(rng: Random) -> Case:
    """One per cent is truncated where all others are rounded: told, as information at least, and left."""
    while True:
        paper = statistics(rng, bar=False)
        for row, line in enumerate(paper.rows):
            done, total = (int(parse_number(line.cells[i].printed) or 0) for i in (3, 2))
            cut = percent(done, total, "ROUND_DOWN")
            half = done * 20000 % total == 0  # rounded half to even, it is printed as if cut off
            if line.kind == "row" and to_thai(cut) != line.cells[5].printed and not half:
                line.cells[5] = Ink(to_thai(cut))
                return Case("truncated percent", paper, "slip", frozenset({"percent"}), frozenset(), row, 5)


def lost_row(rng: Random) -> Case:
    """A row of the paper was not found."""
    paper = paper_of(rng)
    row = _pick(paper, rng)
    inner = [i for i in range(1, len(paper.rows) - 1) if paper.rows[i].kind == "row"][1:-1]
    row = rng.choice(inner)
    while parse_number(paper.rows[row].cells[0].printed) in (1, len(paper.body())):
        row = rng.choice(inner)
    del paper.rows[row]
    return Case("lost row", paper, "lost", frozenset({"sequence-gap"}), NUMBERS)


def lost_rows_marks(rng: Random) -> Case:
    """Two rows of a status table were not found."""
    paper = status(rng)
    row = rng.randrange(1, len(paper.rows) - 3)
    del paper.rows[row : row + 2]
    return Case("lost rows, marks", paper, "lost", frozenset({"sequence-gap"}), frozenset({"mark-count", "order"}))


def repeated_number(rng: Random) -> Case:
    """A running number is printed twice."""
    paper = paper_of(rng)
    rows = [i for i, line in enumerate(paper.rows) if line.kind == "row"][1:-1]
    row = rng.choice(rows)
    value = int(parse_number(paper.rows[row].cells[0].printed) or 0)
    paper.rows[row].cells[0] = Ink(number(value - 1))
    rules = frozenset({"sequence-repeat", "sequence-gap"})
    return Case("slip repeated number", paper, "slip", rules, rules)


def misread_sequence(rng: Random) -> Case:
    """A running number is misread: its neighbours say which it is."""
    paper = paper_of(rng)
    rows = [i for i, line in enumerate(paper.rows) if line.kind == "row"][1:-1]
    row = rng.choice(rows)
    misread(paper.rows[row].cells[0], rng)
    rules = frozenset({"sequence-repeat", "sequence-gap"})
    return Case("misread sequence", paper, "misread", rules, rules, row, 0)


def slip_both_marks(rng: Random) -> Case:
    """Both columns are filled."""
    paper = status(rng)
    row = _pick(paper, rng)
    for ink, mark in zip(paper.rows[row].cells[3:], ("check", "cross"), strict=True):
        ink.mark = mark
    return Case("slip both marks", paper, "slip", frozenset({"mark-exclusive"}), frozenset({"mark-count"}), row, 4)


def slip_no_mark(rng: Random) -> Case:
    """Neither column is filled."""
    paper = status(rng)
    row = _pick(paper, rng)
    for ink in paper.rows[row].cells[3:]:
        ink.mark = "none"
    return Case("slip no mark", paper, "slip", frozenset({"mark-exclusive"}), frozenset({"mark-count"}), row, 4)


def swapped_marks(rng: Random) -> Case:
    """A check was read in the wrong column: the total row stands against it."""
    paper = status(rng)
    row = _pick(paper, rng)
    done, pending = paper.rows[row].cells[3:]
    if done.mark == "check":
        done.mark, pending.mark = "none", "cross"
    else:
        done.mark, pending.mark = "check", "none"
    return Case("swapped marks", paper, "slip", frozenset({"mark-count"}))


def slip_mark_total(rng: Random) -> Case:
    """The total row counts the marks wrong."""
    paper = status(rng)
    ink = paper.rows[-1].cells[rng.choice((3, 4))]
    value = int(parse_number(ink.printed) or 0)
    ink.printed = ink.read = number(value + rng.choice((1, 2, 7)))
    return Case("slip mark total", paper, "slip", frozenset({"mark-count"}), frozenset({"row-sum"}))


def slip_bar(rng: Random) -> Case:
    """A bar shows another share than the per cent beside it."""
    paper = statistics(rng, bar=True)
    row = _pick(paper, rng)
    ink = paper.rows[row].cells[6]
    share = ink.bar or 0.0
    ink.bar = share + 0.12 if share < 0.5 else share - 0.12
    return Case("slip bar", paper, "slip", frozenset({"bar-percent"}), frozenset(), row, 6)


def unknown_place(rng: Random) -> Case:
    """A province that is none, and near none."""
    paper = paper_of(rng)
    row = _pick(paper, rng)
    paper.rows[row].cells[1] = Ink(rng.choice(("ทุ่งฟ้าครามใหม่", "เมืองสมมุติ", "ดงไม้แก้วงาม")))
    return Case("unknown place", paper, "slip", frozenset({"unknown-place"}), frozenset({"order"}), row, 1)


def clean_statistics(rng: Random) -> Case:
    """Nothing is wrong; rounded, truncated, grouped, with bars."""
    paper = paper_of(rng)
    weak_doubt(paper, rng)
    return Case("clean statistics", paper, "clean", frozenset())


def clean_status(rng: Random) -> Case:
    """Nothing is wrong."""
    return Case("clean status", status(rng), "clean", frozenset())


def clean_money(rng: Random) -> Case:
    """Nothing is wrong."""
    return Case("clean money", budget(rng), "clean", frozenset())


def clean_votes(rng: Random) -> Case:
    """Nothing is wrong."""
    return Case("clean votes", votes(rng), "clean", frozenset())


COUNTS = ("total", "done", "pending")
FAULTS: tuple[Callable[[Random], Case], ...] = (
    *(misread_in("count", meaning) for meaning in COUNTS),
    *(misread_in("count", meaning, sure=True) for meaning in COUNTS),
    *(misread_in("count", meaning, "total") for meaning in COUNTS),
    misread_in("count", "done", "subtotal"),
    misread_in("percent", "done"),
    misread_votes,
    misread_amount,
    misread_sequence,
    *(misread_in("count", meaning, known=False) for meaning in COUNTS),
    *(slip_in("count", meaning, kind) for kind in ("row", "total") for meaning in COUNTS),
    slip_in("count", "done", "subtotal"),
    slip_in("percent", "done"),
    slip_in("percent", "done", "total"),
    slip_votes_words,
    slip_amount_total,
    slip_letter_words,
    slip_summary,
    slip_summary_percent,
    truncated_percent,
    repeated_number,
    slip_both_marks,
    slip_no_mark,
    swapped_marks,
    slip_mark_total,
    slip_bar,
    unknown_place,
    lost_row,
    lost_rows_marks,
    clean_statistics,
    clean_status,
    clean_money,
    clean_votes,
)

if __name__ == "__main__":
    main()
