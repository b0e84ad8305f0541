"""What lies in the folder of a campaign unless its names are given."""

RULES_FILE = "returnplan.toml"
STORE_FILE = "returnplan.db"
PURGED_FILE = "已清除个人信息.txt"
"""Says what a folder is whose campaign is over."""
