"""What plots are made of, for screen and paper."""
