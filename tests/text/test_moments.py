from assistant.text.moments import Moment, stated_moments


def test_a_range_of_years_states_both() -> None:
    assert stated_moments("years", {"year": "2016", "last": "19"}) == (Moment(2016), Moment(2019))
