"""The documentation's pictures of a round's documents, drawn anew from the demonstration: `make pictures`.

Needs LibreOffice (soffice) and poppler (pdftoppm). Look at every one before keeping it.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from storage.jobs import Kind
from storage.store import Store
from tests import demonstration
from tests.architecture.sources import REPOSITORY
from tests.demonstration import Demonstration

PICTURES = REPOSITORY / "docs" / "pictures"
WIDTH = 760
"""Pixels across in the documentation."""
COLOURS = 48
PAGES = {
    Kind.REPORT: {"report.png": 0, "report-sources.png": -1},
    Kind.WORKBOOK: {"workbook.png": 1},
    Kind.INVITES: {"invites.png": 0},
}
"""Which page of which document becomes which picture."""
DRAWN = ("heatmap.png", "progress.png")


def main() -> None:
    """Draw them all."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shown = Demonstration(demonstration.built(folder), folder, "telegram")
        shown.ask(_some_seats_are_empty)
        for name, file in zip(DRAWN, shown.documents(Kind.PICTURES), strict=True):
            _keep(file.read_bytes(), name)
        for kind, wanted in PAGES.items():
            (file,) = shown.documents(kind)
            pages = _pages(_pdf(file))
            for name, number in wanted.items():
                _keep(pages[number], name)
        shown.database.close()


def _some_seats_are_empty(store: Store) -> None:
    """Or there is nobody to invite; and the bot has an address to scan."""
    store.meta.put("link:telegram", "https://example.org/?start=")
    store.meta.put("name:telegram", "@nhacviec_bot")
    store.meta.put("name:zalo", "Bot Nhắc Việc")
    wards = {unit.id for unit in store.units.all() if unit.group == "ward"}
    for seat, _ in store.people.holders():
        if seat.unit_id in wards and seat.role.answers:
            store.people.end(seat.id, reason="left", now=seat.since)


def _pdf(file: Path) -> Path:
    if file.suffix == ".pdf":
        return file
    home = f"-env:UserInstallation=file://{file.parent}/office"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", file.name]
    subprocess.run(command, cwd=file.parent, check=True, capture_output=True)
    return file.with_suffix(".pdf")


def _pages(pdf: Path) -> list[bytes]:
    drawn = subprocess.run(["pdftoppm", "-r", "110", "-png", str(pdf)], check=True, capture_output=True).stdout
    return [b"\x89PNG" + part for part in drawn.split(b"\x89PNG")[1:]]


def _keep(content: bytes, name: str) -> None:
    image = Image.open(io.BytesIO(content)).convert("RGB")
    image = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
    image.quantize(COLOURS).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
