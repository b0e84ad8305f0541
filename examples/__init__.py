"""The examples, and the scripts that make them."""
