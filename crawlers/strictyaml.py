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
    """Refuses a key that is given twice, where YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} is given twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)
