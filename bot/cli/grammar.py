"""Typer speaking Vietnamese: help pages, usage errors and every expected failure as one sentence."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

import typer
import typer.core

from bot.cli import out
from bot.texts import cli as texts

REFUSED = 2
"""Exit code when nothing was done: a wrong command line, a wrong setting, a database that does not open."""


class Refusal(Exception):
    """A command cannot be done; the message is the sentence (or the lines) the user reads."""

    def __init__(self, message: str, code: int = REFUSED) -> None:
        super().__init__(message)
        self.code = code


class Command(typer.core.TyperCommand):
    """A command."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Its help page."""
        formatter.write(_page(self, ctx))


class Group(typer.core.TyperGroup):
    """A command with commands below it."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Its help page."""
        formatter.write(_page(self, ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command named first. Raises Refusal for one that is not there."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise Refusal(texts.no_such_command(args[0], _nearest(args[0], self.list_commands(ctx)), ctx.command_path))
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> NoReturn:
        """Run, and end the process with its exit code; an unexpected exception is raised: it is our defect."""
        more["standalone_mode"] = False
        try:
            code = super().main(args, *rest, **more)
        except typer.Abort:
            sys.exit(130)
        except Refusal as refusal:
            out.warn(str(refusal))
            sys.exit(refusal.code)
        except typer.TyperException as error:
            out.warn(_usage_error(error))
            sys.exit(REFUSED)
        except (Exception, BaseExceptionGroup) as error:
            from bot.cli import failures

            if not (sentence := failures.sentence(error)):
                raise
            out.warn(sentence)
            sys.exit(REFUSED)
        sys.exit(code if isinstance(code, int) else 0)


def _page(command: Any, ctx: Any) -> str:
    """Usage, what it does, arguments, options, commands."""
    params = [param for param in command.params if not param.hidden]
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [(_option(param), param.help or "") for param in params if param.param_type_name == "option"]
    commands = [(name, child.short_help or "") for name, child in getattr(command, "commands", {}).items() if not child.hidden]
    usage = [ctx.command_path, *(_argument(param) for param in arguments)]
    usage += [texts.OPTIONS_PLACE] if options else []
    usage += [texts.COMMAND_PLACE] if commands else []
    parts = [
        f"{texts.USAGE}: {' '.join(usage)}",
        (command.help or "").strip(),
        _block(texts.COMMANDS, commands),
        _block(texts.ARGUMENTS, [(param.metavar or param.name.upper(), param.help or "") for param in arguments]),
        _block(texts.OPTIONS, [*options, ("--help", texts.HELP)]),
        (command.epilog or "").strip(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _argument(param: Any) -> str:
    name = param.metavar or param.name.upper()
    return name if param.required else f"[{name}]"


def _option(param: Any) -> str:
    names = ", ".join(param.opts)
    return names if param.is_flag else f"{names} {param.metavar or param.name.upper()}"


def _block(title: str, rows: Sequence[tuple[str, str]]) -> str:
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join([f"{title}:", *_rows(rows, width)]) if rows else ""


def _rows(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    for name, said in rows:
        first, *more = said.splitlines() or [""]
        yield f"  {name:<{width}}  {first}".rstrip()
        yield from (f"  {'':<{width}}  {line}" for line in more)


def _nearest(typed: str, names: Sequence[str]) -> str:
    """The name that was begun ("cal") or mistyped ("plna"), or ""."""
    begun = [name for name in names if name.startswith(typed)]
    return next(iter(begun or difflib.get_close_matches(typed, names, n=1)), "")


def _usage_error(error: typer.TyperException) -> str:
    """What is wrong with the command line. Typer keeps its exception classes to itself: their fields tell them apart."""
    context = getattr(error, "ctx", None)
    see = context.command_path if context is not None else ""
    param = getattr(error, "param", None)
    if param is not None:
        name = param.opts[0] if param.param_type_name == "option" else param.metavar or param.name.upper()
        return texts.missing(name, see) if type(error).__name__ == "MissingParameter" else texts.bad_value(name, see)
    if option := getattr(error, "option_name", ""):
        near = getattr(error, "possibilities", None)
        if near is None and type(error).__name__ != "NoSuchOption":
            return texts.needs_value(option, see)
        return texts.no_such_option(option, sorted(near or ())[0] if near else "", see)
    extra = re.search(r"\(([^()]*)\)\W*$", str(error))
    return texts.too_much(extra[1] if extra else "", see)
