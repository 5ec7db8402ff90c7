"""What a difference is about, in words that all positions have in common."""

import pytest

from consilience.findings.disagreements_topic import topic
from consilience.model import Evidence


def position(*texts):
    return "", [Evidence(str(i), 0, len(t), t) for i, t in enumerate(texts)]


@pytest.mark.parametrize(
    ("positions", "about"),
    [
        (
            [position("The trip to the dry port was scrapped."), position("She will visit the dry port.")],
            "dry port",
        ),
        ([position("The curfew was lifted."), position("A curfew was imposed at night.")], "curfew"),
        (
            [position("The Senate will vote on Thursday."), position("On Thursday the Senate voted.")],
            "Thursday the Senate",
        ),
        ([position("Nobody came."), position("All were there on time.")], "Nobody came"),
        ([position("They agreed  to\nleave early."), position("He will leave.")], "leave"),
        ([], ""),
    ],
)
def test_what_it_is_about(positions, about):
    assert topic(positions) == about
