"""XML of training files: judged by expat, its points read as columns.

A GPX or TCX file is a small document around thousands of equal points. Calling Python for each tag of each point costs
four times what parsing does. So expat judges the whole file without a handler (is it well-formed, does it bring a
document type?), numpy lifts the points out as columns, and expat walks what is left, the outline, with handlers.
A file that breaks in the middle still gives the points before and after the break.

Most files are simpler than that: their points are all alike, and then one of them judged speaks for all (`regular`).
"""

from niggle.readers.xmlscan.document import Document, Fault, looks_like_html, open_document, root_name
from niggle.readers.xmlscan.outline import Visitor, local, walk
from niggle.readers.xmlscan.points import Layout, Points, scan
from niggle.readers.xmlscan.regular import scan_regular, take_apart
from niggle.readers.xmlscan.values import numbers, parse_time, times

__all__ = [
    "Document", "Fault", "Layout", "Points", "Visitor", "local", "looks_like_html", "numbers", "open_document",
    "parse_time", "root_name", "scan", "scan_regular", "take_apart", "times", "walk",
]  # fmt: skip
