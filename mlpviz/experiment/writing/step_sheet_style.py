"""How a step sheet looks, on screen and on A4 paper.

Only what a browser and Qt's rich text both understand, for that makes the PDF: tables, and no other
layout; distances in px, which both take for 1/96 of an inch; no h1 and h2, which
Qt would make of a size of its own.
"""

MARGIN_MM = 10.0  # of the paper, on each side

SHEET_STYLE = (
    f"@page {{ size: A4; margin: {MARGIN_MM}mm; }}\n"
    + """\
body { color: #1f2328; background: #fff; font-family: Inter, system-ui, sans-serif; }
body { font-size: 8pt; margin: 0; font-variant-numeric: tabular-nums; }
p { margin: 0 0 2px 0; }
.title { font-size: 14pt; font-weight: 600; }
.part { font-size: 9.5pt; font-weight: 600; margin-top: 6px; }
.quiet { color: #57606a; font-size: 7.5pt; }
.key { page-break-before: always; }
table { border-collapse: collapse; font-size: 7.5pt; }
th { font-weight: 400; color: #57606a; padding: 1px 3px; white-space: nowrap; }
td.name, td.above { color: #57606a; }
td.name, td.given, td.above { padding: 1px 3px; white-space: nowrap; }
td.sum { padding: 1px 3px; }
td.line { border-bottom: 1px solid #d0d7de; }
td.result { font-weight: 600; }
td.result, td.blank { border: 1px solid #afb8c1; white-space: nowrap; }
td.result { padding: 1px 3px; }
td.blank { padding: 2px 3px; }
td.name, td.sum, td.result { vertical-align: middle; }
td.side { padding: 0 12px 0 0; vertical-align: top; }
@media screen { body { max-width: 190mm; margin: 8mm auto; } .key { margin-top: 16mm; } }
"""
)
