"""Many runs: seeds, studies beside the window, and how fast training is."""
