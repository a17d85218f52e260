"""Every sentence and name that laodoc shows, in Thai and English, by a code.

The sentences stand in `commands.toml` (the command line), `errors.toml`, `findings.toml` and `shown.toml` (sheets,
pages, reports), the names of closed lists, columns and sheets in `names.toml`: each with `en` and `th`. A new sentence
is an entry there and a call here; a test walks the calls and the entries.

`say` is for what is shown at once, in the user's language. What is kept or raised is a `Message`: it is the English
sentence, so that records and logs are the same on every machine, and knows what it is in Thai.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from laodoc.messages.catalogue import names, sentence
from laodoc.messages.filling import fill, shown_day
from laodoc.messages.language import Digits, Language, digits, language, use_digits, use_language

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

__all__ = [
    "Digits",
    "Language",
    "Message",
    "digits",
    "in_words",
    "language",
    "name_of",
    "names",
    "say",
    "shown_day",
    "use_digits",
    "use_language",
]

Value = str | int | float
Kept = dict[str, Any]
"""A message as JSON: `{"code": …, "values": {…}}`; a value may be a message again."""


class Message(str):
    """A sentence of the catalogue: as a string it is English; `code` and `values` say it in any language.

    Raises:
        KeyError: the catalogue has no such code, or the sentence needs a value that is not given.
    """

    code: str
    values: Mapping[str, Value]

    def __new__(cls, code: str, /, **values: object) -> "Message":
        plain = {key: _plain(value) for key, value in values.items()}
        made = super().__new__(cls, fill(sentence(code, "en"), plain, "en"))
        made.code, made.values = code, plain
        return made

    def in_language(self, wanted: Language) -> str:
        """The sentence in a language."""
        told = {k: v.in_language(wanted) if isinstance(v, Message) else v for k, v in self.values.items()}
        return fill(sentence(self.code, wanted), told, wanted)

    def kept(self) -> Kept:
        """The message as JSON."""
        return {"code": self.code, "values": kept_values(self.values)}

    @classmethod
    def of(cls, code: str, values: Mapping[str, Any]) -> "Message":
        """The message that was kept so.

        Raises:
            KeyError: another laodoc has kept it, whose catalogue is another one.
        """
        return cls(code, **{k: cls.of(**v) if isinstance(v, Mapping) else v for k, v in values.items()})

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (self.code, dict(self.values))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema  # whoever calls this has it already; errors are raised without

        return core_schema.no_info_plain_validator_function(
            lambda given: given if isinstance(given, cls) else cls.of(**given),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.kept),
        )


def _remade(code: str, values: dict[str, Value]) -> Message:
    return Message(code, **values)


def kept_values(values: Mapping[str, Value]) -> Kept:
    """The values of a message as JSON."""
    return {key: value.kept() if isinstance(value, Message) else value for key, value in values.items()}


def _plain(value: object) -> Value:
    """What JSON can hold."""
    if isinstance(value, Message | bool | int | float):
        return value
    return value if type(value) is str else str(value)


def say(code: str, /, **values: object) -> str:
    """The sentence of this code in the user's language.

    Raises:
        KeyError: see `Message`.
    """
    told = {key: in_words(value) if isinstance(value, str) else value for key, value in values.items()}
    return fill(sentence(code, language()), told, language())


def in_words(text: str) -> str:
    """A message in the user's language; any other text as it is."""
    return text.in_language(language()) if isinstance(text, Message) else text


def name_of(group: str, value: str | None, wanted: Language | None = None) -> str:
    """What a value of a closed list is called, a column, a sheet: `name_of("form", "stamped")` → หนังสือประทับตรา.

    A value that the group does not have is its own name; nothing for None.
    """
    if value is None:
        return ""
    return names(group).get(value, {}).get(wanted or language(), value)
