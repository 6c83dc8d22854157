import pathlib
import random
import sys

import pytest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "support")]


def pytest_addoption(parser):
    parser.addoption("--cycles", type=int, default=25, help="how often the server is killed (25)")
    parser.addoption("--traced-sends", type=int, default=200, help="how many sends are watched by strace (200)")
    parser.addoption("--connects", type=int, default=3000, help="how many clients come and go (3000)")
    parser.addoption("--seed", type=int, default=None, help="repeats the moments of an earlier run")


@pytest.fixture(scope="session")
def seed(request):
    given = request.config.getoption("--seed")
    return random.SystemRandom().randrange(2**32) if given is None else given


@pytest.fixture(autouse=True)
def the_seed_is_printed(seed):
    print(f"seed {seed}: repeat with --seed {seed}")
