from balint_desktop.domain.values import SoundSource
from balint_desktop.recordings.source_losses import SourceLoss
from balint_desktop.recordings.summary import Condition, PartVerdict, Verification, worst_condition
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind, TimelineStretch
from balint_desktop.text import recordings


def test_adjacent_silences_of_one_kind_are_reported_as_one():
    joined = JoinedRecording(
        (
            TimelineStretch(StretchKind.STRUCK, 1, 2, 1),
            TimelineStretch(StretchKind.STRUCK, 2, 4, 1),
            TimelineStretch(StretchKind.SOUND, 4, 9, 1),
        )
    )

    assert recordings.silences(joined) == "0:01 to 0:04: removed"


def test_each_condition_has_its_own_words():
    assert len({recordings.condition(c) for c in Condition}) == len(Condition)
    assert len({recordings.condition_sentence(c) for c in Condition}) == len(Condition)


def test_a_part_without_a_fingerprint_is_reported_as_such():
    verdict = Verification("r", Condition.INTERRUPTED, (PartVerdict(1, Condition.INTERRUPTED, 20.0, known=False),))

    assert recordings.verdict(verdict).endswith("Part 1: interrupted, 20 s; no fingerprint in the log")


def test_the_most_severe_condition_applies_to_the_whole():
    assert worst_condition((Condition.COMPLETE, Condition.DAMAGED, Condition.INTERRUPTED)) is Condition.DAMAGED
    assert worst_condition(()) is Condition.EMPTY


def test_a_lost_key_is_reported_instead_of_damaged_sound():
    part = PartVerdict(1, Condition.NOT_OURS, 24.0, known=True)
    result = recordings.verdict(Verification("r", Condition.DAMAGED, (part,), key=Condition.DAMAGED)).splitlines()

    assert result[0].startswith("Its key (key.age) is damaged or missing")
    assert result[1:] == ["Part 1: unchanged, 24 s"]


def test_a_part_with_the_call_in_it_is_told_so():
    part = PartVerdict(1, Condition.COMPLETE, 20.0, known=True, has_call=True)

    assert recordings.verdict(Verification("r", Condition.COMPLETE, (part,))).endswith(
        "Part 1: complete, 20 s, microphone and call"
    )


def test_each_stretch_without_a_source_names_the_one_that_was_recorded():
    losses = (SourceLoss(SoundSource.CALL, 60.0, 75.0), SourceLoss(SoundSource.MICROPHONE, 80.0, 90.0))

    assert recordings.losses(losses).splitlines() == [
        "1:00 to 1:15: only the microphone was recorded",
        "1:20 to 1:30: only the call was recorded",
    ]


def test_the_loss_in_a_damaged_part_is_quantified():
    def verdict_line(lost_s):
        part = PartVerdict(1, Condition.DAMAGED, 3600.0, known=True, lost_s=lost_s)
        return recordings.verdict(Verification("r", Condition.DAMAGED, (part,))).splitlines()[-1]

    assert verdict_line(20.8) == "Part 1: damaged, 60 min; 21 s cannot be read"
    assert verdict_line(0.0) == "Part 1: damaged, 60 min; no audio is lost"
