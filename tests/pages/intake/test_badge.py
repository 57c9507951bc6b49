from pages.intake import badge, delivery
from tests.pages.intake.given import job


def test_a_file_that_is_there_already_cannot_be_loaded_again():
    known = job({"status": "already_loaded"})
    assert badge.of_job(known) is badge.KNOWN
    assert not badge.can_load(known)


def test_only_a_checked_file_can_be_loaded():
    states = ("queued", "reading", "checked", "refused", "committing", "committed", "failed")
    assert [s for s in states if badge.can_load(job(state=s))] == ["checked"]


def test_what_moves_is_polled():
    states = ("queued", "reading", "checked", "refused", "committing", "committed", "failed")
    moving = [s for s in states if badge.is_moving(job(state=s))]
    assert moving == ["queued", "reading", "committing"]


def test_the_bar_never_goes_back_while_a_file_is_read():
    steps = [("waiting", 0.0), ("reading", 0.0), ("reading", 0.5), ("reading", 1.0)]
    shares = [badge.share(job(state="reading", step=step, progress=done)) for step, done in steps]
    shares.append(badge.share(job(state="reading", step="comparing", progress=1.0)))
    assert shares == sorted(shares)
    assert shares[-1] <= 1


def test_every_badge_has_a_mark_and_a_word():
    known = [one for one in vars(badge).values() if isinstance(one, badge.Badge)]
    known += [one for one in vars(delivery).values() if isinstance(one, badge.Badge)]
    assert len(known) > 10
    assert all(one.mark.strip() and one.word for one in known)


def test_no_two_deliveries_look_alike():
    states = ("COMPLETE", "PARTIAL", "NOTHING", "MISSING", "NOT_DUE")
    shown = [vars(delivery)[name] for name in states]
    for part in ("mark", "word", "tone"):
        assert len({getattr(one, part) for one in shown}) == len(shown)
