"""returnplan: the batch planner that sends migrant workers back to work."""

__version__ = "0.1.0"
