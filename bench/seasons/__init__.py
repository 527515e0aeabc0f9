"""Runner-seasons, simulated day by day through the real decisions and calendars, and watched for what must never be.

people   who runs: profile, condition, habits, from a seed     tissue  the hidden truth: what hurts, what heals
records  what niggle has been told so far, late news included   season  one runner's twelve weeks
watch    the invariants, each an independent checker            know    what was known when, read from the raw entries
"""
