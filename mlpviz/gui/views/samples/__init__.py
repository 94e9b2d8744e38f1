"""The drawer of the samples, and ground truth beside prediction."""
