"""Speed and quality of kgraph as ratios, measured in one run: ``python -m benchmarks``."""
