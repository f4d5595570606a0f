"""Drawing for a phone's screen: a canvas of fixed width that grows downwards, letters from our own fonts."""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as PILImage
    from PIL.ImageFont import FreeTypeFont

WIDTH = 1080
"""Pixels across: what phones show without blurring (Telegram keeps pictures up to 2,560 on their longer side)."""
DPI = 300
MARGIN = 32

INK = "#1b1f24"
GREY = "#57606a"
PALE = "#d0d7de"
PAPER = "#ffffff"
BLUE = "#1f4e79"
LIGHT_BLUE = "#bcd3ea"
AMBER = "#ffc233"
RED = "#b42318"

Box = tuple[float, float, float, float]


class Canvas:
    """A white sheet `WIDTH` pixels wide. `fine`: drawn so many times larger and shrunk, for smooth slanting lines."""

    def __init__(self, height: int, fine: int = 1) -> None:
        from PIL import Image, ImageDraw

        self._fine = fine
        self._image: PILImage = Image.new("RGB", (WIDTH * fine, height * fine), PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def text(
        self, x: float, y: float, text: str, size: int, *, color: str = INK, bold: bool = False, anchor: str = "la"
    ) -> None:
        """Letters at a point; `anchor` as Pillow names it."""
        self._draw.text((x * self._fine, y * self._fine), text, color, font(size * self._fine, bold), anchor=anchor)

    def box(self, box: Box, *, fill: str | None = None, outline: str | None = None, width: int = 2, radius: int = 6) -> None:
        """A rectangle with round corners."""
        left, top, right, bottom = (side * self._fine for side in box)
        self._draw.rounded_rectangle((left, top, right, bottom), radius * self._fine, fill, outline, width * self._fine)

    def line(self, points: list[tuple[float, float]], color: str, width: float = 2, dash: float = 0) -> None:
        """A line through points; `dash`: length of its dashes."""
        pieces = _dashes(points, dash) if dash else [points]
        for piece in pieces:
            scaled = [(x * self._fine, y * self._fine) for x, y in piece]
            self._draw.line(scaled, color, round(width * self._fine), joint="curve")

    def dot(self, x: float, y: float, radius: float, fill: str, outline: str | None = None) -> None:
        """A filled circle."""
        x, y, radius = x * self._fine, y * self._fine, radius * self._fine
        self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill, outline, 3 * self._fine)

    def png(self) -> bytes:
        """The picture; few colours, so that it travels fast."""
        from PIL import Image

        image = self._image
        if self._fine > 1:
            image = image.resize((WIDTH, image.height // self._fine), Image.Resampling.LANCZOS)
        buffer = BytesIO()
        image.quantize(64, Image.Quantize.MAXCOVERAGE).save(buffer, "PNG", optimize=True, dpi=(DPI, DPI))
        return buffer.getvalue()


@cache
def font(size: int, bold: bool = False) -> FreeTypeFont:
    """One of our own fonts; it is the same on every machine."""
    from PIL import ImageFont

    return ImageFont.truetype(BytesIO(font_file(bold).read_bytes()), size)


def font_file(bold: bool = False) -> Traversable:
    """Where the font lies in this package."""
    return resources.files("bot.documents") / "fonts" / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")


def width_of(text: str, size: int, bold: bool = False) -> float:
    """How many pixels a line of text is wide."""
    return font(size, bold).getlength(text)


def fitted(text: str, size: int, room: float, bold: bool = False) -> str:
    """The text on one line, shortened with "…" to the room there is."""
    line = " ".join(text.split())
    if width_of(line, size, bold) <= room:
        return line
    # Halving: the text of a stranger may be long, and measuring takes time.
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(f"{line[:middle]}…", size, bold) <= room else (low, middle - 1)
    return f"{line[:low].rstrip()}…"


def name_fitted(text: str, size: int, smallest: int, room: float) -> tuple[str, int]:
    """A name and the size to write it in: smaller first, then shortened in its middle, as its last word tells it apart."""
    for smaller in range(size, smallest - 1, -1):
        if width_of(text, smaller) <= room:
            return text, smaller
    rest, _, last = text.rpartition(" ")
    start = fitted(rest, smallest, room - width_of(f" {last}", smallest))
    shortened = f"{start} {last}"
    return (shortened if width_of(shortened, smallest) <= room else fitted(text, smallest, room)), smallest


def _dashes(points: list[tuple[float, float]], dash: float) -> list[list[tuple[float, float]]]:
    pieces: list[list[tuple[float, float]]] = []
    left, on = dash, True
    piece = [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        gone = 0.0
        while length - gone > left:
            gone += left
            at = (x0 + (x1 - x0) * gone / length, y0 + (y1 - y0) * gone / length)
            if on:
                pieces.append([*piece, at])
            piece, on = [at], not on
            left = dash if on else dash * 0.7
        left -= length - gone
        piece.append((x1, y1))
    if on and len(piece) > 1:
        pieces.append(piece)
    return pieces
