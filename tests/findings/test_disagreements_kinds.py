"""Differences of status, actor and content: what a clause tells, and which two are set against each other."""

from unittest import mock

import pytest

from consilience import pipeline, reports
from consilience.findings import (
    disagreements_actor,
    disagreements_content,
    disagreements_figures,
    disagreements_moved,
    disagreements_rebuttals,
    disagreements_status,
    disagreements_subjects,
    features,
)
from consilience.findings import scores as scoring
from consilience.findings.disagreements_happenings import Clause, read
from consilience.model import Article, Completeness, StoryReading


def understood(text, name="a", published=None):
    """The reading of a text."""
    article = Article(name, name, text, Completeness("whole"), language="en", published=published)
    (told,) = pipeline.understand([article])
    return told


@pytest.mark.parametrize(
    ("text", "phase", "named"),
    [
        ("The minister visited the town on Saturday.", "done", "visit"),
        ("The minister will visit the town on Saturday.", "ahead", "visit"),
        ("The minister is to travel to the town on Saturday.", "ahead", "visit"),
        ("The minister promised to visit the town.", "ahead", "visit"),
        ("The minister called off his visit to the town.", "off", "visit"),
        ("The visit was cancelled on Friday.", "off", "visit"),
        ("The minister pulled out of a visit on Wednesday.", "off", "visit"),
        ("The unions have suspended the strike of 3 July.", "held", "strike"),
        ("The federation has put off its strike to June 19.", "late", "strike"),
        ("The union will not strike on Monday.", "refused", "strike"),
        ("The union plans a strike on Monday.", "ahead", "strike"),
        ("The union called a 48-hour strike from Wednesday.", "ahead", "strike"),
        ("The union ended its strike on Monday.", "over", "strike"),
        ("The search for survivors is over.", "over", "search"),
        ("The search for survivors went on into the night.", "on", "search"),
        ("Drilling has not started at the site.", "not yet", "drilling"),
        ("The contract has not been signed so far.", "not yet", "signing"),
        ("The contract was signed in August.", "done", "signing"),
        ("The talks resumed on Friday.", "back", "meeting"),
        ("The report is due to be published next week.", "ahead", "publication"),
        ("The department will send six nurses to the county.", "ahead", "#6 nurs"),
        ("The accord has yet to be signed.", "not yet", "signing"),
        ("The minister will step down on Monday.", "ahead", "resignation"),
        ("The curfew was lifted on Wednesday.", "lifted", "curfew"),
    ],
)
def test_how_far_a_happening_has_come(text, phase, named):
    told = understood(text)
    found = [h for statement in told.statements for h in read(told, statement)]
    assert any(h.phase == phase and named in h.core for h in found), found


@pytest.mark.parametrize(
    "text",
    [
        "Will the minister visit the town?",
        "She would visit if the road were open.",
        "He asked whether the visit had been cancelled.",
    ],
)
def test_questions_and_conditions_tell_nothing(text):
    told = understood(text)
    assert not [h for statement in told.statements for h in read(told, statement)]


@pytest.mark.parametrize(
    ("text", "doer", "denied"),
    [
        ("It was the mayor who gave the order.", "the mayor", ""),
        ("It was Holt, not the state, who ordered the closure.", "Holt ,", "the state ,"),
        ("It was not the mayor who gave the order.", "", "the mayor"),
        ("It was not she but Governor Ruiz who closed the markets.", "Governor Ruiz", "she"),
        ("A cracked helium line, not the valve, caused the delay.", "A cracked helium line", "valve"),
    ],
)
def test_on_whom_a_sentence_insists(text, doer, denied):
    (sentence,) = understood(text).analysis.sentences
    found = disagreements_actor.insistence(sentence)
    assert found is not None
    assert " ".join(sentence.tokens[k].text for k in found.doer) == doer
    assert " ".join(sentence.tokens[k].text for k in found.denied) == denied


@pytest.mark.parametrize(
    "text",
    [
        "It was raining when the boat sank.",
        "It was said that the mayor resigned.",
        "He did not come, and left.",
    ],
)
def test_sentences_that_insist_on_nobody(text):
    (sentence,) = understood(text).analysis.sentences
    assert disagreements_actor.insistence(sentence) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bus burned because of a short circuit.", ["short circuit"]),
        ("The fire was caused by a cigarette.", ["cigarette"]),
        ("Police blame the strikers.", ["strikers"]),
        ("Experts traced the fire to a faulty heater.", ["faulty heater"]),
        ("The bus burned on Monday.", []),
    ],
)
def test_what_is_called_a_cause(text, expected):
    told = understood(text)
    (statement,) = told.statements
    place = statement.evidence
    clause = Clause(told, told.analysis.sentences[0], place.start, place.end)
    found = [c.text for c in disagreements_content.causes(clause, text)]
    assert len(found) == len(expected) and all(e in f for e, f in zip(expected, found, strict=True))


def told_of(module, first, second, likely=0.6):
    """The differences that a module tells of two reports whose clauses are so likely one fact."""
    readings = [understood(first, "a", "2024-05-02T09:00"), understood(second, "b", "2024-05-03T09:00")]
    entities, resolved = reports.resolve(readings)
    story = StoryReading("s", tuple(resolved), tuple(entities))
    units = features.units(story)
    ours = [k for k, a in enumerate(units.article) if a == 0]
    pairs = {(i, j): likely for i in ours for j in range(len(ours), len(units.statements))}
    scored = scoring.Scores(units, pairs, {(0, 1): likely}, {})
    with mock.patch.object(scoring, "of", lambda _: scored):
        return list(module.differences(story, ()))


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("The minister will visit the town on Friday.", "The minister called off his visit to the town.",
         {"still to come", "called off"}),
        ("The union will strike on Friday.", "The union has put off its strike.",
         {"still to come", "put off"}),
        ("The two leaders will sign a treaty.", "The two leaders signed a treaty.",
         {"still to come", "done"}),
        ("The contract was signed in March.", "No contract has been signed so far.", {"done", "not yet"}),
        ("The minister imposed a curfew.", "The curfew was lifted on Friday.", {"done", "lifted"}),
        ("The driver was arrested.", "The driver has not been arrested.", {"arrested", "not arrested"}),
        ("Police are looking for the owner.", "The owner was arrested.", {"looked for", "arrested"}),
        ("Police arrested a man on Monday.", "The man was released without charge.", {"arrested", "let go"}),
    ],
)  # fmt: skip
def test_status(first, second, names):
    (told,) = told_of(disagreements_status, first, second)
    assert told.kind == "status" and {name for name, _ in told.positions} == names
    assert all(e.text for _, evidence in told.positions for e in evidence)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The minister will visit the town.", "The minister is to travel to the town."),
        # what an earlier report has as done is not to come in a later one: another occasion
        ("The minister visited the town.", "The minister will visit the town."),
        ("The city will pay 40 grants.", "The city paid 12 grants."),
        ("The minister will visit the town.", "The union ended its strike."),
    ],
)
def test_no_difference_of_status(first, second):
    assert told_of(disagreements_status, first, second) == []


def test_who_ended_it_is_a_difference_of_actor():
    (told,) = told_of(disagreements_status, "Ana Ruiz resigned on Monday.", "Ana Ruiz was sacked on Monday.")
    assert told.kind == "actor"


def test_an_insistence_has_another_side():
    first = "It was Dora Holt, not the state, who ordered the pupils to stay at home."
    (told,) = told_of(disagreements_actor, first, "The state ordered the pupils to stay at home.")
    assert told.kind == "actor" and {name for name, _ in told.positions} == {"Dora Holt", "another"}
    assert told_of(disagreements_actor, first, "The pupils stay at home.") == []


def test_two_causes():
    first = "The bus burned on Monday because of a short circuit."
    (told,) = told_of(disagreements_content, first, "The fire in the bus was caused by a cigarette.")
    assert told.kind == "content" and len(told.positions) == 2
    assert told_of(disagreements_content, first, "A short circuit caused the fire.") == []


@pytest.mark.parametrize(
    ("text", "meeting", "expected"),
    [
        ("Talks on fishing rights and customs will be held in May.", "Talks", "fishing rights and customs"),
        ("The leaders met on Monday to discuss a railway.", "", "railway"),
        ("They will meet in May to discuss tariffs and work on a visa accord.", "",
         "tariffs and work on a visa accord"),
        ("In May there will be a high-level dialogue, on topics such as trade and water.",
         "high-level dialogue", "trade and water"),
        ("The conversation was about the date of a vote.", "conversation", "date of a vote"),
        ("The talks turned on fishing rights.", "talks", "fishing rights"),
        ("The meeting dealt with quotas.", "meeting", "quotas"),
        ("The leaders met on Monday.", None, None),
        ("The leaders met on Monday at noon.", None, None),
    ],
)  # fmt: skip
def test_what_a_meeting_is_about(text, meeting, expected):
    told = understood(text)
    sentence = told.analysis.sentences[0]
    found = disagreements_subjects.subject(Clause(told, sentence, sentence.start, sentence.end), text)
    if expected is None:
        assert found is None
    else:
        assert found and (found.meeting, found.text) == (meeting, found.place.of(text))
        assert found.text.endswith(expected)


def test_two_subjects_of_a_meeting():
    first = "The two countries will meet in May to discuss a new railway."
    second = "In May there will be a high-level dialogue on fishing rights."
    (told,) = told_of(disagreements_subjects, first, second)
    assert (told.kind, told.relation) == ("content", "scope") and len(told.positions) == 2
    assert told.about == "high-level dialogue: its subject"


@pytest.mark.parametrize(
    "second",
    [
        "In May there will be talks on the railway.",  # one subject
        "In May there will be talks on fishing rights and the new railway.",  # one of them shared
        "In July there will be talks on fishing rights.",  # another meeting
        "In May there will be a dialogue.",
    ],
)
def test_no_difference_of_subject(second):
    first = "The two countries will meet in May to discuss a new railway."
    assert told_of(disagreements_subjects, first, second) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The company denies this.", [False]),
        ("Mr Hale rejected the claim.", [False]),
        ("It was disputed by the ministry.", [False]),
        ("Witnesses said the guards fired first, which the army denied.", [True]),
        ("The mayor denied that the road was closed.", []),
        ("The mayor rejected the claim that the road was closed.", []),
        ("The company did not deny this.", []),
        ("The council rejected the plan.", []),
    ],
)
def test_denials_that_point_back(text, found):
    told = understood(text)
    sentence = told.analysis.sentences[0]
    clause = Clause(told, sentence, sentence.start, sentence.end)
    assert [r.inside is not None for r in disagreements_rebuttals.rebuttals(clause)] == found


GATES = "The town has 900 people. Anna Ruiz said the gates had been opened in the night. "


def test_a_claim_and_its_denial_beside_it():
    text = GATES + "The company denied this. “The gates stayed shut,” said its head, Tom Hale."
    (told,) = told_of(disagreements_rebuttals, text, "The river rose.", 0.1)
    sides = dict(told.positions)
    assert told.kind == "polarity" and set(sides) == {"said", "denied"}
    assert "gates had been opened" in sides["said"][0].text
    assert [e.text for e in sides["denied"]][0].startswith("The company denied this")
    assert any("stayed shut" in e.text for e in sides["denied"])


@pytest.mark.parametrize(
    ("first", "second", "dates"),
    [
        ("The house votes on 14 May.", "The vote was moved from 14 May to 21 May.", {"14 May", "21 May"}),
        ("Parliament will vote on 14 May.", "The vote was put off until 21 May.", {"14 May", "21 May"}),
        ("The council meets on 14 May.", "The council has brought its meeting forward to 10 May.",
         {"14 May", "10 May"}),
    ],
)  # fmt: skip
def test_a_date_that_was_moved(first, second, dates):
    (told,) = told_of(disagreements_moved, first, second)
    assert told.kind == "date" and {name for name, _ in told.positions} == dates


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Parliament will vote on 21 May.", "The vote has been moved from 14 May to 21 May."),
        ("The strike begins on 14 May.", "The vote was put off until 21 May."),  # of something else
        ("Parliament voted on 30 April.", "The vote was put off until 21 May."),  # no plan
        ("Parliament will vote on 14 May.", "The vote was not put off until 21 May."),
        ("Parliament will vote on 14 May.", "The twice-postponed vote was watched on 21 May."),
        ("Parliament will vote on 14 May.", "The vote was put off."),
    ],
)
def test_no_date_that_was_moved(first, second):
    assert told_of(disagreements_moved, first, second) == []


def test_two_ages_of_one_person():
    one = "Mayor Anna Ruiz-Sol, 52, opened the new market on Friday. Her brother Tom Hale, 50, was there."
    two = "The market was opened by Anna Ruiz-Sol, 53, who spoke for an hour."
    (told,) = told_of(disagreements_figures, one, two, 0.1)
    assert [[e.text for e in evidence] for _, evidence in told.positions] == [
        ["Ruiz-Sol, 52"],
        ["Ruiz-Sol, 53"],
    ]


def test_a_denial_that_breaks_off():
    for claim, denial in (
        ("The police opened fire, witnesses said.", "The police say that they did not."),
        ("Anna Ruiz said that the pact would cover the islands.", "Tom Hale said that it would not."),
        ("Anna Ruiz said that the pact would cover the islands.", "It will not, said Tom Hale."),
    ):
        text = f"The town has 900 people. {claim} {denial}"
        (told,) = told_of(disagreements_rebuttals, text, "The river rose.", 0.1)
        assert {name: len(evidence) for name, evidence in told.positions} == {"said": 1, "denied": 1}


@pytest.mark.parametrize(
    "text",
    [
        "Anna Ruiz said the gates had been opened. Tom Hale said that he would not.",  # another auxiliary
        "The mayor asked Anna Ruiz to resign. She said that she would not.",  # a demand, refused
        "Anna Ruiz said the gates had been opened. They had not been opened before.",
        GATES + "The company denied that it had sold the dam.",
        "Police say the driver fled. Police deny this.",  # a slip, or another police: who, is not said
        "Anna Ruiz vowed to sue. The company rejected the charge.",
        "The gates were opened in the night, and the river rose. The company denied this.",
    ],
)
def test_no_claim_beside_the_denial(text):
    assert told_of(disagreements_rebuttals, text, "The river rose.", 0.1) == []
