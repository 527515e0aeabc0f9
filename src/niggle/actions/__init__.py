"""What people do: open the athlete's scope, load rows, call core, store, return. Every write goes through here."""
