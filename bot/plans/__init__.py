"""Where the plan files lie."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
"""The plan files that come with the program. An office keeps its own in its data folder."""

SEED = FOLDER / "847-2023.yaml"
"""Kế hoạch 847/KH-UBND of Gò Vấp district, 10 March 2023."""


def files(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The plan files of a folder by name: "<number>-<year>.yaml"; other YAML files there (days off) are none."""
    return tuple(sorted(folder.glob("*-[0-9][0-9][0-9][0-9].yaml")))
