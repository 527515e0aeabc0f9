"""What pages show: plain view models made from the actions' results. No request, no database, no template."""
