"""What is said of a recipe and of a run: numbers, names and messages."""
