"""YAML with line numbers: plain data plus the line of every key and item. Refuses duplicate keys, aliases and tags."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

Path_ = tuple[str | int, ...]
Lines = dict[Path_, int]


class YamlProblem(Exception):
    """The text is no YAML that niggle reads; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def read(path: Path) -> tuple[Any, Lines]:
    """Data and lines of one file. Raises YamlProblem."""
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> tuple[Any, Lines]:
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        lines: Lines = {(): 1}
        data = None if node is None else _plain(loader, node, (), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblem(mark.line + 1 if mark else 1, str(error.problem or error)) from None
    except yaml.YAMLError as error:
        raise YamlProblem(1, str(error)) from None
    finally:
        loader.dispose()
    return data, lines


def line_of(lines: Lines, path: Path_) -> int:
    """The line of the nearest known ancestor of a path."""
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 1)


def _plain(loader: Any, node: yaml.Node, path: Path_, lines: Lines) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node)
            if not isinstance(key, Hashable) or not isinstance(key, str):
                raise YamlProblem(key_node.start_mark.line + 1, f"the key {key!r} is not a word")
            if key in result:
                raise YamlProblem(key_node.start_mark.line + 1, f"the key {key!r} stands twice")
            result[key] = _plain(loader, value_node, (*path, key), lines)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, item, (*path, i), lines) for i, item in enumerate(node.value)]
    value = loader.construct_object(node)
    return value.isoformat() if isinstance(value, date) else value
