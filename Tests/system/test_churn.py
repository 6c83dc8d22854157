"""Everybody who came has gone: nothing of them is left in the server."""

import churn


def test_nothing_is_left_of_clients_that_come_and_go(request, seed):
    connects = request.config.getoption("--connects")
    # Of the long run memory is compared: a hundred thousand in ten minutes.
    figures = churn.run(connects, at_once=32, seed=seed, rate=170 if connects >= 50_000 else 0)
    assert sum(figures["ways"].values()) == figures["connects"]
    assert len(figures["ways"]) == 6
