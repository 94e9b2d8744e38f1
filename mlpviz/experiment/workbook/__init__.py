"""Questions about a step, and what an answer to one is: right, or which slip it comes from."""
