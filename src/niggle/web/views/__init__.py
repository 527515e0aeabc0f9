"""Views: ask the clock, call an action, dress the result. No rule lives here."""
