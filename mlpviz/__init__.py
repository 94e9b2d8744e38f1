"""See how a small neural network learns.

The map of the code, in the order in which to read it:

    engine/        the mathematics; NumPy only. Read network.py; program.py does the training
    experiment/    what is done with it; no Qt
        data/        own tables: text, table, columns, data
        recipe/      every choice, its rules, the catalogue of experiments
        run/         run, history, frame, diagnosis, and the trainer thread with its orders
        study/       many runs: from many seeds, beside the window, and for the benchmark
        terminal/    the command line's flags and what it prints
        words/       what is said: numbers, names, messages
        workbook/    questions about a step, and the judging of answers
        writing/     what is written: exports, printout, scripts, report
        language.py  the catalogue of words, from which all comes that a person reads
    gui/           what is seen; the only folder that knows Qt and pyqtgraph
        actions/     what can be done, and to what; no widgets
        look/        how it looks: themes, colours, fonts, icons, settings
        parts/       widgets that know no network
        plots/       what plots are made of
        views/       what is seen, a folder for each view
        window/      where everything comes together
    cli.py         the command line

The rule: a folder imports only folders above it, no view imports another, and `actions` and `look`
do not know each other. `tests/test_architecture.py` enforces it.

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
