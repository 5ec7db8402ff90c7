"""The sentences with inline marks that the encoder's names are learnt from."""

import pytest

from training.encoder.marked import FOLDER, marked, unmarked


@pytest.mark.parametrize(
    ("line", "text", "spans"),
    [
        ("No name here.", "No name here.", []),
        (
            "[ORG Kestrel Ridge] wrote to [PER Ana Ruiz] of [LOC Rasa].",
            "Kestrel Ridge wrote to Ana Ruiz of Rasa.",
            [(0, 13, "organization"), (23, 31, "person"), (35, 39, "place")],
        ),
        ("He bought an [OTHER iPhone 4]’s case", "He bought an iPhone 4’s case", [(13, 21, "other")]),
    ],
)
def test_a_line_and_its_names(line, text, spans):
    assert unmarked(line) == (text, spans)


@pytest.mark.parametrize("line", ["[ORG Open", "a ] bracket", "[FOO Bar] baz"])
def test_a_stray_bracket_is_refused(line):
    with pytest.raises(ValueError, match="bracket"):
        unmarked(line)


@pytest.mark.parametrize("source", ["web", "news"])
def test_every_written_sentence_can_be_read(source):
    items = list(marked(source))
    assert len(items) > 900
    assert (FOLDER / f"{source}.txt").read_text(encoding="utf-8").startswith("# Invented")
    for item in items:
        tags = [w.tag or "O" for w in item.words]
        for before, tag in zip(["O", *tags], tags, strict=False):
            assert not tag.startswith("I-") or before[2:] == tag[2:]
