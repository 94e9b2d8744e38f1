"""See how a small neural network learns.

The map of the code, in the order in which to read it:

    engine/      the mathematics; NumPy only
    experiment/  what is done with it: recipe, run, history, trainer thread, frame; no Qt
    gui/         what is seen; the only folder that knows Qt and pyqtgraph
    cli.py       the command line

The rule: a folder imports only folders above it. `tests/test_architecture.py` enforces it.

The straight line: the controls make a `Recipe`; it goes, like every other order, through one
inbox to the trainer thread of the `Runner`; that advances a `Training`, captures a `Frame` when
the last one has been taken, and leaves it in a slot; the window's timer takes it and hands it to
every view.

The words: *recipe* (every choice), *run* (a recipe and what was changed while it ran), *epoch*
(one pass over the training data), *state k* (the parameters after k epochs, 0 is untrained),
*frame* (all that the screen shows of one instant), *unit*, *surface* (the coloured plane),
*boundary* (its 0.5 line), *loss*.
"""

__version__ = "0.1.0"
