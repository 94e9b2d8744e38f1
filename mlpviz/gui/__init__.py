"""What is seen: the only folder that knows Qt and pyqtgraph.

`open_window(recipe=None)` shows the window and returns it.
"""

from mlpviz.gui.app import open_window

__all__ = ["open_window"]
