"""The explanation of every headline figure."""
