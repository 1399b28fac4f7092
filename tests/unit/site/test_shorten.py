"""Drawings in fewer bytes: neighbours that look alike share a group, and nothing that is seen changes."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from gevinst.site.figures.shorten import shorten

SVG = 'xmlns="http://www.w3.org/2000/svg"'


def shortened(inside: str) -> str:
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    root = ElementTree.fromstring(f"<svg {SVG}>{inside}</svg>")
    shorten(root)
    return ElementTree.tostring(root, encoding="unicode").removeprefix(f"<svg {SVG}>").removesuffix("</svg>")


def test_neighbours_that_look_alike_say_so_once_and_keep_their_order() -> None:
    look = 'style="fill:#000000;font-size:12px" text-anchor="middle"'
    other = '<text style="fill:#FFFFFF" x="3" y="3">c</text>'
    given = f'<text {look} x="1" y="1">a</text><text {look} x="2" y="2">b</text>{other}'
    assert shortened(given) == f'<g {look}><text x="1" y="1">a</text><text x="2" y="2">b</text></g>{other}'


@pytest.mark.parametrize(
    "style", ["opacity:0.5;fill:#000000", "mix-blend-mode:multiply", "fill:#000000;filter:url(#f)"]
)
def test_what_a_group_does_not_hand_down_stays_on_each(style: str) -> None:
    given = f'<path style="{style}" d="M1 1" /><path style="{style}" d="M2 2" />'
    assert shortened(given) == given


def test_a_text_is_where_the_group_that_moved_it_put_it() -> None:
    assert shortened('<g transform="translate(0.5,3)"><text x="824.7" y="876">3</text></g>') == (
        '<text x="825.2" y="879">3</text>'
    )
    lines = '<g transform="translate(0,3)"><text x="1" y="1"><tspan x="1">a</tspan></text></g>'
    assert shortened(lines) == lines, "its lines have places of their own"
    clipped = '<g clip-path="url(#c)" transform="translate(0,3)"><text x="1" y="1">a</text></g>'
    assert shortened(clipped) == clipped, "the group does more than move"


def test_a_circle_of_two_arcs_is_a_circle_and_another_shape_stays() -> None:
    arcs = "M9,0A9,9 0 1,1 0,-9A9,9 0 0,1 9,0Z"
    assert shortened(f'<path transform="translate(5,-7.5)" d="{arcs}" style="fill:#000000" />') == (
        '<circle cx="5" cy="-7.5" r="9" style="fill:#000000" />'
    )
    for path in ('transform="translate(5,7)" d="M9,9H-9V-9H9Z"', f'transform="rotate(45)" d="{arcs}"', f'd="{arcs}"'):
        assert shortened(f"<path {path} />") == f"<path {path} />"


def test_definitions_are_left_as_others_refer_to_them() -> None:
    given = (
        '<defs><pattern id="p"><path style="fill:red" d="M1 1" /><path style="fill:red" d="M2 2" /></pattern></defs>'
    )
    assert shortened(given) == given
