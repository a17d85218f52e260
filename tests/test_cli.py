"""The command line as a user meets it: what goes to stdout, what to stderr, which exit code, what is left behind."""

import json
import os
import signal
import stat
import subprocess
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from commands import ENVIRONMENT, laodoc
from PIL import Image, ImageDraw

from laodoc.cli.application import app
from laodoc.cli.examples import EXAMPLES
from laodoc.document import Document
from laodoc.errors import BatchFailures, InputError, MissingDependency, UsageError

PROGRAM_ENDS_S = 120


@dataclass(frozen=True)
class Outcome:
    code: int
    out: bytes
    err: str

    @property
    def document(self) -> Document:
        return Document.model_validate_json(self.out)

    @property
    def complaint(self) -> str:
        """The one line that says what went wrong."""
        lines = [line for line in self.err.splitlines() if line.startswith("laodoc: ")]
        assert len(lines) == 1, self.err
        return lines[0]


@dataclass(frozen=True)
class Shell:
    """Runs laodoc in a folder of its own, with its own temporary folder, which must be empty afterwards."""

    folder: Path

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    def environment(self, **changes: str) -> dict[str, str]:
        self.temporary.mkdir(exist_ok=True)
        return {**ENVIRONMENT, "TMPDIR": str(self.temporary), **changes}

    def laodoc(self, *words: str | Path, stdin: bytes = b"", **changes: str) -> Outcome:
        done = laodoc(*words, folder=self.folder, environment=self.environment(**changes), stdin=stdin)
        assert list(self.temporary.iterdir()) == []
        messages = done.err.decode(changes.get("PYTHONIOENCODING", "utf-8"))
        assert "Traceback" not in messages
        return Outcome(done.code, done.out, messages)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def _page(text: str = "laodoc 1234") -> Image.Image:
    page = Image.new("L", (830, 1170), 255)
    ImageDraw.Draw(page).text((120, 200), text, fill=0, font_size=40)
    return page


def _pdf(path: Path, pages: int = 1) -> Path:
    first, *rest = [_page(f"page {number}") for number in range(pages)]
    first.save(path, save_all=True, append_images=rest, resolution=300)
    return path


def _fake_tesseract(folder: Path, script: str) -> str:
    """A PATH on which `tesseract` is this shell script and everything else is the real thing."""
    programs = folder / "programs"
    programs.mkdir()
    fake = programs / "tesseract"
    fake.write_text("#!/bin/sh\n" + script)
    fake.chmod(fake.stat().st_mode | stat.S_IEXEC)
    return f"{programs}:{os.environ['PATH']}"


def _answers(*languages: str) -> str:
    """Shell lines with which a fake tesseract says which version it is and which languages it has."""
    listed = "\\n".join(['List of available languages in "/tessdata/":', *languages])
    return (
        f"case \"$*\" in *--list-langs*) printf '{listed}\\n'; exit 0;;\n"
        "*--version*) echo 'tesseract 5.3.0'; exit 0;; esac\n"
    )


def test_scan_prints_nothing_but_json(shell: Shell) -> None:
    """Stdout holds one record, progress goes to stderr in plain lines where that is no terminal."""
    _pdf(shell.folder / "a.pdf", pages=2)
    outcome = shell.laodoc("scan", "a.pdf", "--engine", "null")
    assert outcome.code == 0
    assert [page.number for page in outcome.document.pages] == [1, 2]
    assert "page 2 of 2" in outcome.err


def test_the_same_file_gives_the_same_bytes_on_one_process_and_on_two(shell: Shell) -> None:
    """No times in the record, and the order of pages does not depend on which process was first."""
    _pdf(shell.folder / "a.pdf", pages=3)
    one = shell.laodoc("scan", "a.pdf", "--engine", "null")
    two = shell.laodoc("scan", "a.pdf", "--engine", "null", "--jobs", "2")
    assert one.code == two.code == 0
    assert one.out == two.out


def test_quiet_says_nothing(shell: Shell) -> None:
    """With -q a good scan leaves stderr empty."""
    _pdf(shell.folder / "a.pdf")
    assert shell.laodoc("scan", "a.pdf", "-q", "--engine", "null").err == ""


def test_standard_input_to_a_file(shell: Shell) -> None:
    """`-` reads the scan from standard input; the record names no file that does not exist."""
    content = _pdf(shell.folder / "a.pdf").read_bytes()
    outcome = shell.laodoc("scan", "-", "-o", "b.json", "--engine", "null", stdin=content)
    assert (outcome.code, outcome.out) == (0, b"")
    assert json.loads((shell.folder / "b.json").read_bytes())["source"]["name"] == "stdin"


def test_only_the_pages_asked_for(shell: Shell) -> None:
    """--pages reads those sheets and keeps their place in the file."""
    _pdf(shell.folder / "a.pdf", pages=4)
    outcome = shell.laodoc("scan", "a.pdf", "--pages", "2,4", "--engine", "null")
    assert [page.source_page for page in outcome.document.pages] == [2, 4]


def test_debug_pictures_are_written_for_each_page(shell: Shell) -> None:
    """--debug makes its folder and draws every page at the size of the upright page, and its kinds of ink beside it."""
    _pdf(shell.folder / "a.pdf", pages=2)
    outcome = shell.laodoc("scan", "a.pdf", "--debug", "seen", "--engine", "null")
    pictures = sorted((shell.folder / "seen").iterdir())
    assert [picture.stem for picture in pictures] == ["a-page-01-ink", "a-page-01", "a-page-02-ink", "a-page-02"]
    with Image.open(pictures[1]) as picture:
        assert picture.size == (outcome.document.pages[0].width, outcome.document.pages[0].height)


def test_a_batch_goes_on_after_a_bad_file(shell: Shell) -> None:
    """Two good files become two records; the bad one between them is named, and gives the exit code."""
    _pdf(shell.folder / "a.pdf")
    (shell.folder / "bad.pdf").write_text("no pdf")
    _pdf(shell.folder / "c.pdf")
    outcome = shell.laodoc("scan", "a.pdf", "bad.pdf", "c.pdf", "-o", "out", "--engine", "null")
    assert outcome.code == 2
    assert "bad.pdf" in outcome.err
    assert sorted(path.name for path in (shell.folder / "out").iterdir()) == ["a.json", "c.json"]


def test_a_damaged_page_among_good_ones_is_a_finding(shell: Shell) -> None:
    """The good pages are kept, the bad one is told on stderr and in the record, the exit code is 0."""
    path = _pdf(shell.folder / "a.pdf", pages=3)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        picture = next(iter(pdf.pages[1].Resources.XObject.values()))
        picture.write(b"no jpeg", filter=pikepdf.Name.DCTDecode)
        pdf.save(path)
    outcome = shell.laodoc("scan", "a.pdf", "--engine", "null")
    assert outcome.code == 0
    assert [page.source_page for page in outcome.document.pages] == [1, 3]
    assert [(f.rule, f.page) for f in outcome.document.findings if f.rule == "damaged-page"] == [("damaged-page", 2)]
    assert "damaged page: page 2 is damaged" in outcome.err


def _bad_files(folder: Path) -> dict[str, tuple[Path, int]]:
    """Name of the fault → (file, exit code)."""
    whole = _pdf(folder / "whole.pdf", pages=2).read_bytes()
    contents = {"not a pdf": b"hello\n" * 50, "empty": b"", "truncated": whole[: len(whole) // 3]}
    files = {}
    for name, content in contents.items():
        files[name] = (folder / f"{name}.pdf", 2)
        files[name][0].write_bytes(content)
    with pikepdf.new() as empty:
        empty.save(folder / "no pages.pdf")
    files["no pages"] = (folder / "no pages.pdf", 2)
    with pikepdf.open(folder / "whole.pdf") as pdf:
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(user="key", owner="master"))
    with Image.new("1", (8, 8)) as small:
        small.save(folder / "huge.pdf")
    with pikepdf.open(folder / "huge.pdf", allow_overwriting_input=True) as pdf:
        picture = next(iter(pdf.pages[0].Resources.XObject.values()))
        picture.write(zlib.compress(bytes(HUGE // 8 * HUGE)), filter=pikepdf.Name.FlateDecode)
        picture.Width = picture.Height = HUGE
        picture.BitsPerComponent, picture.ColorSpace = 1, pikepdf.Name.DeviceGray
        pdf.save(folder / "huge.pdf")
    files["encrypted"] = (folder / "locked.pdf", 8)
    files["too large"] = (folder / "huge.pdf", 2)
    files["absent"] = (folder / "absent.pdf", 5)
    (folder / "folder.pdf").mkdir()
    files["a folder"] = (folder / "folder.pdf", 5)
    return files


HUGE = 16_000
"""Side of a picture of 256 megapixels, one bit each, that is 32 MB of nothing and packs into 32 kB."""
BAD = ["not a pdf", "empty", "truncated", "no pages", "encrypted", "too large", "absent", "a folder"]


@pytest.mark.parametrize("fault", BAD)
def test_bad_input_gives_one_line_and_its_code(shell: Shell, fault: str) -> None:
    """One clear line, the documented code, no output file and no temporary file."""
    file, code = _bad_files(shell.folder)[fault]
    outcome = shell.laodoc("scan", file, "-o", "out.json", "--engine", "null")
    assert outcome.code == code
    assert len(outcome.complaint) > len("laodoc: ")
    assert not (shell.folder / "out.json").exists()


def test_the_password_opens_an_encrypted_file(shell: Shell) -> None:
    """--password with the right word scans it, with a wrong one it is exit code 8 still."""
    file, _ = _bad_files(shell.folder)["encrypted"]
    assert shell.laodoc("scan", file, "--password", "key", "--engine", "null").code == 0
    assert shell.laodoc("scan", file, "--password", "wrong", "--engine", "null").code == 8


def test_a_batch_takes_a_password_for_what_is_encrypted(shell: Shell) -> None:
    """Without it the encrypted file fails; with it, from the environment, it is read beside one that needs none."""
    folder = shell.folder / "scans"
    folder.mkdir()
    _bad_files(shell.folder)["encrypted"][0].rename(folder / "locked.pdf")
    _pdf(folder / "open.pdf")
    batch = ("batch", folder, "--archive", "a.sqlite", "--engine", "null", "-q")
    failed = shell.laodoc(*batch)
    assert (failed.code, "locked.pdf" in failed.complaint, "password" in failed.complaint) == (4, True, True)
    assert shell.laodoc(*batch, "--retry-failed", LAODOC_PASSWORD="key").code == 0
    export = ("export", "a.sqlite", "-o", "pdfs", "--format", "pdf", "-q")
    assert "password" in shell.laodoc(*export).complaint
    assert shell.laodoc(*export, "--password", "key").code == 0
    assert (shell.folder / "pdfs" / "locked.pdf").exists()


def test_an_image_of_one_pixel_is_scanned(shell: Shell) -> None:
    """Nothing is on it, and nothing breaks."""
    Image.new("L", (1, 1), 255).save(shell.folder / "dot.png")
    outcome = shell.laodoc("scan", "dot.png", "--engine", "null")
    assert outcome.code in (0, 2)
    if outcome.code == 0:
        assert outcome.document.pages[0].lines == ()


def test_without_any_program_the_record_is_the_same(shell: Shell) -> None:
    """Where no program can be found, pypdfium2 gives the pages, and every byte of the record is the same."""
    _pdf(shell.folder / "a.pdf")
    usual = shell.laodoc("scan", "a.pdf", "--engine", "null")
    bare = shell.laodoc("scan", "a.pdf", "--engine", "null", PATH=str(shell.folder))
    assert (usual.code, bare.code) == (0, 0)
    assert usual.out == bare.out


def test_a_missing_language_is_named(shell: Shell) -> None:
    """Exit code 3, and the line says which package to install."""
    _pdf(shell.folder / "a.pdf")
    outcome = shell.laodoc(
        "scan", "a.pdf", "--engine", "tesseract", PATH=_fake_tesseract(shell.folder, _answers("eng"))
    )
    assert outcome.code == 3
    assert "tesseract-ocr-tha" in outcome.complaint


@pytest.mark.parametrize("script", ["kill -SEGV $$", "exec sleep 600"], ids=["crash", "hang"])
def test_an_engine_that_crashes_or_hangs(shell: Shell, script: str) -> None:
    """Exit code 7; a hanging child is stopped after --timeout."""
    _pdf(shell.folder / "a.pdf")
    path = _fake_tesseract(shell.folder, _answers("tha", "Thai", "eng") + script)
    outcome = shell.laodoc("scan", "a.pdf", "-o", "b.json", "--timeout", "2", "--engine", "tesseract", PATH=path)
    assert outcome.code == 7
    assert outcome.complaint
    assert not (shell.folder / "b.json").exists()


def test_an_output_that_cannot_be_written(shell: Shell) -> None:
    """A folder that is not there: exit code 5."""
    _pdf(shell.folder / "a.pdf")
    outcome = shell.laodoc("scan", "a.pdf", "-o", "absent/b.json", "--engine", "null")
    assert outcome.code == 5
    assert "absent" in outcome.complaint


def test_ctrl_c_ends_with_130_and_leaves_nothing(shell: Shell) -> None:
    """An interrupted scan leaves no output and no temporary file."""
    _pdf(shell.folder / "a.pdf", pages=40)
    running = subprocess.Popen(
        [sys.executable, "-m", "laodoc", "scan", "a.pdf", "-o", "b.json", "--engine", "null"],
        cwd=shell.folder,
        env=shell.environment(),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # jobs in the background ignore it
    )
    assert running.stderr
    assert "page 1 of 40" in running.stderr.readline()
    running.send_signal(signal.SIGINT)
    rest = running.communicate(timeout=PROGRAM_ENDS_S)[1]
    assert running.returncode == 130
    assert "interrupted" in rest
    assert "Traceback" not in rest
    assert not (shell.folder / "b.json").exists()
    assert list(shell.temporary.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["scan"],
        ["scan", "a.pdf", "--engine", "crystal-ball"],
        ["scan", "a.pdf", "--pages", "x"],
        ["scan", "a.pdf", "--pages", "9"],
        ["scan", "a.pdf", "--dpi", "much"],
        ["scan", "a.pdf", "a.pdf"],
        ["scan", "a.pdf", "--unknown"],
        ["fetch"],
        ["--lang", "fr", "version"],
    ],
    ids=" ".join,
)
def test_wrong_arguments_end_with_1(shell: Shell, words: Sequence[str]) -> None:
    """Whatever is wrong with the command line, one line says it and the code is 1."""
    _pdf(shell.folder / "a.pdf")
    outcome = shell.laodoc(*words)
    assert (outcome.code, outcome.out) == (1, b"")
    assert outcome.complaint


def test_a_reader_that_stops_reading_is_no_crash(shell: Shell) -> None:
    """`laodoc schema | head -1` ends without a traceback."""
    command = f"'{sys.executable}' -m laodoc schema | head -c 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=shell.environment(), check=True)
    assert done.stdout == b"{"
    assert done.stderr == b""


def test_help_and_messages_in_thai(shell: Shell) -> None:
    """A Thai locale or --lang th gives Thai help; --lang en wins over the locale."""
    thai = "อ่านหนังสือราชการ"
    assert thai in shell.laodoc("--help", LC_ALL="th_TH.UTF-8").out.decode()
    assert thai in shell.laodoc("--lang", "th", "--help").out.decode()
    assert thai not in shell.laodoc("--lang=en", "--help", LC_ALL="th_TH.UTF-8").out.decode()


def test_doctor_names_what_is_missing(shell: Shell) -> None:
    """All is well here; without programs it says what to install for what, and laodoc does without them."""
    well = shell.laodoc("doctor")
    assert well.code == 0, well.out.decode()
    assert "๐" in well.out.decode()
    assert "pages of PDFs: by poppler" in well.out.decode()
    bare = shell.laodoc("doctor", PATH=str(shell.folder))
    assert bare.code == 0, bare.out.decode()
    assert "apt-get install poppler-utils" in bare.out.decode()
    assert "pages of PDFs: by pypdfium2" in bare.out.decode()


def test_a_thai_windows_console_shows_what_it_can(shell: Shell) -> None:
    """In cp874, which has Thai but no ✓, Thai help and the doctor's answer come out; records stay UTF-8."""
    console = {"PYTHONIOENCODING": "cp874", "PATH": str(shell.folder)}
    assert "หนังสือราชการ" in shell.laodoc("--lang", "th", "--help", **console).out.decode("cp874")
    doctor = shell.laodoc("doctor", **console)
    assert doctor.code == 0
    assert "? laodoc:" in doctor.out.decode("cp874")
    _pdf(shell.folder / "ก.pdf")
    assert shell.laodoc("scan", "ก.pdf", "--engine", "null", **console).document.source.name == "ก.pdf"


def test_a_bare_thai_windows_reads_an_archive_and_exports_it(shell: Shell) -> None:
    """Without any program, with a console in cp874: a folder of Thai names becomes an archive and a workbook."""
    console = {"PYTHONIOENCODING": "cp874", "PATH": str(shell.folder)}
    (shell.folder / "สแกน").mkdir()
    _pdf(shell.folder / "สแกน" / "หนังสือ.pdf")
    (shell.folder / "สแกน" / "เสีย ✗.pdf").write_bytes(b"no scan")
    done = shell.laodoc("--lang", "th", "batch", "สแกน", "--archive", "คลัง.sqlite", "--engine", "null", **console)
    assert done.code == BatchFailures.exit_code
    assert "เสีย ?.pdf" in done.complaint
    assert shell.laodoc("export", "คลัง.sqlite", "-o", "ผล.xlsx", **console).code == 0
    assert (shell.folder / "ผล.xlsx").read_bytes().startswith(b"PK")


def test_version_is_that_of_the_package(shell: Shell) -> None:
    """One word and a number."""
    assert shell.laodoc("version").out.decode().split()[0] == "laodoc"


def test_eval_prints_figures_and_draws_the_worst(shell: Shell, tmp_path: Path) -> None:
    """Figures on stdout, as JSON where asked for; a folder without anything to read is a usage error."""
    folder = tmp_path / "lines"
    folder.mkdir()
    assert shell.laodoc("eval", str(folder)).code == UsageError.exit_code
    Image.new("L", (300, 60), 255).save(folder / "blank.png")
    (folder / "blank.txt").write_text("ก", encoding="utf-8")
    done = shell.laodoc("eval", str(folder), "--json", "--sheet", str(tmp_path / "worst.png"))
    assert done.code == 0
    assert json.loads(done.out)["cer"] == 1.0
    assert (tmp_path / "worst.png").stat().st_size > 100


def test_train_says_what_it_needs(shell: Shell, tmp_path: Path) -> None:
    """Without torch the extra is named; with it, what lines are made of."""
    done = shell.laodoc("train", "--out", str(tmp_path / "run"))
    assert done.code in (UsageError.exit_code, MissingDependency.exit_code)
    assert "laodoc[train]" in done.complaint or "--text" in done.complaint
    assert not (tmp_path / "run").exists()


def test_check_reads_a_record_and_prints_it_with_its_findings(shell: Shell, tmp_path: Path) -> None:
    """What scan wrote comes back checked; what is no record is one line, and ill input."""
    record = tmp_path / "a.json"
    _page().save(tmp_path / "a.png")
    assert shell.laodoc("scan", tmp_path / "a.png", "-o", record, "--engine", "null", "-q").code == 0
    done = shell.laodoc("check", record)
    assert done.code == 0
    assert Document.model_validate_json(done.out) == Document.model_validate_json(record.read_bytes())
    record.write_text("{}", encoding="utf-8")
    ill = shell.laodoc("check", record)
    assert ill.code == InputError.exit_code
    assert "not a record" in ill.complaint


def test_batch_and_export_from_folder_to_workbook(shell: Shell, tmp_path: Path) -> None:
    """A folder becomes an archive, the archive a workbook; a bad file costs its exit code and nothing else."""
    folder, archive = tmp_path / "scans", tmp_path / "a.sqlite"
    folder.mkdir()
    _page().save(folder / "a.png")
    (folder / "bad.pdf").write_bytes(b"no scan")
    done = shell.laodoc("batch", folder, "--archive", archive, "--engine", "null", "--log", tmp_path / "log.jsonl")
    assert done.code == BatchFailures.exit_code
    assert done.out == b""
    assert "bad.pdf" in done.complaint
    assert len((tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert shell.laodoc("export", archive, "-o", tmp_path / "a.xlsx").code == 0
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert shell.laodoc("export", archive, "-o", tmp_path / "x", "--format", "doc").code == UsageError.exit_code


def test_scan_and_export_share_their_formats(shell: Shell) -> None:
    """One scan as CSV on standard output, its record exported as the same; what cannot be asked for is told."""
    _page().save(shell.folder / "a.png")
    seen = shell.laodoc("scan", "a.png", "-q", "--format", "csv", "--what", "findings")
    assert seen.out.startswith(b"\xef\xbb\xbffile,severity")
    shell.laodoc("scan", "a.png", "-q", "-o", "a.json")
    again = shell.laodoc("export", "a.json", "--format", "csv", "--what", "findings", "-o", "-")
    assert (again.code, again.out) == (0, seen.out)
    assert shell.laodoc("export", "a.json", "--format", "doc", "-o", "x").code == UsageError.exit_code
    none = ("--format", "json", "--where", "status=done")
    assert "nothing to export" in shell.laodoc("export", "a.json", *none, "-o", "x").complaint
    assert "FOLDER" in shell.laodoc("scan", "a.png", "-q", "--format", "csv").complaint
    assert not (shell.folder / "x").exists()


def test_no_word_at_all_is_answered_with_the_help(shell: Shell) -> None:
    """Who types the mere name learns the commands, on stdout and with exit code 0."""
    outcome = shell.laodoc()
    assert (outcome.code, outcome.err) == (0, "")
    assert b"doctor" in outcome.out


def test_the_language_may_be_chosen_anywhere(shell: Shell) -> None:
    """--lang stands before the command or behind it."""
    before, behind = shell.laodoc("--lang", "th", "scan", "--help"), shell.laodoc("scan", "--help", "--lang=th")
    assert before.out == behind.out
    assert "ตัวอย่าง" in before.out.decode()
    assert shell.laodoc("scan", "--help", "--lang", "fr").code == UsageError.exit_code


def test_every_command_has_examples() -> None:
    """Each command is in the list of examples, each example is of its command, and the help shows it."""
    commands = {command.name or command.callback.__name__: command for command in app.registered_commands}
    assert set(commands) == set(EXAMPLES)
    for name, lines in EXAMPLES.items():
        assert all(f"laodoc {name} " in f"{line} " for line in lines)
        assert all(line in commands[name].epilog for line in lines)


def test_the_shell_completes(shell: Shell) -> None:
    """The script that --show-completion prints asks laodoc for commands and options, and gets them."""
    (shell.folder / "laodoc").write_text("from laodoc.cli import main\nmain()\n", encoding="utf-8")
    asked = {"_LAODOC_COMPLETE": "complete_bash", "COMP_WORDS": "laodoc ex", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "laodoc"],
        capture_output=True,
        text=True,
        cwd=shell.folder,
        env=shell.environment(PYTHONPATH=str(Path(__file__).resolve().parent.parent), **asked),
        check=True,
    )
    assert done.stdout.split() == ["export"]
