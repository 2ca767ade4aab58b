"""From papers to annotations: a spaCy pipeline, one technique a file."""
