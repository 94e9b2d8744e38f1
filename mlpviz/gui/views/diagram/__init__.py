"""The network diagram: units, weights, and the editing of both."""
