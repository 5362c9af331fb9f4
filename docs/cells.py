"""Cells of the reference's tables."""

from typing import Any


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def type_of(value: dict[str, Any]) -> str:
    if "anyOf" in value:
        return " or ".join(type_of(one) for one in value["anyOf"])
    if "$ref" in value:
        return str(value["$ref"].rsplit("/", 1)[-1])
    if "const" in value:
        return f"`{str(value['const']).lower()}`"
    if "enum" in value:
        return " or ".join(f"`{one}`" for one in value["enum"])
    if value.get("type") == "object" and "additionalProperties" in value:
        return f"{type_of(value['additionalProperties'])} by name"
    if "prefixItems" in value:
        return f"list of {len(value['prefixItems'])} {type_of(value['prefixItems'][0])}s"
    if value.get("type") == "array":
        return f"list of {type_of(value.get('items', {}))}"
    return str(value.get("format", value.get("type", "")))
