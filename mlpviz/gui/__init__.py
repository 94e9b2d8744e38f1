"""What is seen: the only folder that knows Qt and pyqtgraph.

`open_window(recipe=None)` shows the window and returns it.
"""

import gc

# What is imported here stays, some hundred thousand objects of it: to look through them for
# garbage again and again while they are made takes a tenth of the time of a start, and to look
# through them once later would hold up a running window for 40 ms.
_collects = gc.isenabled()
gc.disable()
try:
    from mlpviz.gui.window.app import open_window
finally:
    if _collects:
        gc.freeze()
        gc.enable()

__all__ = ["open_window"]
