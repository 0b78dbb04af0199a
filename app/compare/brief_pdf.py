"""The policy brief as a PDF."""

import io
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from matplotlib import get_data_path

from app.compare.brief import Brief

FONTS = Path(get_data_path()) / "fonts" / "ttf"
MARGIN = 16.0  # mm


def as_pdf(content: Brief) -> bytes:
    """Return the brief as a PDF of two A4 pages."""
    pdf = _Sheet(format="A4")
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    for style, file in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
        pdf.add_font("DejaVu", style, FONTS / file)
    pdf.set_title(content.title)
    pdf.set_lang("en-GB")
    pdf.add_page()
    pdf.paragraph(content.title, 16, bold=True)
    pdf.paragraph(content.answer, 11)
    pdf.paragraph(content.about, 8, grey=True)
    pdf.rows([(n, v, e) for n, v, e in content.numbers], (70, 40, 66), bold=1)
    alt = "Reported usage and the difference in real output, week by week"
    pdf.image(io.BytesIO(content.chart), w=pdf.epw, alt_text=alt)
    pdf.ln(3)
    pdf.paragraph("Through which channels output changes", 11, bold=True)
    pdf.rows(list(content.channels), (90, 30, 56), bold=1)
    pdf.add_page()
    for name, groups in content.schemes:
        pdf.paragraph(f"The scheme: {name}", 11, bold=True)
        for title, text in groups:
            pdf.paragraph(f"{title}: {text}", 8)
    pdf.paragraph("How sure is that?", 11, bold=True)
    for text in content.sure:
        pdf.paragraph(text, 8)
    pdf.paragraph("What is not modelled", 11, bold=True)
    for text in content.limits:
        pdf.paragraph(f"• {text}", 7.5)
    pdf.paragraph("To repeat it", 11, bold=True)
    pdf.paragraph(f"tokenmaxxing study=pair data=pair.yaml, with\n{content.yaml}", 7)
    pdf.paragraph(f"Model {content.model}.", 7.5, grey=True)
    return bytes(pdf.output())


class _Sheet(FPDF):
    """A PDF with paragraphs and tables in the style of the brief."""

    def paragraph(
        self, text: str, size: float, *, bold: bool = False, grey: bool = False
    ) -> None:
        self.set_font("DejaVu", "B" if bold else "", size)
        self.set_text_color(*((91, 103, 112) if grey else (31, 41, 51)))
        self.multi_cell(
            0, size * 0.47, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        self.ln(1.2)

    def rows(
        self, lines: list[tuple[str, ...]], widths: tuple[float, ...], *, bold: int
    ) -> None:
        self.set_text_color(31, 41, 51)
        self.set_draw_color(217, 222, 227)
        for line in lines:
            for k, (text, width) in enumerate(zip(line, widths, strict=True)):
                self.set_font("DejaVu", "B" if k == bold else "", 9)
                self.cell(width, 5.4, text, border="B")
            self.ln(5.4)
        self.ln(2.5)
