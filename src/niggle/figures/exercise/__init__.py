"""The moving exercise figures: a movement (values) becomes a solved motion, a picture and a list of what is wrong."""
