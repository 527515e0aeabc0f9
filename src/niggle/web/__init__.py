"""The web face: pages over niggle.actions. Views fetch and hand on; dress turns results into what a page shows."""
