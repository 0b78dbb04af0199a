"""The policy brief as a PDF."""

import io
from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, WrapMode, XPos, YPos
from matplotlib import get_data_path

from app.compare.brief import Brief
from app.compare.timeline_bar import Stretch

FONTS = Path(get_data_path()) / "fonts" / "ttf"
MARGIN = 16.0  # mm
INK, FAINT, LINE = (31, 41, 51), (91, 103, 112), (217, 222, 227)
LATER, MARK = (159, 203, 230), (0, 114, 178)
"""Colours of stretches after a change, and of the decision."""
WIDE = 0.82
"""Width of the chart, as a part of the page."""
CODE = 32.0
"""Size of the QR code [mm], which a camera reads at arm's length."""


def as_pdf(content: Brief) -> bytes:
    """Return the brief as a PDF of A4 pages, each as full as its parts allow."""
    pdf = _Sheet(format="A4")
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    for style, file in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
        pdf.add_font("DejaVu", style, FONTS / file)
    pdf.set_title(content.title)
    pdf.set_lang("en-GB")
    pdf.add_page()
    pdf.paragraph(content.title, 16, bold=True)
    pdf.paragraph(content.byline, 8.5, grey=True)
    if content.decision:
        pdf.decision(content.decision)
    pdf.paragraph(content.answer, 10.5)
    pdf.rows(content.numbers, (90, 30, 56), bold=1)
    pdf.paragraph(content.about, 8, grey=True)
    pdf.heading("How sure is that, and what would change our mind?", 20)
    for text in content.sure:
        pdf.paragraph(text, 8.5)
    pdf.heading("Money", 50)
    pdf.rows(
        [(content.money_terms, *content.labels, "difference", ""), *content.money],
        (56, 31, 31, 26, 34),
        bold=3,
    )
    pdf.paragraph(content.budget, 8.5)
    pdf.heading("Who gains, who loses", 20)
    for text in content.losers:
        pdf.paragraph(text, 8.5)
    pdf.heading("When what is in force", 34)
    for label, parts in content.timeline:
        pdf.bar(label, parts)
    for name, groups in content.schemes:
        pdf.heading(f"The scheme: {name}", 20)
        for title, text in groups:
            pdf.paragraph(f"{title}: {text}", 8.5)
    pdf.heading("Week by week", 130)
    alt = "Reported usage and the difference in real output, week by week"
    pdf.image(io.BytesIO(content.chart), x=Align.C, w=WIDE * pdf.epw, alt_text=alt)
    pdf.ln(2)
    pdf.heading("Through which channels output changes", 50)
    pdf.rows(content.channels, (90, 30, 56), bold=1)
    pdf.heading("What is not modelled", 20)
    for text in content.limits:
        pdf.paragraph(f"• {text}", 8)
    pdf.heading("Appendix: to repeat it", CODE + 10)
    pdf.again(content)
    return bytes(pdf.output())


class _Sheet(FPDF):
    """A PDF with paragraphs and tables in the style of the brief."""

    def paragraph(
        self, text: str, size: float, *, bold: bool = False, grey: bool = False
    ) -> None:
        self.set_font("DejaVu", "B" if bold else "", size)
        self.set_text_color(*(FAINT if grey else INK))
        self.multi_cell(
            0, size * 0.47, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        self.ln(1.2)

    def heading(self, text: str, needs: float) -> None:
        """Write a heading, on a new page unless ``needs`` mm are left on this one."""
        if self.will_page_break(needs):
            self.add_page()
        else:
            self.ln(1.5)
        self.paragraph(text, 11, bold=True)

    def decision(self, text: str) -> None:
        """Write the decision beside a line that marks it."""
        top = self.get_y()
        self.set_left_margin(MARGIN + 4.0)
        self.set_x(MARGIN + 4.0)
        self.paragraph(text, 11, bold=True)
        self.set_left_margin(MARGIN)
        self.set_fill_color(*MARK)
        self.rect(MARGIN, top, 1.2, self.get_y() - top - 1.2, style="F")
        self.set_x(MARGIN)

    def rows(
        self, lines: Sequence[tuple[str, ...]], widths: tuple[float, ...], *, bold: int
    ) -> None:
        self.set_text_color(*INK)
        self.set_draw_color(*LINE)
        for line in lines:
            for k, (text, width) in enumerate(zip(line, widths, strict=True)):
                self.set_font("DejaVu", "B" if k == bold else "", 8.5)
                shown = self.fitted(text, width - 2.0 * self.c_margin)
                self.cell(width, 5.2, shown, border="B", align="R" if k else "L")
            self.ln(5.2)
        self.ln(2.5)

    def fitted(self, text: str, width: float) -> str:
        """Write a text smaller, at last shorter, so that it fits into a width."""
        while self.get_string_width(text) > width and self.font_size_pt > 6.0:
            self.set_font_size(self.font_size_pt - 0.5)
        while self.get_string_width(text) > width:
            text = f"{text[:-2]}…"
        return text

    def bar(self, label: str, parts: Sequence[Stretch]) -> None:
        """Draw the stretches of a run, and say below what begins in each."""
        self.set_font("DejaVu", "", 8)
        self.set_text_color(*FAINT)
        self.cell(0, 4.2, label, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        weeks, top = parts[-1].end, self.get_y()
        self.set_text_color(*INK)
        for k, part in enumerate(parts):
            left, wide = (self.epw * x / weeks for x in (part.start, part.share))
            self.set_fill_color(*(LATER if k else LINE))
            self.rect(MARGIN + left, top, max(wide - 0.5, 0.3), 4.6, style="F")
            self.set_xy(MARGIN + left, top)
            text = f"week {part.start}"
            if self.get_string_width(text) < wide - 2.0:
                self.cell(wide, 4.6, text)
        self.set_xy(MARGIN, top + 5.4)
        for part in parts[1:]:
            self.paragraph(f"From week {part.start}: {part.said}", 8, grey=True)
        self.ln(0.6)

    def again(self, content: Brief) -> None:
        """Write the link beside its code, and the file that repeats the comparison."""
        top = self.get_y()
        if content.code:
            self.image(
                io.BytesIO(content.code),
                w=CODE,
                alt_text="The link as a QR code",
            )
            self.set_left_margin(MARGIN + CODE + 3.0)
            self.set_xy(MARGIN + CODE + 3.0, top + 1.0)
        self.paragraph("Open the same comparison:", 8.5)
        self.set_font("DejaVu", "", 7.5)
        self.set_text_color(*MARK)
        self.multi_cell(
            0,
            3.6,
            content.link,
            align="L",
            link=content.link,
            wrapmode=WrapMode.CHAR,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
        self.ln(1.2)
        self.paragraph(
            "Or save what follows as pair.yaml and run "
            f"tokenmaxxing study=pair data=pair.yaml. Model {content.model}.",
            8.5,
        )
        self.set_left_margin(MARGIN)
        self.set_xy(MARGIN, max(self.get_y(), top + (CODE if content.code else 0.0)))
        self.paragraph(content.yaml, 7.5)
