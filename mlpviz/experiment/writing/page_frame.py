"""The frame of a page in HTML: its head, and how it looks on screen and on paper."""

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""

STYLE = """\
:root { color: #1f2328; background: #fff; font: 15px/1.5 Inter, system-ui, sans-serif; }
body { font-variant-numeric: tabular-nums; }
body { max-width: 920px; margin: 40px auto; padding: 0 16px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 12px; }
h2 { font-size: 20px; margin: 48px 0 4px; padding-top: 16px; border-top: 1px solid #e1e4e8; }
h3 { font-size: 15px; margin: 24px 0 8px; }
p { margin: 0 0 8px; }
a { color: inherit; text-underline-offset: 3px; }
.quiet, figcaption { color: #57606a; font-size: 13px; }
table { border-collapse: collapse; width: 100%; margin: 24px 0; }
th, td { padding: 6px 8px; border-bottom: 1px solid #e1e4e8; text-align: right; }
th { font-size: 13px; font-weight: 600; color: #57606a; }
th:first-child, td:first-child { text-align: left; }
.figures { display: flex; flex-wrap: wrap; gap: 16px; margin-top: 16px; }
figure { margin: 0; flex: 0 0 calc((100% + 16px) * var(--share) - 16px); min-width: 0; }
figure img { width: 100%; height: auto; display: block; }
figcaption { margin-top: 4px; }
pre { font: 11px/1.45 ui-monospace, monospace; columns: 2; column-gap: 24px; margin: 0; }
@media (max-width: 700px) { figure { flex-basis: 100%; } pre { columns: 1; } }
@media print {
  :root { font-size: 13px; }
  body { max-width: none; margin: 0; padding: 0; }
  section { break-before: page; }
  h2 { border: none; margin-top: 0; }
  figure, tr { break-inside: avoid; }
  pre { font-size: 8px; columns: 3; }
}
"""
