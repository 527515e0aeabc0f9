"""Benchmarks: what backs every sentence about speed. Run one with `./run bench NAME`."""
