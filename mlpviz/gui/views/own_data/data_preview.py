"""The drawer that shows a table before it becomes own data: what it holds, and how it is read."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mlpviz.engine.marked import marked
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.words.formats import epoch_text
from mlpviz.experiment.words.reading_words import recognised_words
from mlpviz.gui.actions.own_table import OwnTable
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import GAP, SPACE
from mlpviz.gui.look.sizing import lay
from mlpviz.gui.parts.drawer import Drawer
from mlpviz.gui.parts.inputs import tool_button
from mlpviz.gui.parts.one_of import OneOf
from mlpviz.gui.parts.text_line import text_line
from mlpviz.gui.views.own_data.cell_table import CellTable
from mlpviz.gui.views.own_data.column_choices import ColumnChoices
from mlpviz.gui.views.own_data.data_points import PointsView
from mlpviz.gui.views.own_data.left_out_rows import LeftOutRows
from mlpviz.gui.views.own_data.pair_pictures import PairPictures
from mlpviz.gui.views.own_data.preview_words import count_words, other_readings
from mlpviz.gui.views.own_data.writing_choices import WritingChoices

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PAGES = {  # what the lower half shows: its button, and what that says of itself
    "cells": (marked("Cells"), marked("All cells, to be read and edited")),
    "writing": (
        marked("How it is written"),
        marked("Encoding, signs, header and gaps, each to be settled"),
    ),
    "left_out": (marked("Rows left out"), marked("The rows that are not used, and why")),
}


class DataPreview(Drawer):
    """Shows a table and announces the data that the user takes from it.

    Parameters
    ----------
    own : the table
    """

    taken = Signal(object)  # OwnData
    refused = Signal(str)  # why the cells cannot be edited so, a sentence

    def __init__(self, own: OwnTable) -> None:
        super().__init__("data_drawer", tr("Own data"))
        self._own = own
        self.source_label = text_line("data_source", "quiet")
        self.header.insertWidget(1, self.source_label, stretch=1)
        self.other_label = text_line("data_other", "warning")
        self.recognised_label = text_line("data_recognised", "quiet")
        self.error_label = text_line("data_error", "warning")
        self.counts_label = text_line("data_counts")
        self.notes_label = text_line("data_notes", "quiet")
        self.points = PointsView()
        self.columns, self.writing = ColumnChoices(), WritingChoices()
        self.pairs = PairPictures()
        self.cells, self.left_out = CellTable(own), LeftOutRows()
        self.columns.settled.connect(self._settle)
        self.writing.settled.connect(self._settle)
        self.pairs.chosen.connect(self._settle_pair)
        self.cells.refused.connect(self.refused)
        self._make_pages()
        self._make_buttons()
        self._assemble()
        own.changed.connect(self._show)

    @property
    def data(self) -> OwnData | None:
        """What would be taken; None where something is wrong."""
        reading = self._own.outcome.reading
        return None if reading is None else reading.data

    @Slot()
    def close_drawer(self) -> None:
        """Hide the drawer; what it showed is let go."""
        super().close_drawer()
        self._own.close()

    def go_to_cells(self) -> None:
        """Let the keys mean the cells, which are to be edited."""
        self.page_buttons["cells"].click()
        self.cells.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self.points.set_look(look)
        self.pairs.set_look(look)
        self.cells.fit_columns()
        self._fit()

    def _fit(self) -> None:
        """Give the picture what the facts beside it leave."""
        facts = self.columns.sizeHint().width() + self._facts_row.spacing()
        height = self.columns.sizeHint().height() + self.counts_label.sizeHint().height()
        self.points.fit(self.room - facts, height)

    def _make_pages(self) -> None:
        self._pages = QStackedWidget()
        self._page = OneOf(self)
        self.page_buttons: dict[str, QToolButton] = {}
        pages: tuple[QWidget, ...] = (self.cells, self.writing, self.left_out)
        for (name, (words, tip)), page in zip(PAGES.items(), pages, strict=True):
            self._pages.addWidget(page)
            button = tool_button(f"data_{name}_page_button", tr(words), tr(words), tr(tip))
            button.setProperty("role", "flat")
            self._page.add(button)
            self.page_buttons[name] = button
        self._page.show_chosen(0)
        self._page.chosen.connect(self._show_page)

    def _make_buttons(self) -> None:
        self.use_button = QPushButton(tr("Use this data"))
        self.use_button.setObjectName("data_use_button")
        self.use_button.setProperty("role", "primary")
        self.use_button.setToolTip(
            tr("Train on these points, from the same initial weights (Enter)")
        )
        self.use_button.clicked.connect(self._take)
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.setObjectName("data_cancel_button")
        self.cancel_button.setToolTip(tr("Leave everything as it is (Esc)"))
        self.cancel_button.clicked.connect(self.close_drawer)
        for button in (self.use_button, self.cancel_button):
            button.setAccessibleName(button.text())

    def _assemble(self) -> None:
        facts = QVBoxLayout()
        lay(facts, GAP)
        facts.addWidget(self.columns)
        facts.addWidget(self.counts_label)
        facts.addStretch(1)
        self._facts_row = row = QHBoxLayout()
        lay(row, 2 * GAP)
        row.addLayout(facts, stretch=1)
        row.addWidget(self.points, alignment=Qt.AlignmentFlag.AlignTop)
        pages = QHBoxLayout()
        lay(pages, SPACE)
        for button in self.page_buttons.values():
            pages.addWidget(button)
        pages.addStretch(1)
        for label in (self.other_label, self.recognised_label):
            self.upper_half.addWidget(label)
        self.upper_half.addLayout(row)
        for below in (self.error_label, self.notes_label, self.pairs):
            self.upper_half.addWidget(below)
        self.upper_half.addStretch(0)
        self.lower_half.addLayout(pages)
        self.lower_half.addWidget(self._pages, stretch=1)
        lay(self.footer, GAP)
        self.footer.addWidget(self.cells.tools)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel_button)
        self.footer.addWidget(self.use_button)

    @Slot(int)
    def _show_page(self, place: int) -> None:
        self._pages.setCurrentIndex(place)
        self.cells.tools.setVisible(self._pages.currentWidget() is self.cells)

    @Slot(str, object)
    def _settle(self, role: str, value: object) -> None:
        self._own.choose(**{role: value})

    @Slot(str, str)
    def _settle_pair(self, x1: str, x2: str) -> None:
        self._own.choose(x1=x1, x2=x2)

    @Slot()
    def _show(self) -> None:
        """Show how the table is read."""
        own = self._own
        self.source_label.setText(own.source)
        self._show_words()
        for part in (self.columns, self.writing, self.pairs, self.cells):
            part.setEnabled(not own.coming)  # another table is about to take their place
        self.columns.show_table(own)
        self.writing.show_table(own)
        self.cells.show_table()
        self.points.show_data(self.data)
        reading = own.outcome.reading
        left_out = () if reading is None else reading.left_out
        self.left_out.show_rows(left_out)
        words = tr("Rows left out ({number})", number=epoch_text(len(left_out)))
        self.page_buttons["left_out"].setText(words)
        self.page_buttons["left_out"].setEnabled(bool(left_out))
        if not left_out and self.page_buttons["left_out"].isChecked():
            self.page_buttons["cells"].click()
        names = ("", "")
        if reading is not None:
            names = reading.table.names[reading.x1], reading.table.names[reading.x2]
        self.pairs.show_pairs(own.outcome.pairs, names)
        self.use_button.setEnabled(self.data is not None and not own.is_reading)
        self._fit()

    def _show_words(self) -> None:
        own, outcome = self._own, self._own.outcome
        recognised = "" if own.table is None else recognised_words(own.table, outcome.reading)
        if own.is_reading:
            recognised = tr("Reading {source} …", source=own.coming or own.source)
        others, notes = other_readings(outcome.notes)
        for label, words in (
            (self.other_label, "\n".join(others)),
            (self.recognised_label, recognised),
            (self.error_label, outcome.problem),
            (self.counts_label, "" if self.data is None else count_words(self.data)),
            (self.notes_label, "\n".join(notes)),
        ):
            label.setText(words)
            label.setVisible(bool(words))

    @Slot()
    def _take(self) -> None:
        self._own.read_now()
        if self.data is not None and not self._own.is_reading:
            self.taken.emit(self.data)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the data on Enter, while nothing in the drawer has a use for it."""
        if event.key() in ENTER and self.hasFocus():
            self._take()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the picture as large as there is room for."""
        super().resizeEvent(event)
        self._fit()
