"""A group of commands: `plan …`, `units …`, `days …`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from bot.cli import out
from bot.cli.grammar import REFUSED, Command, Group
from bot.texts import cli as texts

Json = Annotated[bool, typer.Option("--json", help=texts.JSON)]


def family(name: str, about: str) -> typer.Typer:
    """An empty group; named without a command it shows its help."""
    app = typer.Typer(name=name, cls=Group, help=about, short_help=about, invoke_without_command=True, rich_markup_mode=None)

    @app.callback()
    def _alone(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            out.warn(context.get_help().rstrip())
            raise typer.Exit(REFUSED)

    return app


def command(app: typer.Typer, name: str, about: str, more: str = "") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Put a function into a group. Its docstring is for programmers; `about` and `more` are what `--help` shows."""
    return app.command(name, cls=Command, short_help=about, help=about, epilog=more)
