"""Plans as pages: overview, today's session, week, tests, race."""
