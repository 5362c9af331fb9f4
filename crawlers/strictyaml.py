"""YAML as people mean it: one set of keys, each given once."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

try:  # ten times as fast; every crawl is a process that reads every site's file
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


class YamlError(ValueError):
    """A file cannot be read; says where in the file and what to do, not which file."""


def read_keys(path: Path) -> dict[str, Any]:
    """The keys of a YAML file in UTF-8, as plain values. Raises YamlError."""
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=_StrictLoader)  # noqa: S506 (is safe)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise YamlError(f"{line}{error.problem}. Mend the YAML there.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise YamlError(f"not readable as YAML in UTF-8: {error}") from error
    except OSError as error:
        raise YamlError(f"cannot be read: {error.strerror}") from error
    if not isinstance(content, dict):
        raise YamlError("holds no keys. Start from another file of the folder.")
    return content


class _StrictLoader(_Loader):
    """Refuses a key that is given twice, where YAML would silently keep the last.

    What cannot be made of a value (the 30th of February) is an error of the file, too, and told
    with its key.
    """

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._keys: dict[yaml.Node, str] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _refused(key, "a key is one word here, no list and no keys of its own")
            if key.value in seen:
                raise _refused(key, f"the key {key.value!r} is given twice")
            seen.add(key.value)
            self._keys[value] = key.value
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        # PyYAML's own readers believe what a value looks like, or is tagged as.
        except (ValueError, ArithmeticError, LookupError, AttributeError) as error:
            key = f"key {self._keys[node]!r}: " if node in self._keys else ""
            raise _refused(node, f"{key}{node.value!r} cannot be read ({error})") from error


def _refused(node: yaml.Node, problem: str) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
