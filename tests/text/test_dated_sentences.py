import datetime

import pytest

from assistant.text.dates import dates, find_dates, moments, relative_dates, without_dates
from assistant.text.moments import Moment

# the day on which it was written, a sentence with one date, and the days that it stands for
PHRASES = """
# sport, Wednesday 12 June 2024
2024-06-12|The final was played on Sunday.|2024-06-09/2024-06-09
2024-06-12|The final will be played on Sunday.|2024-06-16/2024-06-16
2024-06-12|Qualifying starts Friday in Gravesholm.|2024-06-14/2024-06-14
2024-06-12|She won three gold medals over the weekend.|2024-06-08/2024-06-09
2024-06-12|The sides will meet over the weekend.|2024-06-15/2024-06-16
2024-06-12|The club has signed nobody in the past 48 hours.|2024-06-10/2024-06-12
2024-06-12|He was champion throughout the 1990s.|1990-01-01/1999-12-31
2024-06-12|The 2023-24 season was their worst.|2023-01-01/2024-12-31
2024-06-12|The team was relegated in 2016/17.|2016-01-01/2017-12-31
2024-06-12|The tour runs between 17 September and 2 October 2024.|2024-09-17/2024-10-02
2024-06-12|The tour ran from 28 December to 4 January.|2023-12-28/2024-01-04
2024-06-12|The Games will open on July 26.|2024-07-26/2024-07-26
2024-06-12|The Games opened on 9 July.|2024-07-09/2024-07-09
2024-06-12|The cup final is set for May 31.|2025-05-31/2025-05-31
2024-06-12|Training resumes in August.|2024-08-01/2024-08-31
2024-06-12|He broke his leg in August.|2023-08-01/2023-08-31
2024-06-12|The match on Saturday, 8 June 2024, was called off.|2024-06-08/2024-06-08
2024-06-12|Entries closed on 03/06/2024.|None
2024-06-12|Entries closed on 29/02/2024.|2024-02-29/2024-02-29
2024-06-12|They have lost twice in the last two weeks.|2024-05-29/2024-06-12
2024-06-12|Her debut came two years ago.|2022-01-01/2022-12-31
2024-06-12|The league begins next month.|2024-07-01/2024-07-31
2024-06-12|The draw is on Tuesday of next week.|2024-06-18/2024-06-18
2024-06-12|He set the record in early 2021.|2021-01-01/2021-04-30
2024-06-12|It was the club of the late 1960s.|1967-01-01/1969-12-31
2024-06-12|They trained from Monday to Wednesday.|2024-06-10/2024-06-12
2024-06-12|The captain retired last night.|2024-06-11/2024-06-11
2024-06-12|The coach will speak tomorrow.|2024-06-13/2024-06-13
2024-06-12|He has coached since March 2020.|2020-03-01/2020-03-31
2024-06-12|Riders reach the coast by Friday.|2024-06-14/2024-06-14
# business, Tuesday 5 November 2024
2024-11-05|Sales fell in Q3 2024.|2024-07-01/2024-09-30
2024-11-05|Sales fell in the third quarter of 2024.|2024-07-01/2024-09-30
2024-11-05|Profit rose in the fourth quarter of last year.|2023-10-01/2023-12-31
2024-11-05|Orders doubled in Q2.|2024-04-01/2024-06-30
2024-11-05|The plant will close in Q1.|2025-01-01/2025-03-31
2024-11-05|The bank cut rates at the end of last week.|2024-10-31/2024-11-03
2024-11-05|The merger was announced early last week.|2024-10-28/2024-10-30
2024-11-05|The merger was announced earlier this week.|2024-11-04/2024-11-05
2024-11-05|The shares will be listed later this month.|2024-11-05/2024-11-30
2024-11-05|The company reports earnings on 14 November.|2024-11-14/2024-11-14
2024-11-05|The company is expected to report on Thursday.|2024-11-07/2024-11-07
2024-11-05|The company reported on Thursday.|2024-10-31/2024-10-31
2024-11-05|The deal closed on 2024-10-01.|2024-10-01/2024-10-01
2024-11-05|The deal closed on 2024/10/01.|2024-10-01/2024-10-01
2024-11-05|The deal closed on 01.10.2024.|2024-10-01/2024-10-01
2024-11-05|The deal closed on 10/31/2024.|2024-10-31/2024-10-31
2024-11-05|The deal closed on 31/10/2024.|2024-10-31/2024-10-31
2024-11-05|The firm was founded in the ’80s.|1980-01-01/1989-12-31
2024-11-05|The firm was founded in the 1800s.|1800-01-01/1899-12-31
2024-11-05|Prices rose between May and July.|2024-05-01/2024-07-31
2024-11-05|Prices rose from May to July 2023.|2023-05-01/2023-07-31
2024-11-05|Wages stagnated from 2010 to 2019.|2010-01-01/2019-12-31
2024-11-05|Wages stagnated between 2010 and 2019.|2010-01-01/2019-12-31
2024-11-05|Wages stagnated in 2010–2019.|2010-01-01/2019-12-31
2024-11-05|Exports grew in the first half of 2024.|2024-01-01/2024-06-30
2024-11-05|Exports grew in the second half of last year.|2023-07-01/2023-12-31
2024-11-05|Shares lost a fifth last year.|2023-01-01/2023-12-31
2024-11-05|The strike will begin on Monday.|2024-11-11/2024-11-11
2024-11-05|The tariff takes effect in January.|2025-01-01/2025-01-31
2024-11-05|The tariff took effect in January.|2024-01-01/2024-01-31
2024-11-05|The lease is due to end in March.|2025-03-01/2025-03-31
2024-11-05|Traders sold off yesterday.|2024-11-04/2024-11-04
2024-11-05|The fund paid out on Oct. 15.|2024-10-15/2024-10-15
# science, Monday 3 March 2025
2025-03-03|The probe landed on Sunday.|2025-03-02/2025-03-02
2025-03-03|The probe will land on Thursday.|2025-03-06/2025-03-06
2025-03-03|The launch is scheduled for 16 March.|2025-03-16/2025-03-16
2025-03-03|The eclipse will be seen in August 2026.|2026-08-01/2026-08-31
2025-03-03|The crater was mapped in late 2019.|2019-09-01/2019-12-31
2025-03-03|The vaccine was tested in autumn 2023.|2023-09-01/2023-11-30
2025-03-03|The survey lasted from 2014 to 2017.|2014-01-01/2017-12-31
2025-03-03|The survey lasted from 2014-17.|2014-01-01/2017-12-31
2025-03-03|The comet was seen three weeks ago.|2025-02-10/2025-02-16
2025-03-03|The paper appeared a month ago.|2025-02-01/2025-02-28
2025-03-03|The telescope failed in mid-January.|2025-01-12/2025-01-22
2025-03-03|The telescope will open in mid-June.|2025-06-11/2025-06-20
2025-03-03|In the past decade the ice has halved.|2010-01-01/2019-12-31
2025-03-03|In the last 10 years the ice has halved.|2015-03-03/2025-03-03
2025-03-03|Rain fell in the last 24 hours.|2025-03-02/2025-03-03
2025-03-03|The species was named in 1843.|1843-01-01/1843-12-31
2025-03-03|The trial starts on April 1.|2025-04-01/2025-04-01
2025-03-03|The trial started on April 1.|2025-04-01/2025-04-01
2025-03-03|The trial started on June 1.|2024-06-01/2024-06-01
2025-03-03|The satellite will re-enter on 30 November.|2025-11-30/2025-11-30
2025-03-03|The samples return to Earth next year.|2026-01-01/2026-12-31
2025-03-03|The mission left in September of last year.|2024-09-01/2024-09-30
2025-03-03|The reactor is planned for the 2030s.|2030-01-01/2039-12-31
2025-03-03|The drug was approved this morning.|2025-03-03/2025-03-03
2025-03-03|The institute opened on the 17th of September, 2012.|2012-09-17/2012-09-17
2025-03-03|The storm hit on 29 February.|2024-02-29/2024-02-29
2025-03-03|The study ended in winter 2023.|2023-12-01/2024-02-29
2025-03-03|The herd was counted last weekend.|2025-03-01/2025-03-02
2025-03-03|The meeting of the 1920s changed physics.|1920-01-01/1929-12-31
2025-03-03|The rover fell silent the day before yesterday.|2025-03-01/2025-03-01
# politics, Friday 19 July 2024
2024-07-19|Parliament voted on Wednesday.|2024-07-17/2024-07-17
2024-07-19|Parliament votes on Wednesday.|2024-07-24/2024-07-24
2024-07-19|Hearings begin Wednesday.|2024-07-24/2024-07-24
2024-07-19|Leaders will meet at a summit in September.|2024-09-01/2024-09-30
2024-07-19|Leaders met at a summit in September.|2023-09-01/2023-09-30
2024-07-19|The election will be held in November.|2024-11-01/2024-11-30
2024-07-19|The election was held in November.|2023-11-01/2023-11-30
2024-07-19|The minister is to resign on Monday.|2024-07-22/2024-07-22
2024-07-19|The minister resigned on Monday.|2024-07-15/2024-07-15
2024-07-19|She said the talks would go on, and the senate meets on Tuesday.|2024-07-23/2024-07-23
2024-07-19|The bill, which passed on Tuesday, will be signed.|2024-07-16/2024-07-16
2024-07-19|The law was adopted on 17 September 2022.|2022-09-17/2022-09-17
2024-07-19|The treaty of September 17, 2022 is void.|2022-09-17/2022-09-17
2024-07-19|The mayor took office in 2019.|2019-01-01/2019-12-31
2024-07-19|Polls open on August 4.|2024-08-04/2024-08-04
2024-07-19|The party met in late June.|2024-06-21/2024-06-30
2024-07-19|The budget is due in the middle of next week.|2024-07-23/2024-07-25
2024-07-19|Nobody has governed since May.|2024-05-01/2024-05-31
2024-07-19|The ban holds until March 2026.|2026-03-01/2026-03-31
2024-07-19|The king abdicated in the early 1930s.|1930-01-01/1932-12-31
2024-07-19|The council sits this week.|2024-07-15/2024-07-21
2024-07-19|The envoy arrived last Thursday.|2024-07-18/2024-07-18
2024-07-19|The envoy arrives next Thursday.|2024-07-25/2024-07-25
2024-07-19|The truce lasted between 3 and 9 July.|2024-07-03/2024-07-09
2024-07-19|The truce lasted from 28 June to 9 July.|2024-06-28/2024-07-09
2024-07-19|The conference ran from Monday until Thursday.|2024-07-15/2024-07-18
2024-07-19|The vote is expected by Friday.|2024-07-26/2024-07-26
2024-07-19|The prime minister spoke today.|2024-07-19/2024-07-19
2024-07-19|The constitution of 1958 stands.|1958-01-01/1958-12-31
2024-07-19|Campaigning ended two days ago.|2024-07-17/2024-07-17
# crime and weather, Sunday 1 December 2024
2024-12-01|The trial will begin on 9 December.|2024-12-09/2024-12-09
2024-12-01|He was arrested on 22 November.|2024-11-22/2024-11-22
2024-12-01|He was arrested on November 22-23.|2024-11-22/2024-11-23
2024-12-01|The robbery took place in the past six months.|2024-06-01/2024-12-01
2024-12-01|He will be sentenced in February.|2025-02-01/2025-02-28
2024-12-01|He was sentenced in February.|2024-02-01/2024-02-29
2024-12-01|Snow fell on Saturday.|2024-11-30/2024-11-30
2024-12-01|Snow will fall on Saturday.|2024-12-07/2024-12-07
2024-12-01|Flood warnings are likely to last through the weekend.|2024-11-30/2024-12-01
2024-12-01|The storm made landfall on Oct. 9, 2024.|2024-10-09/2024-10-09
2024-12-01|The hurricane season ended yesterday.|2024-11-30/2024-11-30
2024-12-01|The drought began in summer 2021.|2021-06-01/2021-08-31
2024-12-01|Fires burned from 12/08/2024 onwards.|None
2024-12-01|Fires burned on 13/08/2024.|2024-08-13/2024-08-13
2024-12-01|The thefts happened between October 3 and October 20.|2024-10-03/2024-10-20
2024-12-01|The thefts happened between Oct. 3 and Nov. 2, 2023.|2023-10-03/2023-11-02
2024-12-01|The warden retired in the 2000s.|2000-01-01/2009-12-31
2024-12-01|The court will rule on Tuesday.|2024-12-03/2024-12-03
2024-12-01|The court ruled on Tuesday.|2024-11-26/2024-11-26
2024-12-01|The court has until Tuesday.|2024-12-03/2024-12-03
2024-12-01|Rain is forecast for the start of next week.|2024-12-02/2024-12-04
2024-12-01|He escaped at the beginning of November.|2024-11-01/2024-11-10
2024-12-01|Gangs fought in 1920–33.|1920-01-01/1933-12-31
2024-12-01|The cold spell ended in mid-2018.|2018-05-01/2018-08-31
2024-12-01|The victim was last seen a week ago.|2024-11-18/2024-11-24
2024-12-01|The victim was last seen this year.|2024-01-01/2024-12-31
2024-12-01|The hearing opens on December 12th.|2024-12-12/2024-12-12
"""
ROWS = [tuple(line.split("|")) for line in PHRASES.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(("written", "sentence", "expected"), ROWS)
def test_a_sentence_is_dated(written: str, sentence: str, expected: str) -> None:
    (found,) = find_dates(sentence, datetime.date.fromisoformat(written))
    assert (f"{found.period.start}/{found.period.end}" if found.period else "None") == expected


def test_the_order_of_day_and_month_decides_where_it_is_known() -> None:
    (found,) = find_dates("on 3/5/2024", day_first=True)
    assert found.period and found.period.start == datetime.date(2024, 5, 3)
    (found,) = find_dates("on 3/5/2024", day_first=False)
    assert found.period and found.period.start == datetime.date(2024, 3, 5)
    (found,) = find_dates("on 3/5/2024")
    assert found.period is None
    assert found.stated == ()


def test_dates_state_what_can_be_compared() -> None:
    found, rest = moments("On Tuesday 17/09/2024 and between May 2 and 4, 2023, 12 of 30 boats sank.")
    assert Moment(2024, 9, 17) in found
    assert Moment(2023, 5, 2) in found
    assert Moment(2023, 5, 4) in found
    assert Moment(weekday=1) in found
    assert "12 of 30 boats sank" in rest
    assert "2024" not in rest


def test_relative_dates_take_their_preposition() -> None:
    text = "the derailment on Tuesday near Lesk in 2023, three weeks ago"
    assert [span.text for span in relative_dates(text)] == ["on Tuesday", "three weeks ago"]
    assert [span.text for span in dates(text)] == ["Tuesday", "2023", "three weeks ago"]
    assert without_dates("They left in 2023.").split() == ["They", "left", ";", "."]
