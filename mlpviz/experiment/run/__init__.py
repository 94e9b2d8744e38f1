"""One run: its history and frames, what is wrong with it, and the thread that trains it."""
