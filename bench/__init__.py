"""Measurements, run by hand: `python -m bench.NAME`. Quote ratios of one run."""
