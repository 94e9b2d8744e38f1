"""What is written: the printout, tables, scripts, and the report."""
