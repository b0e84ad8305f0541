"""The planner's problem of some workbooks, read as the program reads them."""

from pathlib import Path

from returnplan.config import load_config
from returnplan.matching import match
from returnplan.problem import build_problem
from returnplan.problem.model import Problem
from returnplan.usecases.campaign import Campaign, Inputs, no_progress
from returnplan.usecases.check import read_and_enrol


def read_problem(folder: Path, *inputs: str) -> Problem:
    """Return the problem of a folder with a returnplan.toml; its workbooks lie in it or in these folders of it."""
    campaign = Campaign(load_config(folder / "returnplan.toml"), folder / "none.db")
    paths = tuple(folder / name for name in inputs) or (folder,)
    _, roster, rules = read_and_enrol(campaign, Inputs(paths), None, no_progress)
    return build_problem(match(roster), rules)[0]
