"""Articles -> stories: which articles report one event, one article at a time."""

from collections.abc import Sequence

from consilience.model import Membership, Reading
from consilience.stories.features import Features, features, of_reading, of_readings
from consilience.stories.grouper import Grouper

__all__ = ["Features", "Grouper", "features", "group", "of_reading"]


def group(readings: Sequence[Reading]) -> list[tuple[tuple[Reading, ...], tuple[Membership, ...]]]:
    """The stories of a pile of articles: readings sorted by id, with each one's membership.

    The same pile gives the same stories in whatever order it comes. Stories are sorted by their first
    article's id.
    """
    named = {r.article.id: r for r in readings}
    grouper = Grouper()
    for article in of_readings(list(named.values())):
        grouper.add(article)
    grouper.settle()
    why = grouper.memberships()
    out = []
    for ids in grouper.stories():
        ordered = sorted(ids)
        out.append((tuple(named[i] for i in ordered), tuple(why[i] for i in ordered)))
    return sorted(out, key=lambda story: story[0][0].article.id)
