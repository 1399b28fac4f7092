"""What a client asks of a file beyond its address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gevinst.edition.ranges import has_it_already, parts_asked_for, takes_gzip


@pytest.mark.parametrize(
    ("named", "is_packed"),
    [("gzip", True), ("br, GZIP", True), ("gzip;q=0.5", True), ("*", True), ("gzip;q=0", False),
     ("gzip; q=0.000", False), ("br", False), ("", False), (None, False), ("xgzip", False), ("*;q=0", False),
     ("gzip;q=0, *", False)],
)  # fmt: skip
def test_only_who_says_so_gets_a_packed_answer(named, is_packed):
    assert takes_gzip(named) is is_packed


@given(header=st.text(st.sampled_from("0123456789-,= bytesBYTES\t+_²")), size=st.integers(0, 300))
def test_parts_lie_in_the_file_whatever_is_asked_for(header, size):
    for first, last in parts_asked_for(f"bytes={header}", size) or []:
        assert 0 <= first <= last < size


@given(first=st.integers(0, 300), length=st.integers(1, 300), size=st.integers(0, 300))
def test_a_part_is_what_the_file_has_of_it(first, length, size):
    file = (bytes(range(256)) * 2)[:size]
    parts = parts_asked_for(f"bytes={first}-{first + length - 1}, -{length}", size)
    assert parts is not None
    named = [file[first : first + length], file[-length:]]
    assert [file[begin : end + 1] for begin, end in parts] == [part for part in named if part]


@given(tag=st.text(), date=st.text())
def test_any_tag_and_any_date_is_read_or_passed_over(tag, date):
    assert isinstance(has_it_already(tag, date, '"x"', 0), bool)
    assert isinstance(has_it_already(None, date, '"x"', 0), bool)
