"""The decision boundary: the network's output over the input plane, and the data upon it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

from mlpviz.engine import Array
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.bent_lines import NO_LINES
from mlpviz.experiment.run.first_layer import unit_lines
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.places import Place, Unit
from mlpviz.experiment.words.names import name_of
from mlpviz.gui.look import sizes
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.palette import has_moved, output_scale
from mlpviz.gui.look.sizes import LINE
from mlpviz.gui.plots.canvas import Canvas, Markers, Picture, Segments
from mlpviz.gui.plots.class_names import mark_colours
from mlpviz.gui.plots.crowd import CROWD, drawn_and_latest, drawn_samples
from mlpviz.gui.plots.plot import Plot, solid
from mlpviz.gui.plots.surface import MapColours, has_picture, map_surface
from mlpviz.gui.plots.surface_lines import MapOptions
from mlpviz.gui.plots.unit_axis import NAMES, UnitAxis
from mlpviz.gui.plots.unit_lines import UnitLines
from mlpviz.gui.views.map.caption import Caption
from mlpviz.gui.views.map.colour_bar import ColourBar
from mlpviz.gui.views.map.heldout_points import HeldOutPoints
from mlpviz.gui.views.map.map_layout import lay_out_map
from mlpviz.gui.views.map.map_words import (
    legend_words,
    map_description,
    output_words,
    outside_words,
    place_words,
    short_legends,
    surface_heading,
    unit_caption,
    wrong_samples,
)
from mlpviz.gui.views.map.sample_points import SamplePoints


class BoundaryView(QWidget):
    """Shows the surface, its 0.5 line, the points and a colour scale."""

    box_changed = Signal(object)  # Box to compute the surface over; None for the data's own
    pointed_at = Signal(str)  # what lies under the pointer, in words
    shown_changed = Signal()  # `shown_words` are others than before
    line_pointed_at = Signal(object)  # the Place of the unit whose line it is; None for none
    sample_selected = Signal(object)  # the number of the sample that was clicked; None for none

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("boundary_view")
        self.setAccessibleName(tr("Decision boundary"))
        self._frame: Frame | None = None
        self._home: Box | None = None  # of the data
        self._box: Box | None = None  # that is shown; None for the data's own
        self.painted: Array | None = None  # the surface that is on the screen
        self._painted_key: object = None  # and how it was painted
        self.options = MapOptions()
        self._unit: Unit | None = None  # that is shown instead of the output
        self.shown_words = ""  # what the map shows, as a heading
        self._X: Array | None = None  # the samples that are drawn
        self._shown = np.arange(0)
        self._wrong: NDArray[np.bool] = np.zeros(0, np.bool)
        self._sample: int | None = None
        self._pointed_line: Place | None = None
        self._said: str | None = None  # of the pointer; None for what is to be said again
        self._legend = ""  # what the points mean, in the data of a recipe
        self._legend_of: Recipe | None = None
        self._own: OwnData | None = None  # whose units the axes have
        self._axes = {"bottom": UnitAxis("bottom"), "left": UnitAxis("left")}
        self._drawing: tuple[Array, Array] | None = None  # points shown in place of the frame's
        self.plot = Plot(*NAMES, self._axes)
        self.plot.setObjectName("boundary_plot")
        self.colour_bar = ColourBar()
        self._make_marks()
        for child in (self.plot, self.colour_bar):
            child.setParent(self)
        # The range changes many times during one turn of the wheel; one surface is enough.
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._announce_box)
        self.plot.zoomed.connect(self._settle.start)
        self.plot.pointer_moved.connect(self._announce_pointer)
        self.plot.clicked.connect(self._select_near)
        self.plot.double_clicked.connect(self.go_home)
        self.set_look(current_look())
        self._said = None  # nobody has heard it yet

    def show_frame(self, frame: Frame) -> None:
        """Show all that the map shows of a frame."""
        self.show_surface(frame)
        self.show_details(frame)

    def show_surface(self, frame: Frame) -> None:
        """Show the surface and the points of a frame."""
        is_new_data = frame.box != self._home
        self._frame, self._home = frame, frame.box
        self._choose_unit(frame)
        if is_new_data and self._box is None:
            self._show_range(frame.box)
        self._show_units(frame.recipe.used_own)
        self._show_surface(frame)
        self._show_points(frame)
        self._show_chosen()
        self._announce_pointer()

    def show_details(self, frame: Frame) -> None:
        """Show the lines of the first layer, and describe the map for who does not see it."""
        self._describe(frame)
        is_wanted = self.options.unit_lines
        if is_wanted or self.unit_lines.shown is not NO_LINES:
            shown = unit_lines(frame) if is_wanted else NO_LINES
            if self.unit_lines.set_data(shown, frame.recipe, self.canvas.mapping):
                self.canvas.update()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self._colours = MapColours(look)
        self._hatch = QBrush(QColor(look.hatch), Qt.BrushStyle.BDiagPattern)
        self.picture.ground = QColor(look.middle)
        self.plot.set_look(look)
        self.canvas.set_look(look)
        self.colour_bar.set_look(look)
        self.line.pen = solid(look.boundary, LINE)
        self.contours.pen = solid(look.boundary, sizes.CONTOUR)
        self.unit_lines.set_look(look)
        self.caption.set_look(look)
        self.samples.set_look(look)
        self.test_points.set_look(look)
        self.chosen.pen = solid(look.accent, sizes.CHOSEN_LINE)
        self.drawing_cursor.pen = solid(look.outline, LINE)
        self.halo.pen = solid(look.panel, sizes.HALO_LINE)
        self.painted = self._said = None
        self._arrange()
        if self._frame is not None:
            self._show_surface(self._frame)
            self.show_details(self._frame)
        self._announce_pointer()

    @property
    def mark_colours(self) -> dict[str, str]:
        """The colours of the marks of classes in its words; none where points have no class."""
        is_regression = self._frame is not None and self._frame.recipe.is_regression
        return {} if is_regression else mark_colours(self._look)

    @property
    def short_legends(self) -> tuple[str, ...]:
        """The legend in ever fewer words; none where something is pointed at."""
        return short_legends(self._frame) if self.plot.pointer() is None else ()

    @Slot()
    def go_home(self) -> None:
        """Show the data's box again."""
        self._settle.stop()
        if self._home is not None:
            self._show_range(self._home)
        self.box_changed.emit(None)

    def show_drawing(self, points: tuple[Array, Array] | None) -> None:
        """Show points, (points, 2), with classes, (points,), in place of those of the frame.

        None for those of the frame again.
        """
        if points is None and self._drawing is None:
            return
        self._drawing, self._X = points, None
        if points is not None:
            X, Y = points
            shown = drawn_and_latest(len(X))
            self.samples.put(X[shown], Y[shown])
            self.samples.put_wrong(np.empty((0, 2)), np.empty(0))
            self.test_points.show(None, np.arange(0), None, is_small=False)  # they are among these
        elif self._frame is not None:
            self._show_points(self._frame)
        self.canvas.update()

    def show_cursor(self, place: QPointF | None, arm: float) -> None:
        """Show a cross at a place of the canvas, with arms of such a length; None for none."""
        mapping = self.canvas.mapping
        ends: Array = np.empty((0, 2))
        if place is not None:
            offsets = arm * np.array([(-1, 0), (1, 0), (0, -1), (0, 1)])
            ends = np.array([place.x(), place.y()]) + offsets
        box, size = mapping.box, np.array([mapping.width, mapping.height])
        extent = np.array([box.right - box.left, box.bottom - box.top])
        places = np.array([box.left, box.top]) + ends / size * extent
        self.drawing_cursor.set_data(places[:, 0], places[:, 1])
        self.canvas.update()

    def select_sample(self, sample: int | None) -> None:
        """Put a ring around a sample; None for none."""
        if sample != self._sample:
            self._sample = sample
            self._show_chosen()
            self.canvas.update()

    def light_line(self, place: Place | None) -> None:
        """Make the line of the unit that is looked at stand out; of a weight that it leads into."""
        lit = place.unit if place is not None and place.layer == 1 else None
        if lit != self.unit_lines.lit:
            self.unit_lines.lit = lit
            self.canvas.update()

    def show_box(self, box: Box | None) -> None:
        """Show a box of the plane; None for the data's own, also of data to come."""
        self._box = box
        shown = box or self._home
        if shown is not None and shown != self._shown_box():
            self._show_range(shown)

    def _show_range(self, box: Box) -> None:
        left, bottom, right, top = box
        self.plot.view.setRange(QRectF(left, bottom, right - left, top - bottom), padding=0)

    def set_options(self, options: MapOptions) -> None:
        """Draw more, or less."""
        self.options = options
        if self._frame is not None:
            self._show_surface(self._frame)
            self.show_details(self._frame)

    def _choose_unit(self, frame: Frame) -> None:
        """Show what the unit gives that the frame brings, rather than the output."""
        before, unit = self.shown_words, frame.unit
        self._unit = unit if unit is not None and has_picture(frame.recipe, *unit) else None
        self.caption.text = "" if self._unit is None else unit_caption(frame, *self._unit)
        self.shown_words = self.caption.text or surface_heading(frame.recipe)
        if self.shown_words != before:
            self.shown_changed.emit()

    def _make_marks(self) -> None:
        """Make what is painted: public, so that anyone can look at what is on the screen."""
        self.picture = Picture()
        self.line, self.contours, self.unit_lines = Segments(), Segments(), UnitLines()
        self.caption = Caption()
        self.samples = SamplePoints()
        self.points, self.wrong_points = self.samples.points, self.samples.wrong_points
        self.ring, self.values = self.samples.ring, self.samples.values
        # A ring of the panel's colour below sets it off from surface and boundary.
        self.halo, self.chosen = Markers(), Markers()
        self.halo.size = self.chosen.size = sizes.CHOSEN_RING
        self.test_points, self.drawing_cursor = HeldOutPoints(), Segments()
        lines = (self.contours, self.unit_lines, self.line)
        points = (self.samples, self.test_points)
        above = (self.halo, self.chosen, self.drawing_cursor, self.caption)
        self.canvas = Canvas(
            self.plot, (self.picture, *lines, *points, *above), backdrop=self.picture
        )

    def _show_units(self, own: OwnData | None) -> None:
        """Let the axes count in the units of the data."""
        if own is self._own or (own is not None and own == self._own):
            return
        self._own = own
        names = NAMES if own is None else own.names
        offsets, factors = ((0.0, 0.0), (1.0, 1.0)) if own is None else (own.offsets, own.factors)
        units = zip(names, offsets, factors, strict=True)
        for (side, axis), unit in zip(self._axes.items(), units, strict=True):
            self.plot.set_label(side, axis.set_units(*unit))
        self.plot.make_room_for(self._axes["left"].numbers_width())
        self._arrange()

    def _show_surface(self, frame: Frame) -> None:
        surface = map_surface(frame, self._unit)
        values, scale = surface.values, surface.scale
        key = (scale, frame.surface_box, self._unit, self.options)
        if key == self._painted_key and not has_moved(values, self.painted, scale.high - scale.low):
            return
        self.painted, self._painted_key = values, key
        has_holes = not np.isfinite(values).all()
        self.picture.image = self._colours.image(surface, self.options, has_holes=has_holes)
        self.picture.box = frame.surface_box
        self.picture.hatch = self._hatch if has_holes else None
        self.line.set_data(*surface.lines(frame.surface_box))
        self.contours.set_data(*surface.contours(frame.surface_box, self.options))
        is_flat = surface.is_flat(self.options)
        if surface.is_of_many:
            self.colour_bar.show_classes(len(values), has_nan=has_holes, is_flat=is_flat)
        else:
            self.colour_bar.show_scale(
                scale, values, self._unit_name(frame), is_flat=is_flat, number=surface.number
            )
        self.canvas.update()

    def _unit_name(self, frame: Frame) -> str:
        return name_of(frame.recipe, *(self._unit or (len(frame.recipe.sizes) - 1, 0)))

    def _show_points(self, frame: Frame) -> None:
        if self._drawing is not None:
            return
        is_new = frame.X is not self._X  # frames of the same run share it
        if is_new:
            self._X = frame.X
            self._shown = drawn_samples(len(frame.X))
            self.samples.put(frame.X[self._shown], frame.Y[self._shown])
        has_classes = not frame.recipe.is_regression
        if not has_classes:
            self._put_values(frame)
        wrong = wrong_samples(frame, self._shown, has_classes=has_classes)
        if not np.array_equal(wrong, self._wrong) or is_new:
            self._wrong = wrong
            self.samples.put_wrong(frame.X[self._shown][wrong], frame.Y[self._shown][wrong])
            self.canvas.update()
        test = frame.test
        count = 0 if test is None else len(test.X)
        scale = None if has_classes else output_scale(frame.surface, frame.recipe)
        if self.test_points.show(test, drawn_samples(count), scale, is_small=count > CROWD):
            self.canvas.update()

    def _put_values(self, frame: Frame) -> None:
        """Show the samples in the colours of their targets, rather than of classes."""
        X, Y = frame.X[self._shown], frame.Y[self._shown]
        scale = output_scale(frame.surface, frame.recipe)
        if self.samples.put_values(X, Y, scale):
            self.canvas.update()

    def _show_chosen(self) -> None:
        X: Array = np.empty((0, 2))
        if self._frame is not None and self._sample is not None:
            X = self._frame.X[self._sample : self._sample + 1]
        for markers in (self.halo, self.chosen):
            markers.set_data(X[:, 0], X[:, 1])

    @Slot(float, float)
    def _select_near(self, x1: float, x2: float) -> None:
        """Select the drawn point at a place, or none."""
        if self._frame is None:
            return
        mapping, X = self.canvas.mapping, self._frame.X[self._shown]
        dx = mapping.x(X[:, 0]) - mapping.x(np.array([x1]))
        dy = mapping.y(X[:, 1]) - mapping.y(np.array([x2]))
        distances = np.hypot(dx, dy)
        nearest = int(np.argmin(distances))
        is_near = distances[nearest] <= sizes.POINT_REACH
        self.sample_selected.emit(int(self._shown[nearest]) if is_near else None)

    def _describe(self, frame: Frame) -> None:
        shown = self._unit_name(frame) if self._unit else ""
        self.setAccessibleDescription(map_description(frame, shown))

    @Slot()
    def _announce_box(self) -> None:
        self.box_changed.emit(self._shown_box())

    def _shown_box(self) -> Box:
        (left, right), (bottom, top) = self.plot.view.viewRange()
        return Box(left, bottom, right, top)

    @Slot()
    def _announce_pointer(self) -> None:
        words = self._words_for_pointer()
        if words != self._said:
            self._said = words
            self.pointed_at.emit(words)
        self._point_at_line()

    def _point_at_line(self) -> None:
        """Tell which unit's line the pointer is on."""
        place = self.plot.pointer()
        unit = None if place is None else self.unit_lines.nearest(*place, self.canvas.mapping)
        pointed = None if unit is None else Place(1, unit)
        if pointed != self._pointed_line:
            self._pointed_line = pointed
            self.line_pointed_at.emit(pointed)

    def _words_for_pointer(self) -> str:
        place = self.plot.pointer()
        if place is None:
            recipe = None if self._frame is None else self._frame.recipe
            if recipe is not self._legend_of or not self._legend:
                self._legend_of, self._legend = recipe, legend_words(self._frame)
            return self._legend
        (left, right), (bottom, top) = self.plot.view.viewRange()
        horizontal, vertical = self._axes.values()
        spans = (right - left, top - bottom)
        where = place_words(place, spans, None if self._own is None else (horizontal, vertical))
        unit = self.unit_lines.arrow_at(*place, self.canvas.mapping)
        if unit is not None:
            return outside_words(unit)
        return f"{where}   {output_words(self._frame, *place)}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the plot's area a square, whatever room there is."""
        self._arrange()

    def _arrange(self) -> None:
        plot, bar = lay_out_map(self.size(), self.plot.left_width)
        self.plot.setGeometry(plot)
        self.colour_bar.setVisible(bar is not None)
        if bar is not None:
            self.colour_bar.setGeometry(bar)
