"""The drawer of many seeds."""
