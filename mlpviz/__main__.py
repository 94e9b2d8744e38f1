"""`python -m mlpviz`, and what the installed command `mlpviz` calls."""

import signal
import sys

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    # Until `main` says more: no traceback from among the imports.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> int:
    """Run the command line and return the exit code."""
    from mlpviz.experiment.terminal.signals import end_at_signals

    end_at_signals()  # before all that takes a while to import
    from mlpviz.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
