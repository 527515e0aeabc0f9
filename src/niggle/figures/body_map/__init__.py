"""The body map: where it hurts or is loaded, as SVG. `sheet` gives one file of all views, `picture` one view."""

from niggle.figures.body_map.draw import defs, picture, pictures, sheet
from niggle.figures.body_map.marks import Kind, Mark, from_loads, marks_from
from niggle.figures.body_map.style import page_css

__all__ = ["Kind", "Mark", "defs", "from_loads", "marks_from", "page_css", "picture", "pictures", "sheet"]
