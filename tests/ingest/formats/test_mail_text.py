import pytest

from assistant.ingest.formats.mail import read_mail
from assistant.ingest.formats.mail_text import forwarded, without_mail_lines

TEXT = "The harbour of Velmo was shut on Friday after a ferry had struck the pier, the port authority said."
HEAD = "From: Jo Lind <jo@a.example>\nSubject: Fwd: Harbour shut\nDate: Sat, 8 Mar 2025 09:00:00 +0100\n"


@pytest.mark.parametrize(
    "line",
    [
        "No images? Click here",
        "Read online",
        "Forwarded this email? Subscribe here",
        "You receive this letter because you signed up at a.example. Unsubscribe or manage preferences.",
        "You are getting this because you subscribed on our site.",
        "Wenn Sie keine Post mehr wünschen, können Sie sich hier abmelden.",
    ],
)
def test_what_a_mail_says_of_itself_is_no_text(line: str) -> None:
    assert without_mail_lines(f"{line}\n{TEXT}\n{TEXT}\n{line}").split() == f"{TEXT} {TEXT}".split()


@pytest.mark.parametrize(
    "line",
    [
        "Customers could not unsubscribe for a week, the regulator said.",
        "Pupils may opt out of the test until June.",
        "Wer ausreisen will, muss sich im Rathaus abmelden.",
    ],
)
def test_reports_of_such_things_stay(line: str) -> None:
    assert line in without_mail_lines(f"{TEXT}\n{line}\n{TEXT}\n{TEXT}")


@pytest.mark.parametrize(
    ("mark", "names"),
    [
        ("---------- Forwarded message ---------", ("From", "Date", "Subject")),
        ("-----Ursprüngliche Nachricht-----", ("Von", "Gesendet", "Betreff")),
        ("-------- Message transféré --------", ("De", "Date", "Objet")),
    ],
)
def test_a_forwarded_mail_is_that_of_its_first_sender(mark: str, names: tuple[str, str, str]) -> None:
    values = ("Velmo Post <news@velmo.example>", "7 March 2025 08:00", "Harbour shut")
    lines = [mark, *(f"{name}: {value}" for name, value in zip(names, values, strict=True)), "", TEXT]
    within, text = forwarded("\n".join(["Worth reading.", *lines]))
    assert (within["from"], within["subject"], text.strip()) == (values[0], "Harbour shut", TEXT)
    document = read_mail(f"{HEAD}\n".encode() + "\n".join(lines).encode())
    assert document.fields["publisher"] == "Velmo Post"
    assert document.fields["published"] == "7 March 2025 08:00"


def test_what_a_mail_hides_is_not_read() -> None:
    markup = f"<div style='display:none'>Plus: prices</div><p>{TEXT}</p><span class='preheader'>Soon</span>"
    document = read_mail(f"{HEAD}Content-Type: text/html\n\n<html>{markup}</html>".encode())
    assert document.text.strip() == TEXT
