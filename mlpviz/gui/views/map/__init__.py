"""The decision boundary over the input plane, and drawing upon it."""
