"""One step, taken apart: what is computed at each stage."""
