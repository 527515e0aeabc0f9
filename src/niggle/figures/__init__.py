"""Pictures as pure functions: values in, a specification or SVG text out. Nothing here asks a database or a clock."""
