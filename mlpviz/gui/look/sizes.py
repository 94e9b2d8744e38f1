"""The one table of sizes, in logical pixels at factor 1: type, spaces, widgets, lines, marks.

What is seen is so many times larger as `Look.factor` says. `sizing` sets them on widgets and
scales them; what paints itself paints in these sizes, under a painter that is scaled as a whole.
No other module of `gui` has a size; figures for paper have a table of their own.
"""

SPACE = 4
HALF_SPACE = SPACE // 2
GAP = 2 * SPACE  # between controls
USUAL_GAP = 6  # as Qt has it
RADIUS = 6  # of the corners of panels and buttons
HAIRLINE = 1
FOCUS_GAP, FOCUS_LINE = 2, 2  # of the ring around what the keys are meant for
THIN_LINE, OUTLINE, LINE = 1.0, 1.2, 2.0  # around a small mark, around a mark, of a curve

SMALL, BODY, LARGE, LARGER, HUGE = 11, 13, 16, 18, 22  # type; the last two while presenting

# Plots: axes, marks, legends.
PLOT_MARGIN = 4
LEFT_AXIS, BOTTOM_AXIS = 48, 40  # with ticks, numbers and label
LEFT_NUMBERS = 28  # of the left axis, for its numbers; wider ones make it wider
NUMBERS_AXIS = 20  # the bottom one without its label
TICK = 4
TICK_DISTANCE, TICK_GAP = 48, 10  # between numbers where there is room, and in any case
LEAST_PLOT = (80, 40)
MARKER, SMALL_MARKER = 8.0, 5.0
RIM = 2.0  # by which the rim of a hollow mark is larger
CROSS_LINE = 1.8  # of the cross that has no class
PICTURE_DOT = 2.6  # of a small picture of points
LABEL_HEIGHT, LABEL_PAD, LABEL_RADIUS = 15.0, 3.0, 3.0  # of a name or a number upon a plot
LABEL_GAP = 4.0  # beside it
LABEL_STROKE = 18.0  # of the line that it names

# The diagram.
UNIT, SMALLEST_UNIT, LEAST_LOOSE_UNIT = 48.0, 4.0, 15.0
SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 30.0, 30.0, 40.0  # for names, captions, and the foot
FOOT_HEIGHT = 38  # the foot: buttons for units above the scale of the weights
SCALE_ROW = 20.0  # the height of that scale
BIAS_SIDE = 11.0
OUTER_OVERLAP = 4  # by which the outermost units reach into the margins
BLOCK_INSET = 10.0  # between units and the image of their weights
NUMBER_WIDTH = 40.0  # on an edge
NAME_GAP, NAME_WIDTH, NAME_ROW = 4.0, 64.0, 15.0  # of a unit
INPUT_NAME_HEIGHT = 28.0  # that a name of two lines has at least
NAME_ROOM = 20.0  # for the names of the inputs, in any case
CAPTION_LEAST, CAPTION_ROW, CAPTION_Y = 56.0, 16, 10  # of a layer
EDGE_THIN, EDGE_THICK, BROKEN_EDGE, MARKED_CELL = 1.1, 6.5, 1.4, 1.5
STROKE_LENGTH, STROKE_GAP, STROKE_STEP = 16.0, 3.0, 8.0  # of the scale of the weights
LEVEL_LINE, LEVEL_LINE_SHARE = 1.4, 1 / 70  # in a unit's picture: at least, of its side
LEAST_LINED_UNIT = 24.0  # the side of a unit that has room for that line
FRAME_RIM = 1  # of a unit, beyond its square
TINT_LINE = 3.0  # around a unit whose line on the map has a colour
RING_LINE, RING_GAP = 2.0, 3.0  # around the unit that the keys are on
FREEZE_FROM_TARGET = 9.0  # from the end of an edge to its bars: where numbers do not stand
FREEZE_LENGTH, FREEZE_GAP, FREEZE_RIM, FREEZE_LINE = 10.0, 4.0, 4.5, 1.8
FREEZE_AROUND, FREEZE_BEYOND = 1.5, 2.0  # of the square of a bias
UNIT_BUTTON, LAYER_BUTTON, UNIT_BUTTON_GAP = 18, 20, 2
UNITS_WIDTH = 28  # of the number of units
EDGE_REACH, BIAS_REACH = 6.0, 2.0  # from an edge, a bias, to a pointer that means it
BUBBLE_ROOM = 400.0
BUBBLE_PAD = (9, 6, 11, 6)
BUBBLE_TEXT_PAD = (9, 6, 6, 4)
BUBBLE_CLEAR, BUBBLE_EDGE = 14.0, 2  # from the pointer; from the rim of the diagram
EDITOR_OFFSET, EDITOR_EDGE = (14, 12), 2  # of the bubble that edits a weight
EDITOR_WIDTH, EDITOR_BUTTON, EDITOR_BUTTON_HEIGHT, FREEZE_BUTTON = 88, 24, 26, 56
DRAG_START = 4  # before a press becomes a drag
DIAGRAM, LEAST_DIAGRAM = (560, 520), (120, 120)

# The strip at the foot of the diagram that shows how a unit is made.
MAKING_HEIGHT, MAKING_TOP, MAKING_UPPER, MAKING_ROW = 94, 7.0, 51.0, 15.0
MAKING_SIDE = 4.0  # beside everything
MAKING_TERM, MAKING_BIAS, MAKING_ARROW = 38.0, 34.0, 10.0  # widths, where room is short
MAKING_CURVE, MAKING_RESULT, MAKING_MORE = 32.0, 30.0, 38.0
MAKING_MOST = 1.7  # by which all of them grow where it is not
MAKING_PICTURE, MAKING_PICTURE_GAP = 31.0, 8.0  # below its weight; less than a term is wide
# A weight beside its picture, where there is room for it.
WIDE_WEIGHT, WIDE_TIMES, WIDE_PICTURE, WIDE_PLUS, WIDE_BIAS = 42.0, 9.0, 48.0, 20.0, 48.0
WIDE_ARROW, WIDE_CURVE, WIDE_RESULT = 22.0, 62.0, 50.0
MAKING_STROKE_LENGTH, MAKING_STROKE_GAP = 26.0, 16.0
MAKING_SQUARE = 9.0  # of the bias
CURVE_LINE, CURVE_DOT, CURVE_TIP, CURVE_INSET = 1.6, 7.0, 4.0, 3.0


# The map.
POINT, RING, CHOSEN_RING = 11, 24, 32  # a sample, around a wrong one, around the one selected
CROWDED_POINT, CROWDED_RING = 5, 11
TEST_POINT, CROWDED_TEST_POINT, TEST_RING, CROWDED_TEST_RING = 8.0, 4.5, 20.0, 11.0
WRONG = 1.3  # times as large as others is what is misclassified
POINT_REACH = 12.0  # from a point to a click that means it
CONTOUR, CHOSEN_LINE, HALO_LINE = 0.8, 3.5, 7.5
UNIT_LINE, LIT_UNIT_LINE, DIM_UNIT_LINE, GREY_UNIT_LINE = 3.2, 6.0, 1.4, 1.6
UNIT_LINE_RIM, UNIT_LINE_REACH = 1.2, 6.0  # on either side of it; from it to a pointer
UNIT_NUMBER_IN, UNIT_NUMBER_SIDE = 16.0, 15.0  # from the rim to the number of a unit; its side
SHARED_DASH, SHARED_LINE = 12.0, 2.6  # of lines that lie upon each other: so near, they take turns
BEYOND_WIDTH, BEYOND_HEIGHT, BEYOND_IN = 18.0, 12.0, 3.0  # the mark of a line outside the map
LIT_BEYOND = 1.35  # times as large where its unit is looked at
COLOUR_BAR, COLOUR_BAR_STRIP = 66, 12
LEAST_BARRED_SIDE = 200  # of the map: the bar may not make it smaller than this
COLOUR_BAR_HEIGHT = 100
BAR_ROW, BAR_NAME_ROW = 16, 12
BEYOND_GAP, BEYOND_TIP, BEYOND_HALF = 3, 11, 5  # of the mark of what lies beyond
NAN_GAP, NAN_RISE = 20, 2  # of the cell that stands for what is no number
COLOUR_BAR_TOP, COLOUR_BAR_BOTTOM = 20, 42  # for what lies beyond the scale, and is no number
LEAST_TICKED = 40.0  # a piece of it with room for numbers at its ends
STROKE_SPACING, STROKE_SCATTER = 14.0, 7.0  # of the points of a stroke, along it and beside it
ERASER_REACH = 14.0
DRAW_STEP, DRAW_ARM = 8.0, 9.0  # of the cursor of the keys
DRAW_ICON, DRAW_MARK = 16, 9.0
CAPTION_BASE = 7  # of the words upon the map, below their baseline
MAP_ICON, HOME_ICON = 16, 14

# The loss.
GHOST_LINE, HEAD, HEAD_RIM = 1.5, 9.0, 1.5
TEST_LINE, PIN_LINE, BREAK_LINE = 1.5, 1.5, 1.5
EVENT, EVENT_RIM = 6.0, 1.2  # the mark of something that happened
EVENT_REACH = 8.0  # from it to a pointer that means it
CURSOR_LINE, HEAD_REACH = 1.2, 9.0  # where one looks in the past; from it to a pointer

# A step that is taken apart.
LEAST_STEP, LEAST_STEP_HEIGHT, LEAST_STEP_MAP = 440.0, 300.0, 190.0
LEAST_STEP_DIAGRAM = 255.0  # beside it

# Panels, drawers, fields, tables.
PANEL_HEADER = 25
MESSAGE_BAR, MESSAGE_DOT = 34, 8
FIELD_LABEL, LEAST_FIELD = 67, 44  # the longest label has room at every factor
FORM_GAP = SPACE + 1  # between rows
CELL_ROW = 22
LEAST_DRAWER, DRAWER_WIDTH = 400, 424  # a lower drawer scrolls; a narrower one covers the map
WIDE_DRAWER, LEAST_HALF = 520, 200  # what lies below each other lies beside each other there
LOW_DRAWER_EXTRA = 80  # around what it holds: heading and foot
LEAST_COLUMN, WIDEST_COLUMN = 70, 180

# Own data.
OWN_POINTS, LEAST_OWN_POINTS, OWN_POINT = 200, 80, 6.0
PAIR_PICTURE = 56
LINE_COLUMN, REASON_COLUMN = 60, 240
LEAST_NAME_FIELD = 100

# The samples.
TITLE_ROW = 22.0
MATRIX = 188
TRUTH_NUMBER, TRUTH_NAME = 48.0, 72.0  # of the headings of the rows, by what they are
MATRIX_ROW, LOW_MATRIX_ROW = 26.0, 22.0  # of two classes, and of more
LEAST_CELL, CELL_PAD, COUNT_PAD = 26, 4, 2
TINY = SMALL - 2  # type of large counts
SAMPLE_RING, SAMPLE_RIM, SAMPLE_LINE = 17.0, 6.0, 2.5
LEAST_SAMPLES, WIDE_SAMPLES = 340, 640  # plots and table below each other, beside each other
LEAST_PAIR = 240  # the width beside two large matrices
NARROW_DRAWER = 440  # below this width the matrix stands under the plots
PAIR = (400, 220)
PAIR_FOOT = 2
TABLE_ROW, LEAST_SAMPLE_COLUMN = 24, 40
TABLE_WIDTHS = (54, 50, 50, 76, 95, 52, 95)  # of the columns, at least
CLASS_WIDTHS = (40, 48, 48, 84, 108, 52, 92)  # where the prediction names a class
CELL_INSET = 5  # as in the style sheet
SORT_BASE, SORT_TIP, SORT_WIDTH = 3, 7, 8  # of the triangle over the heading that sorts

# Many seeds.
SEED, SEED_PITCH, SEED_ROW = 46, 54, 66  # a picture, to the next one, and to the next row
SEED_MARGIN = 3  # for the frame of the one that is chosen
SEED_FRAME, SEED_NUMBER_GAP = 2.0, 2
SEEDS_BESIDE = 6  # pictures that there is to be room for
SEED_LINE, STUCK_LINE = 1.2, 1.8
SWATCH, SWATCH_LINE, MEDIAN_SWATCH = 18, 1.5, 2.5
SEEDS_LEGEND, LEAST_SEEDS_PLOT = 20, 120

# The controls.
EXPLANATION_WIDTH, EXPLANATION_GAP = 320, 6  # of the bubble of F1, and from what it is about
HELP_PICTURE, HELP_MARGINS = 300, 40  # the height of a picture of the help; what is beside it

CONTROLS_WIDTH = 200
CONTROLS_MARGIN, SCROLLED_MARGIN = GAP + 2, 2  # at the sides; where the scroll bar stands
CONTROLS_GAP = SPACE + 2
DATASET_ROW, DATASET_PICTURE, DATASET_RIM = 36, 28, 2

ICON, SMALL_ICON = 18, 16  # of a button
WINDOW_ICON = 64

# The window.
AROUND_POINTER = 8  # left free by the answer to F1
START_SIZE = (1280, 800)  # whatever the factor, for screens do not grow with it
LEAST_WIDTH, LEAST_HEIGHT = 940, 480  # leaves a frame on a screen of 960 x 540
FRAME_WIDTH, FRAME_HEIGHT = 4, 44  # that a window manager may add, whatever the factor
NARROW_CONTROLS = 1000  # of the window: below, the controls are a drawer
EDGE = 3  # of a presentation: where the pointer calls the bar

# The stage.
LEAST_STAGE_WIDTH, LEAST_STAGE_HEIGHT = 640, 280
MAP_EXTRA_WIDTH = 158  # axis, colour scale and margins beside the map's square
MAP_EXTRA_HEIGHT = 82  # heading, axis and margins above and below it
LEAST_SQUARE = 346  # of the map, before the loss gives way
LEAST_MIDDLE = 300  # the width of the diagram
LEAST_LOW_VIEW = 254  # the height of the diagram with the loss below
USUAL_LOSS, LEAST_LOSS = 190, 110  # the height of the loss
LEAST_HEADED_LOSS = 132  # below, its heading folds away
LOSS_STRIP = 84  # its height without a heading
# Of a plot: below the first, the name of its horizontal axis gives way; below the second, numbers.
LOW_PLOT, LOWEST_PLOT = 140, 60
# Where two runs are compared, their maps lie side by side, and the loss between both diagrams.
COMPARED_LEAST_MAP = 330  # a square of 240 pixels
COMPARED_EXTRA = 60  # a panel is so much wider than high when the square fills it
COMPARED_LEAST_LOSS, COMPARED_LEAST_LOSS_HEIGHT = 220, 170

HINT_GAP, HINT_HEIGHT = 4, 18  # between a hint and what it is about; of a hint

# The transport bar.
MENU_ICON = 20
PLAY_BUTTON, ICON_BUTTON = 92, 44  # widths
LEAST_SLIDER, MOST_SLIDER, SLIDER_HEIGHT = 52, 180, 20
SPEED_WIDTH = 60
VALUE_HEIGHT, ROW_HEIGHT = 22, 16  # of a number, and of one of two below each other
WRONG_HEIGHT = 14  # of the count of wrong samples, beside the name of the accuracy
VALUE_WIDTHS = (116, 116, 84)  # of epoch, loss and accuracy
PAIR_WIDTHS = (92, 160, 124)  # the same for two runs, in smaller type
TEST_WIDTHS = (77, 73, 60)  # the same for one run that has a test set, and again for the latter
MOST_PAST_WIDTH = 60  # by which an epoch of the past, with that of the run, may be wider
PRESENTED_HEIGHT, PRESENTED_ROW_HEIGHT = 30, 24
PRESENTED_WIDTHS = (160, 160, 116)
PRESENTED_PAIR_WIDTHS = (104, 168, 184)
PRESENTED_NARROW = 720  # of the window: below, step and reset have no room beside the numbers
PRESENTED_TEST_WIDTHS = (106, 88, 76)
NARROW, NARROW_PAIR = 1222, 1282  # of the window: below, the lesser buttons show their icon only
NARROWEST = 1045  # below, all of them but Play
SPEEDLESS_PAIR = 1020  # below, with many numbers, the slider alone tells the speed
COUNTED, COUNTED_PAIR = 950, 970  # below, and the count of wrong samples, it is told without "of"
TWO_ROWS = 886  # below, and the counts, those of two runs with test sets are left out
CONTROLS_OF_B = 62  # that the button of the folded controls takes, where two runs are compared

# The timeline.
TIMELINE, LOW_TIMELINE = 38, 22  # its height; where the window is low the names have no room
LOW_WINDOW = 720  # the height of a window that is
TIME_TRACK, TIME_HANDLE, TIME_RIM = 4.0, 13.0, 2.0
TIME_LIVE = 8.0  # the dot where the run stands, while the past is looked at
TIME_ROOM = 12.0  # from the centre of the track to the lower edge
TIME_TICK, TIME_TICK_LINE = 12.0, 2.0  # of a mark
TIME_FLAG = 6.0  # of a mark of one's own
TIME_REACH = 5.0  # from a mark to a pointer that means it
TIME_NAME_GAP = 10.0  # between two names
LEAST_TIME_NAME = 48.0  # a name that has less room is left out
TIME_NAME_INPUT = 160
TIME_FOUND = (30.0, 2.0)  # the line below the handle that grows while a state is computed
LIVE_BUTTON = 56

# The message bar.
MESSAGE_LINE = 17  # what each further line takes
