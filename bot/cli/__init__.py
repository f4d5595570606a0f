"""The command line. Nothing heavy is imported before a command needs it, so that `--help` stays quick."""

from __future__ import annotations

from typing import NoReturn


def main() -> NoReturn:
    """The program: does what its arguments say and ends the process with an exit code."""
    from bot.cli.root import main

    main()
