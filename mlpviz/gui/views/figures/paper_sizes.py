"""The one table of sizes for figures on paper, in points; they do not grow with the window."""

HAIRLINE, LINE = 1.0, 2.0
SEED_LINE, STUCK_LINE = 0.9, 1.3
DASHES = (4.0, 3.0)  # of a dashed line, in its widths
DOT = 0.01  # the length of a line that is seen as a point
CURVE, BREAK, BOUNDARY, HATCH_LINE = 1.6, 1.2, 1.6, 0.8

# Around a chart.
TOP, BOTTOM = 36.0, 44.0
LEFT_EDGE, RIGHT_EDGE = 62.0, 24.0
TITLE_BASE = 20.0  # of the title, from the top
TITLE_WIDTH = 200.0  # a longer title is cut
TITLE_GAP = 8.0  # to what stands after it
TICK_LENGTH = 4.0
TICK_DOWN, TICK_LEFT, TICK_BASE = 17.0, 8.0, 4.0  # from a tick to its number
LABEL_DOWN, LABEL_LEFT = 34.0, 16.0  # from an axis, or its numbers, to its name
HATCH_STEP = 7.0
NOTE_GAP, NOTE_DOWN, INSIDE = 6.0, 18.0, 8.0  # of a few words within a chart
CHART = (452.0, 310.0)

# The plane of the inputs.
POINT, CROWDED_POINT = 4.4, 2.0  # radius
WRONG = 1.3  # how much larger one is that the network gets wrong
POINT_PEN, CROWDED_PEN = 1.0, 0.5
BAR_GAP, BAR_WIDTH, BAR_WORDS = 10.0, 12.0, 5.0
BAR_LINE = 13.0  # the height of a line of text beside it
BAR_BASE, BAR_NAME = 4.0, 8.0  # of a number beside it, and of the name above it
BAR_MARK = 6.0
KEY, KEY_ROOM = 18.0, 36.0  # of what is not a number
PIECE_GAP = 4.0  # between the classes of a bar
LEGEND_BASE = 12.0  # of the legend, from the bottom
LEGEND_GAP, CLOSE_LEGEND_GAP = 38.0, 32.0
LEGEND_MARK, LEGEND_WORDS, LEGEND_RISE = 9.0, 22.0, 4.0
LEGEND = 22.0  # its height
SEEDS_CHART = (CHART[0], CHART[1] + LEGEND)
SWATCH, SWATCH_WORDS, SWATCH_GAP = 20.0, 6.0, 20.0  # a piece of line, to its words, to the next
PLANE_LEFT, PLANE_SIDE, PLANE_GAP = 54.0, 232.0, 16.0
PLANE_HEIGHT = TOP + PLANE_SIDE + BOTTOM + LEGEND
PREDICTIONS_WIDTH, SURFACE_WIDTH = 548.0, 356.0

# The surfaces of many seeds.
THUMBNAIL, THUMBNAIL_PITCH, ROW_PITCH = 31.0, 36.0, 52.0
THUMBNAIL_BASE = 13.0  # of the number below one
STRIP_MARGIN, STRIP_WIDTH = 12.0, 920.0

# Two charts beside each other: the shares of seeds, and losses.
TWO_CHARTS = (736.0, 260.0 + LEGEND)
BARS_WIDTH = 250.0  # of the left one
BARS_GAP = 86.0  # to the right one
BAR_SHARE = 0.36  # of the room of a learning rate that each of its bars takes
BAR_NUMBER = 4.0  # from a bar to the number above it
BAR_OPACITY = 0.35  # of the seeds that are above 90 % only
BAR_SWATCH = 8.0  # how thick a bar is in the legend
UNIT_LINE, UNIT_RIM = 1.8, 0.8  # a line of the first layer, and what is light on either side
ORIGIN = 5.0  # half of its cross
