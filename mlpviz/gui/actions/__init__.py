"""What can be done, and to what. No widgets."""
