"""Everybody who came has gone: nothing of them is left in the server."""

import churn


def test_nothing_is_left_of_clients_that_come_and_go(request, seed):
    figures = churn.run(request.config.getoption("--connects"), at_once=32, seed=seed)
    assert sum(figures["ways"].values()) == figures["connects"]
    assert len(figures["ways"]) == 6
