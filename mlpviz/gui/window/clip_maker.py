"""A clip: a run is shown again in a window that nobody sees, and each picture of it is kept.

This needs the main thread of a process, and may take minutes: beside a window it is done by a
process of its own.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby
from typing import Protocol

import numpy as np
from PySide6.QtCore import QEventLoop, QPoint, QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.clip import WINDOW, Clip
from mlpviz.experiment.run.equal_change import part_of_plan
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.orders import Kept
from mlpviz.experiment.run.record import Record
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.study.apart import Watch
from mlpviz.experiment.writing.apng import ApngWriter, Picture
from mlpviz.experiment.writing.gif import gif_of
from mlpviz.gui.actions.moments import Moment
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.time_travel import TimeTravel
from mlpviz.gui.look.settings import EDGE_HINT, MAP_HINT, THEME, UNIT_HINT, Settings
from mlpviz.gui.window.layout import Layout

TELL_MS = 200  # how often is told how far it is while nothing else happens
TRAINED, PAINTED = 0.15, 0.85  # the share that is done when the run is there, and all is painted
AHEAD = 2  # pictures that wait to be compressed


class Window(Protocol):
    """What a clip needs of a main window."""

    parts: Layout
    runs: Runs
    time: TimeTravel

    def close(self) -> bool:
        """Close it."""
        ...


Opener = Callable[[Recipe, Settings], Window]


def make_clip(
    opener: Opener, clip: Clip, records: Sequence[Record], as_gif: bool, watch: Watch
) -> bytes:
    """Make a clip of a run, or of two that are compared, and return the content of its file.

    Parameters
    ----------
    opener : opens a window that nobody sees, see `app`
    records : of the runs; they are trained again
    as_gif : whether it is to be a GIF, for which Pillow must be installed; else an animated PNG
    watch : is told the share that is done; what it raises ends the work

    Raises
    ------
    ValueError
        with a sentence, where the runs have no such epochs, or cannot be shown.
    """
    first, last = clip.epochs_in(records[0])
    settings = Settings(is_kept=False)
    settings.keep(THEME, clip.theme)
    for hint in (UNIT_HINT, EDGE_HINT, MAP_HINT):
        settings.keep(hint, False)
    window = opener(records[0].start_recipe, settings)
    try:
        updates = _updates(window.runs)
        _bring_back(window.runs, records, updates, lambda share: watch(TRAINED * share))
        view = _sized(window.parts, clip)
        plan = _plan(window.runs, clip, updates)
        epochs = part_of_plan(plan, first, last, clip.frames)
        end = PAINTED if as_gif else 1.0
        pictures = _pictures(window.runs, window.time, view, epochs, updates)
        apng = _apng(pictures, clip, lambda share: watch(TRAINED + (end - TRAINED) * share))
    finally:
        window.close()
        window.runs.bridge.runner.stop()
    if not as_gif:
        return apng
    return gif_of(
        apng, clip.frames_per_second, lambda share: watch(PAINTED + (1.0 - PAINTED) * share)
    )


def _updates(runs: Runs) -> Iterator[Update]:
    """Give the latest update, again and again: each when it is shown, and now and then at least.

    Raises
    ------
    ValueError
        with the sentence of the trainer, when it failed.
    """
    loop, timer = QEventLoop(), QTimer(interval=TELL_MS)
    runs.updated.connect(loop.quit)
    timer.timeout.connect(loop.quit)
    timer.start()
    while True:
        if runs.latest.error:
            raise ValueError(runs.latest.error)
        yield runs.latest
        loop.exec()


def _bring_back(
    runs: Runs, records: Sequence[Record], updates: Iterator[Update], tell: Watch
) -> None:
    """Have the runs trained as far as they went."""
    next(update for update in updates if update.frames)  # those that the window begins with
    recipes = tuple(record.recipe for record in records)
    runs.bring_back(Moment(recipes, tuple(Kept(record) for record in records)))
    wanted = [(record.start_recipe, record.changes, record.epoch) for record in records]
    for update in updates:
        tell(update.share_restored or 0.0)
        if update.share_restored is None and [*map(_what_happened, update.frames)] == wanted:
            return


def _what_happened(frame: Frame) -> tuple[object, object, int]:
    return frame.start_recipe, frame.changes, frame.live.epoch


def _plan(runs: Runs, clip: Clip, updates: Iterator[Update]) -> tuple[int, ...]:
    """Return at which epochs the frames of the whole run stand."""
    if clip.is_even:
        return (0, runs.latest.frames[0].live.epoch)
    runs.bridge.runner.plan_replay(clip.frames)
    return next(update.replay_plan for update in updates if update.replay_plan)


def _sized(layout: Layout, clip: Clip) -> QWidget:
    """Give the wanted view its size, and return it."""
    if clip.view != WINDOW:
        return layout.show_alone(clip.view, QSize(*clip.size))
    layout.window().resize(*clip.size)
    return layout.window()


def _pictures(
    runs: Runs,
    time: TimeTravel,
    view: QWidget,
    epochs: Sequence[int],
    updates: Iterator[Update],
) -> Iterator[Picture]:
    """Show epoch after epoch, and give a picture of each."""
    for epoch, same in groupby(epochs):
        time.go_to(epoch)
        next(
            update
            for update in updates
            if update.share_found is None and all(f.epoch == epoch for f in update.frames)
        )
        runs.bridge.catch_up()
        yield from [picture_of(view)] * len([*same])  # of one epoch there is no second update


def picture_of(view: QWidget) -> Picture:
    """Paint a widget, a pixel for each unit of its size: (height, width, 3)."""
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    view.render(image, QPoint())
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def _apng(pictures: Iterator[Picture], clip: Clip, tell: Callable[[float], None]) -> bytes:
    """Write the pictures; while one is being compressed the next ones are painted."""
    file = io.BytesIO()
    writer = ApngWriter(file, clip.frames_per_second)
    waiting: list[Future[None]] = []
    with ThreadPoolExecutor(max_workers=1) as worker:
        for number, picture in enumerate(pictures, start=1):
            waiting.append(worker.submit(writer.add, picture))
            if len(waiting) > AHEAD:
                waiting.pop(0).result()
            tell(number / clip.frames)
        for future in waiting:
            future.result()
    writer.close()
    return file.getvalue()
