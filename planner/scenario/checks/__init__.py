"""What is checked of a scenario once its cells are read."""
