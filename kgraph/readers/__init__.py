"""From files to papers: one format a file."""
