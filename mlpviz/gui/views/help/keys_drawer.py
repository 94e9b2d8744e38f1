"""The drawer of the keys, made from the table of actions."""

from mlpviz.experiment.language import tr
from mlpviz.gui.actions.action_table import key_rows
from mlpviz.gui.parts.text_drawer import TextDrawer


class KeysDrawer(TextDrawer):
    """Says what each key does."""

    def __init__(self) -> None:
        super().__init__("keys_drawer", tr("Keys"))
        self.add_table(key_rows())
        self.end()
