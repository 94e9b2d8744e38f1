"""What a clip is to show, asked in a drawer."""
