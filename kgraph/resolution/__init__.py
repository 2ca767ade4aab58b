"""From mentions to nodes: one id for one thing."""
