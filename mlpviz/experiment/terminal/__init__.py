"""The command line: its flags and their help, what a terminal can show, and signals."""
