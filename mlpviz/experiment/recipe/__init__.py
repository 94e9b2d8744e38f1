"""Every choice of an experiment, its rules, its text, and the catalogue of experiments."""
