"""How far the prices of a plan hold."""
