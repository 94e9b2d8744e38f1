"""What is seen: the only folder that knows Qt and pyqtgraph.

`open_window(recipe=None)` shows the window and returns it.
"""

import builtins
import gc
import sys
from importlib import import_module

# What is imported here stays, some hundred thousand objects of it: to look through them for
# garbage again and again while they are made takes a tenth of the time of a start, and to look
# through them once later would hold up a running window for 40 ms.
_collects, _import = gc.isenabled(), builtins.__import__
gc.disable()
# PySide puts an import of its own in the place of Python's, for scripts that ask for `__feature__`.
# It reads the source of each module that is then imported, which takes another tenth. Nothing is
# missed without: PySide goes through all modules that are there when a script first asks.
_is_first = "PySide6" not in sys.modules
try:
    import_module("PySide6.QtCore")
    if _is_first:
        _import, builtins.__import__ = builtins.__import__, _import
    from mlpviz.gui.window.app import open_window
finally:
    if _is_first:
        builtins.__import__ = _import
    if _collects:
        gc.freeze()
        gc.enable()

__all__ = ["open_window"]
