"""What is seen: a folder for each view. None imports another."""
