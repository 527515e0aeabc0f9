"""The store: the one Django app. Rows, scopes, mapping, migrations, and streams on disk."""
