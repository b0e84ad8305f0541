"""What lies in the folder of a campaign unless its names are given."""

RULES_FILE = "returnplan.toml"
STORE_FILE = "returnplan.db"
