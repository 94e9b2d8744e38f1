"""What is written: the printout, tables, and the report."""
