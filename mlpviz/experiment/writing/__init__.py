"""What is written: the printout, tables, programs, and the report."""
