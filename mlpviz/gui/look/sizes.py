"""The one table of sizes, in logical pixels at factor 1: type, spaces, widgets, lines, marks.

What is seen is so many times larger as `Look.factor` says. `sizing` sets them on widgets and
scales them; what paints itself paints in these sizes, under a painter that is scaled as a whole.
No other module of `gui` has a size; figures for paper have a table of their own.
"""

SPACE = 4
GAP = 2 * SPACE  # between controls
RADIUS = 6  # of the corners of panels and buttons

SMALL, BODY, LARGE = 11, 13, 16  # type

CONTROLS_WIDTH = 200

ICON = 18  # of a button
WINDOW_ICON = 64

# The window.
START_SIZE = (1280, 800)  # whatever the factor, for screens do not grow with it
LEAST_WIDTH, LEAST_HEIGHT = 1000, 700
