"""A file of each format -> documents: text in lines, and the metadata that the file states."""
