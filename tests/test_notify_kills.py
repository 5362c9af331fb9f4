"""A short form of benchmarks/deliveries.py: senders killed while their receiver misbehaves."""

from pathlib import Path

from sendings import Kill, Sendings


def test_nothing_is_lost_or_told_twice_however_the_sender_ends(tmp_path: Path) -> None:
    kills = [
        Kill("before an answer", 0, 2),
        Kill("after an answer", 1, 3),
        Kill("after an answer", 0, 1),
        Kill("before an answer", 0, 1),
    ]
    with Sendings(tmp_path, seed=7).open() as scene:
        met = []
        for kill in kills:
            met.append(scene.kill(kill))
        assert all(one.died for one in met)
        assert any(one.interrupted for one in met)
        account = scene.finish()
    assert account.released >= 6 * len(kills)
    assert (account.lost, account.told_twice) == ([], [])
    assert account.keys == account.accepted
