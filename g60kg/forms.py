"""Documents to frozen values, by pydantic: what a file may say, as classes, and errors that name the place.

Goes in: a node of a file, and the form that it should have. Comes out: the value; what is wrong with it is
the error of the file, with its line and the mend. Importing pydantic takes a third as long as importing
rdflib, so nothing that only asks a graph imports this.
"""

from typing import Annotated, Any, ClassVar, Final, TypeVar

from pydantic import BaseModel, ConfigDict, PlainValidator, TypeAdapter, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from g60kg.nodes import Node, nearest

T = TypeVar("T")
Place = tuple[str | int, ...]

_WANTED: Final = {
    "string": ("a text", "write a text, in quotes where YAML reads it otherwise"),
    "list": ("a list", "write '[…]' or '- …' lines"),
    "tuple": ("a list", "write '[…]' or '- …' lines"),
    "dict": ("a mapping", "write 'key: value' lines"),
    "bool": ("true or false", "write one of the two"),
    "int": ("a whole number", "write it in digits"),
    "float": ("a number", "write it in digits"),
    "too": ("empty", "write at least one"),
}
"""What a value should be and how it is written, by the first word of pydantic's name of the error."""


def fault(message: str, mend: str | None = None, key: str | None = None) -> PydanticCustomError:
    """Return what a validator raises; `{key}` in the message is the key that holds the value.

    A mapping's fault may be laid to one of its keys.
    """
    return PydanticCustomError("fault", "fault", {"message": message, "mend": mend, "key": key})


class Form(BaseModel):
    """A mapping whose keys are all known, and of which none without a default is missing.

    A field's description, where it has one, is the mend where it is missing.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)
    noun: ClassVar[str] = "an entry"

    @model_validator(mode="before")
    @classmethod
    def _check_keys(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            raise fault(f"{cls.noun} is a mapping", "write 'key: value' lines")
        fields = {field.alias or name: field for name, field in cls.model_fields.items()}
        for key in raw:
            if key not in fields:
                raise fault(f"{cls.noun} has no key {key!r}", nearest(key, fields), key)
        for key, field in fields.items():
            if field.is_required() and key not in raw:
                raise fault(f"{cls.noun} has no {key!r}", field.description or f"add '{key}: …'")
        return raw


def trimmed(raw: Any, key: str = "{key}") -> str:
    """Return a text that stands on one line, without spaces around it; raises a fault for anything else."""
    if not isinstance(raw, str):
        raise fault(f"{key} is a text", _WANTED["string"][1])
    if not raw or raw != " ".join(raw.split()) or not raw.isprintable():
        raise fault(f"{key} is empty or holds stray spaces", "write it on one line, trimmed")
    return raw


Line = Annotated[str, PlainValidator(trimmed)]
"""A text that stands on one line, without spaces around it."""


def read_form(form: TypeAdapter[T], node: Node, prefix: str = "", **context: Any) -> T:
    """Return the value that a node states; its validators find the context by name.

    Raises the error of the node's file, with the line of what is wrong; its message begins with the prefix.
    """
    try:
        return form.validate_python(node.plain(), context=context)
    except ValidationError as error:
        place, message, mend = first_fault(error)
        raise node.at(place).error(prefix + message, mend) from error


def first_fault(error: ValidationError) -> tuple[Place, str, str | None]:
    """Return where the first thing wrong is, what it is, and its mend."""
    first = error.errors(include_url=False)[0]
    place, told = first["loc"], first.get("ctx", {})
    key = next((step for step in reversed(place) if isinstance(step, str)), "the value")
    if first["type"] == "fault":
        place = (*place, told["key"]) if told["key"] else place
        return place, told["message"].replace("{key}", repr(key)), told["mend"]
    if first["type"] == "literal_error":
        return place, f"no {key} {first['input']!r}", f"write one of {told['expected']}"
    wanted, mend = _WANTED.get(first["type"].partition("_")[0], (first["msg"], None))
    return place, f"{key!r} is {wanted}", mend
