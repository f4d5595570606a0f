"""The page of an official document after Nghị định 30/2020/NĐ-CP, Phụ lục I: paper, margins, fonts, head, watermark, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import quoteattr

from bot.documents.encoders import docx_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY = 14
SMALL = 11
TABLE = 10
HEADER = 13
"""Sizes in points; the decree asks for 13 to 14 in the text and the page number, 11 under "Nơi nhận"."""

TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 20
"""Margins in mm; the decree allows 20-25, 20-25, 30-35, 15-20."""
LINE = "000000"
SPLIT_FROM = 1500
"""Characters from which a row of a table may run over to the next page."""

Align = Literal["left", "center", "right", "both"]
_REFERENCE = re.compile(r"(\[\d+\])")


class Page:
    """A document being written."""

    def __init__(self, watermark: str, title: str, author: str) -> None:
        import docx

        self.document: Document = docx.Document()
        self._styles()
        self.document.core_properties.title = docx_text(title)[:255]
        self.document.core_properties.author = docx_text(author)[:255]
        self.document.core_properties.comments = ""
        first = self.document.sections[0]
        _paper(first, landscape=False)
        first.different_first_page_header_footer = True
        _watermark(first.first_page_header.paragraphs[0], watermark, 1)
        header = first.header.paragraphs[0]
        _page_number(header)
        _watermark(header, watermark, 2)

    def paragraph(
        self,
        text: str,
        *,
        size: int = BODY,
        bold: bool = False,
        italic: bool = False,
        align: Align = "both",
        indent: bool = True,
        after: float = 6,
        style: str = "Normal",
        keep: bool = False,
    ) -> Paragraph:
        """One paragraph. References like [3] are raised."""
        from docx.shared import Mm, Pt

        made = self.document.add_paragraph(style=style)
        made.alignment = _alignment(align)
        made.paragraph_format.space_after = Pt(after)
        made.paragraph_format.keep_with_next = keep
        if indent:
            made.paragraph_format.first_line_indent = Mm(12.7)
        for part in _REFERENCE.split(docx_text(text)):
            if not part:
                continue
            run = made.add_run(part)
            run.bold, run.italic, run.font.size = bold, italic, Pt(size)
            run.font.superscript = _REFERENCE.fullmatch(part) is not None
        return made

    def heading(self, text: str, level: Literal[1, 2]) -> None:
        """A numbered heading, visible in the navigation pane."""
        self.paragraph(text, bold=True, style=f"Heading {level}", keep=True, align="left")

    def rule(self, parent: Any, before: float, width: float, of: float) -> None:
        """A line under a title: `width` of `of` mm, centred, as the decree draws it."""
        from docx.shared import Mm, Pt

        line = parent.add_paragraph()
        # The border first: what python-docx adds later finds its place around it, in the order the schema asks for.
        line._p.get_or_add_pPr().append(_element("pBdr", _element("top", val="single", sz="6", space="1", color=LINE)))
        line.paragraph_format.space_before = Pt(before)
        line.paragraph_format.space_after = Pt(0)
        line.paragraph_format.line_spacing = Pt(3)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm((of - width) / 2)

    def columns(self, *widths: float) -> list[Any]:
        """Cells side by side without borders, in mm; each starts with one empty paragraph."""
        from docx.shared import Mm

        table = self.document.add_table(rows=1, cols=len(widths))
        table.autofit = False
        table.alignment = 1
        table.rows[0]._tr.get_or_add_trPr().append(_element("cantSplit"))
        cells = list(table.rows[0].cells)
        for cell, column, width in zip(cells, table.columns, widths, strict=True):
            cell.width = column.width = Mm(width)
        return cells

    def table(
        self,
        widths: Sequence[float],
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        centred: Sequence[int] = (),
        bold_last: bool = False,
        size: int = TABLE,
    ) -> None:
        """A ruled table, `widths` in mm, its head on every page. Rows are made as XML: python-docx's own way is quadratic."""
        made = self.document.add_table(rows=0, cols=1)
        made.style = self.document.styles["Table Grid"]
        made.autofit = False
        table = made._tbl
        grid = table.tblGrid
        grid.clear()
        for width in widths:
            grid.append(_element("gridCol", w=str(_twips(width))))
        table.append(_row(widths, head, size, bold=True, head=True, centred=range(len(widths))))
        written = list(rows)
        for at, row in enumerate(written, start=1):
            bold = bold_last and at == len(written)
            table.append(_row(widths, row, size, bold=bold, head=False, centred=centred))

    def annex(self) -> None:
        """From here on an annex: on paper lying on its side, its pages numbered by themselves, as the decree asks."""
        from docx.enum.section import WD_SECTION
        from docx.oxml.ns import qn

        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        _paper(section, landscape=True)
        properties = section._sectPr
        for known in properties.findall(qn("w:pgNumType")):
            properties.remove(known)
        properties.find(qn("w:pgMar")).addnext(_element("pgNumType", start="1"))

    def _styles(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        for name in ("Normal", "Heading 1", "Heading 2", "Header"):
            style = self.document.styles[name]
            style.font.name, style.font.size = FONT, Pt(BODY)
            style.font.color.rgb = RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(qn(f"w:{script}"), FONT)
            style.paragraph_format.space_before = Pt(6 if name.startswith("Heading") else 0)
            style.paragraph_format.line_spacing = 1.1
        for language in self.document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), "vi-VN")


def write(cell: Any, text: str, *, size: float, bold: bool = False, italic: bool = False, align: Align = "center") -> None:
    """A line in a cell of `Page.columns`."""
    from docx.shared import Pt

    first = cell.paragraphs[0]
    line = cell.add_paragraph() if first.runs or first._p.pPr is not None else first
    line.alignment = _alignment(align)
    line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.line_spacing = 1.0
    run = line.add_run(docx_text(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _paper(section: Section, *, landscape: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)


def _page_number(line: Paragraph) -> None:
    """Arabic, centred in the top margin, not on the first page."""
    from docx.shared import Pt

    line.alignment = _alignment("center")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = line.add_run()
        run.font.size = Pt(HEADER)
        if kind:
            run._r.append(_element("fldChar", fldCharType=kind))
        else:
            instruction = _element("instrText")
            instruction.text = text
            run._r.append(instruction)


def _watermark(line: Paragraph, text: str, number: int) -> None:
    """The shape Word itself makes for a watermark (WordArt, VML): behind the text, on every page with this header."""
    from docx.oxml import parse_xml

    shape = (
        "position:absolute;margin-left:0;margin-top:0;width:430pt;height:110pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    line.add_run()._r.append(
        parse_xml(f"""<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>
<v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/>
<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>
<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" style="{shape}"
 o:allowincell="f" fillcolor="#d0d0d0" stroked="f"><v:fill opacity=".45"/>
<v:textpath style="font-family:&quot;{FONT}&quot;;font-size:1pt" string={quoteattr(docx_text(text))}/></v:shape></w:pict>""")
    )


def _row(widths: Sequence[float], cells: Sequence[str], size: int, *, bold: bool, head: bool, centred: Iterable[int]) -> Any:
    row, middle = _element("tr"), set(centred)
    properties = _element("trPr")
    if max(map(len, cells), default=0) < SPLIT_FROM:
        properties.append(_element("cantSplit"))
    if head:
        properties.append(_element("tblHeader"))
    row.append(properties)
    for at, (width, text) in enumerate(zip(widths, cells, strict=True)):
        cell = _element("tc")
        frame = _element("tcPr", _element("tcW", w=str(_twips(width)), type="dxa"))
        if head:
            frame.append(_element("shd", val="clear", color="auto", fill="EDEDED"))
        frame.append(_element("vAlign", val="center" if head else "top"))
        cell.append(frame)
        for line in docx_text(text).split("\n"):
            cell.append(_line(line, size, bold=bold, centred=at in middle))
        row.append(cell)
    return row


def _line(text: str, size: int, *, bold: bool, centred: bool) -> Any:
    shape = _element("pPr", _element("spacing", before="10", after="10", line="240", lineRule="auto"))
    shape.append(_element("jc", val="center" if centred else "left"))
    letters = _element("rPr")
    if bold:
        letters.append(_element("b"))
    letters.append(_element("sz", val=str(2 * size)))
    # The end of the line, too: an empty cell would else be as high as the text of the report.
    shape.append(_element("rPr", _element("sz", val=str(2 * size))))
    words = _element("t")
    words.text = text.replace("\t", " ")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _element("p", shape, _element("r", letters, words))


def _element(name: str, *children: Any, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    for child in children:
        made.append(child)
    return made


def _alignment(align: Align) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[align]


def _twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)
