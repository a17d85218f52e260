"""Everything that can go wrong, and the exit code that says so.

    LaodocError                 15  anything not named below
    ├── UsageError               1  the command line cannot be understood
    ├── InputError               2  the file is not one that can be scanned, or no record
    │   ├── NotAScan             2  not a PDF and not a picture
    │   ├── EmptyInput           2  no bytes, or no pages
    │   └── DamagedInput         2  truncated, or no page of it can be read (or is small enough)
    ├── MissingDependency        3  a program, a language or a model is not installed
    ├── BatchFailures            4  some files of a batch, or rows of a sheet, failed; the others are done
    ├── AccessError              5  a file cannot be read or written
    │   └── ReaderGone           5  … as whoever read the output has left: told by the exit code alone
    ├── ChildFailure             7  a program that laodoc started crashed
    │   └── ChildTimeout         7  … or did not answer in time
    └── EncryptedInput           8  a password is needed, or the one given is wrong

Ctrl-C ends with 130. The message of every error is one line that says what to do.
Foreign exceptions are translated where the foreign call is made, and nowhere else.
"""

from typing import ClassVar

from laodoc.messages import Message, in_words

INTERRUPTED = 130


class LaodocError(Exception):
    """Base of all errors that laodoc raises on purpose; as a string it is its message in English."""

    exit_code: ClassVar[int] = 15

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    @property
    def told(self) -> str:
        """The message in the user's language."""
        return in_words(self.message)


class UsageError(LaodocError):
    """The command line, or the arguments of a call, make no sense."""

    exit_code = 1


class InputError(LaodocError):
    """The input file is not one that can be scanned, or not a record where one is needed."""

    exit_code = 2


class NotAScan(InputError):
    """Neither a PDF nor a picture in a format that laodoc reads."""


class EmptyInput(InputError):
    """The file has no bytes, or the document has no pages."""


class DamagedInput(InputError):
    """The file is truncated or broken, and nothing of it can be read."""


class MissingDependency(LaodocError):
    """A program, a language pack or a model that is needed is not installed."""

    exit_code = 3


class BatchFailures(LaodocError):
    """Some files of a batch could not be read, or rows of a sheet not be taken; the others are done."""

    exit_code = 4


class AccessError(LaodocError):
    """A file or folder cannot be read or written."""

    exit_code = 5


class ReaderGone(AccessError):
    """Whoever read the output has stopped reading, as `head` does: there is nothing to complain of."""


class ChildFailure(LaodocError):
    """A program that laodoc started failed."""

    exit_code = 7


class ChildTimeout(ChildFailure):
    """A program that laodoc started did not answer in time and was stopped."""


class EncryptedInput(LaodocError):
    """The PDF is encrypted, and no password or a wrong one was given."""

    exit_code = 8
