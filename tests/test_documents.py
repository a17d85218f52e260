"""README and docs: every command is run and prints what is shown, every link leads somewhere, nothing is forgotten."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest
from commands import ENVIRONMENT, Ended, ask
from documents import NOT_RUN, PAGES, PART_OF, ROOT, Block, blocks, part_of, prints
from scanning import fill

import laodoc
from laodoc.archive.entering import enter_files
from laodoc.archive.ledger import Ledger
from laodoc.cli.examples import EXAMPLES
from laodoc.document import Document, Rule

ALL = [block for page in PAGES for block in blocks(page)]
RUN = {"sh", "console", "python"}
QUIET = {"json", "text", "sql", "ini", "toml"}
"""Languages of blocks that are shown and not run."""
HEAVY = ("batch", "watch", "serve", "account", "train", "train-ink", "doctor")
"""Commands whose examples are run elsewhere: they take a machine, an inbox, a browser or torch."""

STAGE = {
    "letter.pdf": "external_letter.pdf",
    "photo.jpg": "phone_photo.jpg",
    "scans/bundle.pdf": "bundle.pdf",
    "scans/external_letter.pdf": "external_letter.pdf",
}
"""What the folder holds in which the commands of the documentation are run, and which samples these are."""


@dataclass(frozen=True)
class Shell:
    """Runs commands as they stand in the documentation: those of laodoc alone by a server, which scans each file once,
    others by bash."""

    programs: Path

    def run(self, folder: Path, command: str) -> str:
        """What the command prints on both ways; it must end well."""
        plain = command.partition(" #")[0]
        alone = plain.startswith("laodoc ") and not set("|><*$&;") & set(plain) and "--lang" not in plain
        if alone:
            done = ask(folder, words=shlex.split(plain)[1:], remember=True, together=True)
        else:
            done = self._bash(folder, command)
        assert done.code == 0, f"{command}\n{done.text}"
        return done.text

    def _bash(self, folder: Path, command: str) -> Ended:
        environment = {**ENVIRONMENT, "PATH": f"{self.programs}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return Ended(done.returncode, done.stdout, b"")


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell with a command `laodoc`."""
    programs = tmp_path_factory.mktemp("programs")
    (programs / "laodoc").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m laodoc "$@"\n', encoding="utf-8")
    (programs / "laodoc").chmod(0o755)
    return Shell(programs)


@pytest.fixture(scope="module")
def stage(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with scans, the samples and an archive as `laodoc batch scans/ --archive a.sqlite` makes it."""
    folder = tmp_path_factory.mktemp("stage")
    for name, sample in STAGE.items():
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "samples" / sample, folder / name)
    for name in ("samples", "models"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "laodoc" / "export" / "data" / "ecms.toml", folder / "our-codes.toml")
    with chdir(folder):
        ledger = Ledger(Path("a.sqlite"), create=True)
        enter_files(ledger, [Path("scans")])
        fill(ledger)
        ledger.close()
    shell.run(folder, "laodoc scan letter.pdf -o letter.json -q")
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_works(page: Path, shell: Shell, stage: Path, tmp_path: Path) -> None:
    """The page's commands, one after another in a folder with scans, end well and print what the page shows."""
    folder = tmp_path / "work"
    shutil.copytree(stage, folder, symlinks=True)
    for block in blocks(page):
        if block.note.startswith(NOT_RUN) or block.kind not in RUN:
            continue
        if block.kind == "python":
            _python(folder, block)
            continue
        for command, shown in block.commands:
            printed = shell.run(folder, command)
            assert prints(shown, printed), f"{block}: {command}\nprints\n{printed}"


def test_the_examples_of_the_help_work(shell: Shell, stage: Path, tmp_path: Path) -> None:
    """What `laodoc COMMAND --help` shows can be typed, but for what runs for hours or until Ctrl-C."""
    folder = tmp_path / "work"
    shutil.copytree(stage, folder, symlinks=True)
    (folder / "lines").mkdir()
    shell.run(folder, "laodoc doubts a.sqlite -o d.xlsx -q --no-pictures")
    shutil.copy(ROOT / "samples" / "external_letter.truth.json", folder / "scans" / "external_letter.json")
    for name, lines in EXAMPLES.items():
        for line in lines:
            if name not in HEAVY and line != "laodoc eval lines/ --sheet worst.png":
                shell.run(folder, line)


def test_every_block_is_run_or_says_why_not() -> None:
    """No language that the test does not know; a block that is not run gives its reason."""
    assert {str(block) for block in ALL if block.kind not in RUN | QUIET} == set()
    assert [str(block) for block in ALL if block.note == NOT_RUN.strip()] == []
    assert sum(block.kind in RUN and not block.note.startswith(NOT_RUN) for block in ALL) > 20


@pytest.mark.parametrize("block", [block for block in ALL if block.note.startswith(PART_OF)], ids=str)
def test_what_is_shown_of_a_record_is_in_it(block: Block) -> None:
    """Values as they are, boxes and confidences nearly."""
    assert part_of(block)


def test_the_record_that_is_shown_is_what_a_scan_gives(stage: Path) -> None:
    """`samples/bundle.json` says what laodoc reads today; `make shown` writes it anew."""
    with laodoc.Archive(stage / "a.sqlite") as archive:
        (today,) = (document for document in archive.documents() if document.source.name == "bundle.pdf")
    assert _gist(laodoc.load(ROOT / "samples" / "bundle.json")) == _gist(today)


def test_every_link_leads_somewhere() -> None:
    """A link to a file of the checkout finds it, and the heading in it where it names one."""
    broken = []
    for page in (*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", ROOT / "samples" / "README.md"):
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"", text):
            target, _, anchor = next(filter(None, link)).partition("#")
            place = (page.parent / target).resolve() if target else page
            if "://" not in target and not (place.exists() and (not anchor or anchor in _anchors(place))):
                broken.append(f"{page.relative_to(ROOT)}: {link}")
    assert broken == []


def test_the_record_is_described_field_by_field() -> None:
    """`docs/reference/record.md` has every field of every model, and none that there is not."""
    page = (ROOT / "docs" / "reference" / "record.md").read_text(encoding="utf-8")
    told = {
        (section.split("`")[1], name)
        for section in re.split(r"^### ", page, flags=re.MULTILINE)[1:]
        for name in re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
    }
    definitions = json.loads(json.dumps(Document.model_json_schema()))
    models = {"Document": definitions, **definitions["$defs"]}
    assert told == {(model, name) for model, said in models.items() for name in said.get("properties", ())}


def test_every_rule_says_what_to_do() -> None:
    """`docs/reference/findings.md` has a row for each rule, in their order."""
    page = (ROOT / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", page, flags=re.MULTILINE)) == sorted(Rule.__args__)


def test_exit_codes_are_told() -> None:
    """`docs/reference/exit-codes.md` has every error with its code."""
    page = (ROOT / "docs" / "reference" / "exit-codes.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", page, flags=re.MULTILINE))
    errors = {name: found for name in laodoc.__all__ if isinstance(found := getattr(laodoc, name), type)}
    assert told == {
        name: str(found.exit_code) for name, found in errors.items() if issubclass(found, laodoc.LaodocError)
    }


def _gist(document: Document) -> tuple[object, ...]:
    """What of a record does not hang on a pixel: values of letters, records, rules of findings."""
    numbers = [
        (each.form, each.pages, *(f and f.value for f in (each.number, each.date, each.deadline)))
        for each in document.letters
    ]
    rows = [(each.id, each.organisation or each.province, each.status, each.counts) for each in document.records]
    return numbers, rows, [finding.rule for finding in document.findings], document.routing


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as MkDocs and forges make them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def _python(folder: Path, block: Block) -> None:
    """Run a program of the documentation; it uses nothing that is to go."""
    done = ask(folder, program=block.text, remember=True, together=True)
    assert done.code == 0, f"{block}\n{done.text}"
