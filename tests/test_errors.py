"""The tree of errors and its exit codes."""

import inspect
import re

from laodoc import errors


def _tree() -> list[type[errors.LaodocError]]:
    members = (member for _, member in inspect.getmembers(errors, inspect.isclass))
    return [member for member in members if issubclass(member, errors.LaodocError)]


def test_the_docstring_draws_every_error_with_its_exit_code() -> None:
    """The picture in the docstring is the tree: no class missing, no code wrong."""
    drawn = dict(re.findall(r"(\w+) +(\d+) ", errors.__doc__ or ""))
    assert drawn == {error.__name__: str(error.exit_code) for error in _tree()}


def test_exit_codes_are_those_of_the_documentation() -> None:
    """The codes are an interface: scripts of offices rely on them."""
    assert {error.exit_code for error in _tree()} == {1, 2, 3, 4, 5, 7, 8, 15}
