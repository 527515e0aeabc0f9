"""Wording: rule ids and facts become sentences here and nowhere else. Pure; kilometres or miles by Units."""
