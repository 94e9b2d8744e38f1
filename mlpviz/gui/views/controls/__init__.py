"""The controls: every choice of a recipe, and the transport bar."""
