"""All commands; without one the bot runs."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer
import typer.main

from bot.cli import calendar, days, demo, doctor, invite, keeping, plan, queue, running, summary, units
from bot.cli.family import command
from bot.cli.grammar import Group
from bot.texts import cli as texts
from bot.texts import demo as demo_texts

NOBODY_ELSE = 0o077
"""What is written holds names, telephones and figures: for the program's own user alone."""

app = typer.Typer(
    name="nhacviec",
    cls=Group,
    help=texts.ABOUT,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _default(context: typer.Context) -> None:
    """Without a command: run."""
    if context.invoked_subcommand is None:
        running.run()


command(app, "run", texts.RUN)(running.run)
app.add_typer(plan.app)
app.add_typer(units.app)
command(app, "invite", texts.INVITE, texts.INVITE_MORE)(invite.invite)
command(app, "calendar", texts.CALENDAR, texts.CALENDAR_MORE)(calendar.calendar)
app.add_typer(days.app)
command(app, "summary", texts.SUMMARY, texts.SUMMARY_MORE)(summary.summary)
command(app, "demo", demo_texts.ABOUT, demo_texts.MORE_ABOUT)(demo.demo)
command(app, "doctor", texts.DOCTOR, texts.DOCTOR_MORE)(doctor.doctor)
keeping.register(app)
app.add_typer(queue.app)


def main() -> NoReturn:
    """See bot.cli.main."""
    os.umask(NOBODY_ELSE)
    for stream in (sys.stdout, sys.stderr):
        # A console in an old code page cannot write Vietnamese; better a strange letter than a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    typer.main.get_command(app).main(prog_name="nhacviec")
    raise AssertionError("Group.main ends the process")
