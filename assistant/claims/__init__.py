"""Claims: who says what, to what degree, and whether sources agree."""
