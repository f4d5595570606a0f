"""A YAML text as a tree that remembers its lines: plain data only, and nothing that could be a trap.

Values are not typed here: YAML would read the unit "NO" as false and the number 010 as 8. Whoever asks for a field says
what it should be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.plans.faults import Fault
from bot.texts import plan_errors as say

MOST_EVENTS = 50_000
MOST_DEPTH = 12
BROKEN = "\ufffd"


@dataclass(frozen=True, kw_only=True)
class Scalar:
    """One value as written.

    Attributes:
        line: where it begins, from 1.
        text: without quotes and line folds; still to be normalised.
        blank: nothing was written, or only white space, or an unquoted "~" or "null".
        hidden: line and code point of its first control, bidirectional, zero-width or broken character, or None.
    """

    line: int
    text: str
    blank: bool
    hidden: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Sequence:
    """A list of nodes."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """Fields and their values, in the order of the file; a field may still occur twice. Keys that are no text have none."""

    line: int
    entries: tuple[tuple[Scalar, Node], ...]
    odd_keys: tuple[int, ...] = ()


Node = Scalar | Sequence | Mapping

NOTHING = Mapping(line=1, entries=())
"""Stands in for what is not there, so that reading can go on."""


@dataclass(frozen=True, kw_only=True)
class Tree:
    """A whole file. `strays`: line and code point of hidden characters outside all values (in comments)."""

    root: Node
    strays: tuple[tuple[int, int], ...]


def grow(source: str) -> Tree | Fault:
    """Read one YAML document. The first place where it stops being YAML is the only fault there is to tell.

    Aliases and anchors (one kilobyte can unfold to gigabytes), tags, a second document and deep nesting are refused.
    """
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source, hidden = _unmasked(source)
    try:
        return _Grower(source, hidden).grow()
    except _Unreadable as refusal:
        line, message = refusal.args
    except yaml.MarkedYAMLError as error:
        line, message = _explained(error, source.split("\n"))
    except yaml.YAMLError:
        line, message = 1, say.UNREADABLE
    return Fault(line=line, field=_key_on(source, line), message=message)


def is_hidden(character: str) -> bool:
    """Whether a reader would not see it, or not see it where it is: controls, format characters, unassigned, broken ones."""
    return character == BROKEN or unicodedata.category(character) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


class _Unreadable(Exception):
    """Line and message of the one fault that ends the reading."""


@dataclass(kw_only=True)
class _Open:
    """A list or mapping whose end was not met yet; a mapping's nodes alternate key, value."""

    line: int
    is_mapping: bool
    nodes: list[Node] = field(default_factory=list)

    def closed(self) -> Node:
        if not self.is_mapping:
            return Sequence(line=self.line, items=tuple(self.nodes))
        pairs = list(zip(self.nodes[::2], self.nodes[1::2], strict=True))
        return Mapping(
            line=self.line,
            entries=tuple((key, value) for key, value in pairs if isinstance(key, Scalar)),
            odd_keys=tuple(key.line for key, _ in pairs if not isinstance(key, Scalar)),
        )


class _Grower:
    """Builds the tree from parser events, not from `yaml.compose`: that one recurses as deep as the file wants it to."""

    def __init__(self, source: str, hidden: dict[int, int]) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self._hidden = hidden
        self._seen: set[int] = set()

    def grow(self) -> Tree:
        root: Node | None = None
        open_: list[_Open] = []
        for count, event in enumerate(self._events):
            line = _line(event.start_mark)
            if count == MOST_EVENTS:
                raise _Unreadable(line, say.too_many_entries(MOST_EVENTS))
            _refuse_traps(event, line)
            node: Node
            match event:
                case yaml.DocumentStartEvent() if root is not None:
                    raise _Unreadable(line, say.SEVERAL_DOCUMENTS)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    if len(open_) == MOST_DEPTH:
                        raise _Unreadable(line, say.TOO_DEEP)
                    open_.append(_Open(line=line, is_mapping=isinstance(event, yaml.MappingStartEvent)))
                    continue
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    node = open_.pop().closed()
                case yaml.ScalarEvent():
                    node = self._scalar(event, line)
                case _:
                    continue
            if open_:
                open_[-1].nodes.append(node)
            else:
                root = node
        if root is None or (isinstance(root, Scalar) and root.blank):
            raise _Unreadable(1, say.EMPTY_FILE)
        strays = tuple((line, code) for line, code in self._hidden.items() if line not in self._seen)
        return Tree(root=root, strays=strays)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        text: str = event.value
        found: tuple[int, int] | None = None
        suspect = next((c for c in text if is_hidden(c) and c not in "\n\t"), None)
        if suspect is not None:
            lines = [at for at in range(line, _line(event.end_mark) + 1) if at in self._hidden]
            self._seen.update(lines)
            # No such line: it was written as an escape ("\u202e").
            found = (lines[0], self._hidden[lines[0]]) if lines else (line, ord(suspect))
        plain = event.implicit[0]
        blank = not text.strip() or (plain and text.casefold() in {"~", "null"})
        return Scalar(line=line, text=text, blank=blank, hidden=found)


def _refuse_traps(event: yaml.Event, line: int) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        raise _Unreadable(line, say.ANCHOR)
    if getattr(event, "tag", None) is not None:
        raise _Unreadable(line, say.TAG)


def _unmasked(source: str) -> tuple[str, dict[int, int]]:
    """The text with hidden characters replaced by a visible one YAML accepts, and the first of them on each line.

    Left in, they would stop the parser at once, or (U+2028, U+0085) make it count lines no editor shows.
    """
    culprits = {c for c in set(source) if is_hidden(c)} - {"\n", "\t"}
    if not culprits:
        return source, {}
    pattern = re.compile("[" + "".join(map(re.escape, culprits)) + "]")
    hidden: dict[int, int] = {}
    for number, text in enumerate(source.split("\n"), start=1):
        if found := pattern.search(text):
            hidden[number] = ord(found[0])
    return pattern.sub(BROKEN, source), hidden


def _explained(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, str]:
    """The line to look at and what to do there."""
    problem, context = error.problem or "", error.context or ""
    at = _line(error.problem_mark or error.context_mark)
    if "\t" in _indent(lines, at):
        return at, say.TAB
    for in_problem, in_context, where_it_began, message in _EXPLANATIONS:
        if in_problem in problem and in_context in context:
            return (_line(error.context_mark) if where_it_began and error.context_mark else at), message
    return at, say.UNREADABLE


# Parts of the wordings of PyYAML and of libyaml, the first that fits; True: look where the broken thing began, not where
# the parser noticed.
_EXPLANATIONS = (
    ("mapping values are not allowed", "", False, say.COLON),
    ("could not find expected ':'", "", True, say.NO_COLON),
    ("end of stream", "quoted scalar", True, say.OPEN_QUOTE),
    ("document indicator", "quoted scalar", True, say.OPEN_QUOTE),
    ("", "quoted scalar", False, say.BAD_ESCAPE),
    ("", "flow sequence", True, say.OPEN_BRACKET),
    ("", "flow mapping", True, say.OPEN_BRACKET),
    ("", "an alias", False, say.ANCHOR),
    ("", "an anchor", False, say.ANCHOR),
    ("", "a tag", False, say.TAG),
    ("cannot start any token", "", False, say.BAD_START),
    ("expected key", "", False, say.INDENTATION),
    ("block end", "", False, say.INDENTATION),
    ("'-' indicator", "", False, say.INDENTATION),
    ("document start", "", False, say.INDENTATION),
)


def _line(mark: Any) -> int:
    """From 1; a mark of PyYAML or of libyaml counts from 0 and may be missing."""
    return mark.line + 1 if mark else 1


def _indent(lines: list[str], number: int) -> str:
    line = lines[number - 1] if number <= len(lines) else ""
    return line[: len(line) - len(line.lstrip())]


def _key_on(source: str, line: int) -> str:
    """The field a broken line seems to be about: without a tree there is no more to know."""
    lines = source.split("\n")
    found = re.match(r"[\s{-]*([A-Za-z_]{1,40})\s*:", lines[line - 1]) if line <= len(lines) else None
    return found[1] if found else ""
