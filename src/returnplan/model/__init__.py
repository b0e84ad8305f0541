"""The vocabulary and the ground: what we are told, what we promise, rules, faults, errors, texts."""
