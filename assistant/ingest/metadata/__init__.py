"""What an article states about itself: title, authors, date, language."""
