"""From the graph to files: one format a file."""
