"""What is done with the mathematics: recipes, runs, their history, and the trainer thread.

No Qt here: everything runs in a plain test or a notebook.
"""
