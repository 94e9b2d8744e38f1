"""The first start on the screens that people have: it fits with its frame, and nothing is cut."""

import json
import os
import subprocess
import sys

import pytest
from processes import ROOT
from screens import framed_screen, needs_frames, needs_screen

# (width, height) in the screen's own pixels, and pixels per logical one.
# Those between the smallest and the largest are tried with --slow.
SCREENS = [
    pytest.param(1366, 768, 1.0, marks=pytest.mark.slow),
    (1280, 720, 1.0),
    (1024, 768, 1.0),
    pytest.param(1920, 1080, 1.25, marks=pytest.mark.slow),
    pytest.param(1920, 1080, 1.5, marks=pytest.mark.slow),
    (1920, 1080, 2.0),
]
PROGRAM = """
import json, sys
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from mlpviz.gui import open_window
from gui.helpers import clipped_labels, strays

def wait_until(condition):
    loop, looks = QEventLoop(), QTimer()
    looks.timeout.connect(lambda: condition() and loop.quit())
    looks.start(20)
    QTimer.singleShot(30_000, loop.quit)
    loop.exec()

def rect(found):
    return [found.x(), found.y(), found.width(), found.height()]

def look():
    return {
        "frame": rect(window.frameGeometry()),
        "inner": rect(window.geometry()),
        "room": rect(QGuiApplication.primaryScreen().availableGeometry()),
        "cut": [str(w) for part in parts for w in (*strays(part), *clipped_labels(part))],
        "map": window.parts.boundary_view.plot.view.screenGeometry().height(),
    }

window = open_window(keeps_settings=False)
parts = (window.parts.transport, window.parts.network_panel, window.parts.boundary_panel)
wait_until(lambda: window.frameGeometry().height() > window.geometry().height())
wait_until(lambda: not look()["cut"])  # Qt lays out again after each change of the size
seen = {"first": look()}
window.showMaximized()
wait_until(lambda: window.isMaximized() and window.parts.width() == window.width())
wait_until(lambda: not look()["cut"])
seen["maximised"] = look()
print(json.dumps(seen))
window.close()
"""


@needs_screen
@needs_frames
@pytest.mark.parametrize(("width", "height", "scale"), SCREENS)
def test_the_first_start_fits_with_its_frame_and_maximised_nothing_is_cut(
    width: int, height: int, scale: float
) -> None:
    with framed_screen(width, height) as display:
        variables = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": str(scale)}
        variables["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=os.environ | variables,
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    first = seen["first"]
    assert first["frame"][3] > first["inner"][3]  # it has a frame
    room = first["room"]
    assert first["frame"][2] <= room[2]
    assert first["frame"][3] <= room[3]
    assert first["inner"][2] >= min(1280, room[2] - 40)  # and uses the room there is
    for look in seen.values():
        assert look["cut"] == []
        assert look["map"] >= (340 if room[3] >= 700 else 280)
