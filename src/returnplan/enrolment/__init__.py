"""Enrolment: from what the files said (Intake) to who travels from where to where (Roster).

The modules are imported by their names: the settings must load without pandas (config, ``manifest``).
"""
