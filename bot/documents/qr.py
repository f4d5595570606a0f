"""Invites to print, cut and hand out: one card a seat, with a QR code for Telegram and the code itself for everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file
from typing import TYPE_CHECKING

from bot.documents import encoders
from bot.documents.drawing import font_file
from bot.domain.office import Office
from bot.domain.people import Role
from bot.domain.plan import Plan
from bot.domain.units import Unit
from bot.texts import documents as texts

if TYPE_CHECKING:
    from fpdf import FPDF

ACROSS, DOWN = 2, 4
CARDS = ACROSS * DOWN
EDGE = 8.0
WIDE, HIGH = (210 - 2 * EDGE) / ACROSS, (297 - 2 * EDGE) / DOWN
"""One card in mm."""
PAD = 5.0
QR = 33.0
"""mm across; a link of 80 letters then has modules of about 0.7 mm, which any phone reads at arm's length."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """One invite.

    Attributes:
        code: what is typed.
        link: opens the bot on Telegram with the code, or "" where there is none.
        expires: the code is no longer taken after it (aware).
    """

    unit: Unit
    role: Role
    code: str
    link: str
    expires: datetime


def invites(cards: Sequence[Card], office: Office, *, telegram: str = "", zalo: str = "", made_up: bool = False) -> bytes:
    """A PDF of A4 pages with eight cards each. `telegram`, `zalo`: what the bots are called there ("@nhacviec_bot"), or ""."""
    from fpdf import FPDF

    pdf = FPDF(orientation="portrait", unit="mm", format="A4")
    pdf.set_auto_page_break(auto=False)
    for style in ("", "B"):
        with as_file(font_file(bold=style == "B")) as path:
            pdf.add_font("DejaVu", style, path)
    pdf.set_title(texts.INVITE_HEAD)
    pdf.set_author(_plain(office.coordinator))
    pdf.set_lang("vi-VN")
    for at, card in enumerate(cards):
        if at % CARDS == 0:
            pdf.add_page()
        place = at % CARDS
        _card(pdf, card, EDGE + place % ACROSS * WIDE, EDGE + place // ACROSS * HIGH, office, (telegram, zalo), made_up)
    if not cards:
        pdf.add_page()
        _line(pdf, EDGE, EDGE, 180, 8, 14, texts.no_invites())
    return bytes(pdf.output())


def filename(plan: Plan, local: datetime) -> str:
    """What the sheet is called."""
    return encoders.of_plan(plan, texts.INVITES, f"{local:%Y%m%d-%H%M}", suffix=".pdf")


def _card(pdf: FPDF, card: Card, x: float, y: float, office: Office, bots: tuple[str, str], made_up: bool) -> None:
    telegram, zalo = bots
    pdf.set_draw_color(150)
    pdf.set_line_width(0.2)
    pdf.set_dash_pattern(dash=1.5, gap=1.5)
    pdf.rect(x, y, WIDE, HIGH)
    pdf.set_dash_pattern()
    left, top, room = x + PAD, y + PAD - 1, WIDE - 2 * PAD
    head = texts.INVITE_MADE_UP if made_up else texts.INVITE_HEAD
    _line(pdf, left, top, room, 3.6, 7, head, grey=not made_up, bold=made_up)
    top += 4
    top = _block(pdf, left, top, room, 12, card.unit.name, bold=True, most=2, smallest=8)
    _line(pdf, left, top, room, 5, 9, texts.invite_role(card.role))
    top += 6.5
    beside = room
    if card.link:
        _qr(pdf, card.link, left + room - QR, y + HIGH - PAD - 15.5 - QR)
        beside = room - QR - 3
    height = top
    by = texts.invite_by_link() if card.link else texts.invite_by_code(_plain(telegram))
    height = _block(pdf, left, height, beside, 7.5, texts.INVITE_TELEGRAM, bold=True, most=1)
    height = _block(pdf, left, height, beside, 7.5, by, most=4)
    height = _block(pdf, left, height + 1, beside, 7.5, texts.INVITE_ZALO, bold=True, most=1)
    _block(pdf, left, height, beside, 7.5, texts.invite_on_zalo(_plain(zalo)), most=4)
    foot = y + HIGH - PAD - 14.5
    _line(pdf, left, foot, 22, 5, 7.5, texts.INVITE_CODE)
    _line(pdf, left + 22, foot, room - 22, 5, 10.5, _in_groups(card.code), bold=True, smallest=6)
    _block(pdf, left, foot + 5.5, room, 6.5, texts.invite_rules(office.local(card.expires)), most=2)
    _line(pdf, left, y + HIGH - PAD - 2.2, room, 3.2, 6.5, texts.invite_foot(office), grey=True)


def _qr(pdf: FPDF, text: str, x: float, y: float) -> None:
    """The code as squares of ink, sharp at any size, with the quiet zone the standard asks for (4 modules)."""
    import segno

    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix_iter(scale=1, border=4)]
    side = QR / len(rows)
    pdf.set_fill_color(0)
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                # A hair wider than it is: some printers leave white between squares that only touch.
                pdf.rect(x + start * side, y + down * side, (across - start) * side + 0.01, side + 0.01, style="F")
                start = None


def _line(
    pdf: FPDF, x: float, y: float, room: float, height: float, size: float, text: str,
    *, bold: bool = False, grey: bool = False, smallest: float = 6,
) -> None:  # fmt: skip
    """One line, written smaller and then shortened until it fits."""
    shown = " ".join(_plain(text).split())
    pdf.set_font("DejaVu", "B" if bold else "", size)
    while pdf.get_string_width(shown) > room - 1 and size > smallest:
        size -= 0.5
        pdf.set_font_size(size)
    if pdf.get_string_width(shown) > room - 1:
        while shown and pdf.get_string_width(f"{shown}…") > room - 1:
            shown = shown[: max(0, min(len(shown) - 1, int(len(shown) * 0.95)))]
        shown = f"{shown.rstrip()}…"
    pdf.set_text_color(110 if grey else 0)
    pdf.set_xy(x, y)
    pdf.cell(room, height, shown, align="L")
    pdf.set_text_color(0)


def _block(
    pdf: FPDF, x: float, y: float, room: float, size: float, text: str, *, most: int, bold: bool = False, smallest: float = 0
) -> float:
    """Wrapped lines, at most so many; where it ends. `smallest`: write smaller before cutting off."""
    shown = " ".join(_plain(text).split())[:400]
    while True:
        pdf.set_font("DejaVu", "B" if bold else "", size)
        height = size * 0.46
        lines = pdf.multi_cell(room, height, shown, align="L", dry_run=True, output="LINES")
        assert isinstance(lines, list)
        if len(lines) <= most or size <= (smallest or size):
            break
        size -= 0.5
    cut = lines[:most]
    if len(lines) > most:
        cut[-1] = f"{cut[-1][:-1].rstrip()}…"
    for at, line in enumerate(cut):
        pdf.set_xy(x, y + at * height)
        pdf.cell(room, height, str(line), align="L")
    return y + len(cut) * height


def _in_groups(code: str) -> str:
    """Four by four, as people copy letters from paper; the bot takes the code with and without the spaces."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _plain(text: str) -> str:
    """What the font has signs for is left to it; what no file can hold is replaced."""
    return encoders.legal(text).replace("\n", " ")
