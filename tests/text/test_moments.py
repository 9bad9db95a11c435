import datetime

from assistant.text.moments import Moment, day, resolved, stated_moments


def test_a_date_is_part_of_one_that_says_the_same_and_more() -> None:
    assert Moment(month=5).is_part_of(Moment(2024, 5, 3))
    assert not Moment(month=6).is_part_of(Moment(2024, 5, 3))


def test_a_range_of_years_states_both() -> None:
    assert stated_moments("years", {"year": "2016", "last": "19"}) == (Moment(2016), Moment(2019))


def test_a_weekday_is_the_last_one_before_publication() -> None:
    published = datetime.date(2024, 6, 12)
    assert day(datetime.date(2024, 6, 10)) in list(resolved([Moment(weekday=0)], "on Monday", published))
