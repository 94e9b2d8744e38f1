"""The figures of a report, and the job that writes it."""
