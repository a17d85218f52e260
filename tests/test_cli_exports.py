"""What an office takes home, from its own command line: databases, registers, letters for other systems."""

import sqlite3
import zipfile
from pathlib import Path

import openpyxl
from letters_made import day, document, field, letter, number, received
from test_cli import Shell
from test_cli import shell as shell

from laodoc.errors import AccessError, UsageError
from laodoc.export.json import to_json

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "external_letter.pdf"
LETTER = letter(
    number=number("มท 0899.9/ว 41"),
    date=day("2020-06-11"),
    subject=field("การสำรวจ"),
    received=(received("ที่ว่าการอำเภอตัวอย่าง", number("3"), day("2020-06-12")),),
)
SECRET = letter(
    "letter-2", pages=(2,), number=number("มท 1"), date=day("2020-06-13"), subject=field("อื่น"), secrecy=field("ลับ")
)


def kept(shell: Shell) -> Path:
    """A record with two letters, one of them secret."""
    (shell.folder / "a.json").write_bytes(to_json(document([LETTER, SECRET])))
    return shell.folder / "a.json"


def test_a_record_goes_into_a_database_and_again(shell: Shell) -> None:
    """What was written is told, and what was covered; the second time nothing is; other options make no sense."""
    record = kept(shell)
    first = shell.laodoc("export", record, "--to", "sqlite:///a.sqlite")
    assert first.code == 0
    assert "1 document(s)" in first.err
    assert "--unmask" in first.err
    again = shell.laodoc("export", record, "--to", "sqlite:///a.sqlite")
    assert "0 row(s) new or different, 0 removed" in again.err
    connection = sqlite3.connect(shell.folder / "a.sqlite")
    assert connection.execute("SELECT subject FROM letters ORDER BY letter_id").fetchall() == [("การสำรวจ",), (None,)]
    connection.close()
    quiet = shell.laodoc("export", record, "--to", "sqlite:///a.sqlite", "--unmask", "-q")
    assert (quiet.code, quiet.err) == (0, "")
    assert shell.laodoc("export", record, "--to", "sqlite:///a.sqlite", "-o", "b").code == UsageError.exit_code
    assert shell.laodoc("export", record).code == UsageError.exit_code
    assert shell.laodoc("export", record, "--to", "sqlite:///none/a.sqlite").code == AccessError.exit_code


def test_an_archive_of_laodoc_is_no_place_to_export_to(shell: Shell) -> None:
    """The tables of another program are not mixed with ours."""
    shell.laodoc("batch", ".", "--archive", "archive.sqlite")
    refused = shell.laodoc("export", kept(shell), "--to", "sqlite:///archive.sqlite")
    assert refused.code == AccessError.exit_code
    assert "another program" in refused.err


def test_registers_and_letters_from_the_command_line(shell: Shell) -> None:
    """A workbook of the year, a file a letter with the office's own codes; a year without letters is told."""
    record = kept(shell)
    asked = ("register", record, "--kind", "received", "--year", "2563")
    made = shell.laodoc(*asked, "-o", "received.xlsx")
    assert made.code == 0
    assert "1 letter(s) of 1 office(s)" in made.err
    page = openpyxl.load_workbook(shell.folder / "received.xlsx").worksheets[0]
    assert [page["A4"].value, page["A5"].value] == ["1–2 ไม่พบหนังสือ (2 เลข)", "3"]
    assert shell.laodoc(*asked, "-o", "received.pdf").code == UsageError.exit_code
    assert shell.laodoc(*asked[:-1], "2562", "-o", "none.html").code == UsageError.exit_code
    assert not (shell.folder / "none.html").exists()
    (shell.folder / "own.toml").write_text('[secret]\n"" = "009"\n', encoding="utf-8")
    letters = shell.laodoc("export", record, "--format", "ecms", "--codes", "own.toml", "-o", "letters")
    assert letters.code == 0
    (only,) = (shell.folder / "letters").iterdir()
    assert "<ram:SecretCode>009</ram:SecretCode>" in only.read_text(encoding="utf-8")
    named = shell.laodoc("export", record, "--format", "ecms", "--names", "{number}", "--unmask", "-o", "named")
    assert named.code == 0
    assert {path.name for path in (shell.folder / "named").iterdir()} == {"มท 0899.9-ว 41.xml", "มท 1.xml"}


def test_a_scan_in_a_zip_goes_along_with_its_letter(shell: Shell) -> None:
    """It is unpacked while its letters are written, and gone afterwards; without the ZIP the letters go alone."""
    with zipfile.ZipFile(shell.folder / "mail.zip", "w") as mail:
        mail.write(SAMPLE, "in/letter.pdf")
    assert shell.laodoc("batch", "mail.zip", "--archive", "a.sqlite", "-q").code == 0
    for there in (True, False):
        if not there:
            (shell.folder / "mail.zip").unlink()
        assert shell.laodoc("export", "a.sqlite", "--format", "ecms", "-o", f"letters-{there}").code == 0
        (only,) = (shell.folder / f"letters-{there}").iterdir()
        assert ('mimeCode="application/pdf"' in only.read_text(encoding="utf-8")) is there
