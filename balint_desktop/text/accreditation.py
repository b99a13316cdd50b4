"""Wording of the accreditation record, for the window and for exports."""

from __future__ import annotations

from balint_desktop.domain.accreditation.progress import Measure
from balint_desktop.domain.accreditation.reviews import Heading
from balint_desktop.domain.accreditation.values import ColleagueRole, MeetingKind, OwnRole, SupervisionForm
from balint_desktop.i18n import tr


def measure(of: Measure) -> str:
    """Return the label of a measure."""
    return {
        Measure.SESSIONS: tr("Sessions led or co-led"),
        Measure.SESSIONS_LEAD: tr("Sessions as lead, with a co-leader"),
        Measure.SESSIONS_CO_LED: tr("Sessions as co-leader"),
        Measure.SESSIONS_SOLO: tr("Sessions led alone"),
        Measure.CASES: tr("Case discussions led or co-led"),
        Measure.MONTHS: tr("Months of leading without a gap"),
        Measure.FACE_TO_FACE: tr("Face to face, per cent"),
        Measure.SUPERVISIONS: tr("Supervision sessions"),
        Measure.SUPERVISIONS_YEAR: tr("Supervision sessions in the last twelve months"),
        Measure.SUPERVISIONS_RECORDED: tr("Supervision sessions with recordings"),
        Measure.MEMBER_SESSIONS: tr("Sessions as a member"),
        Measure.WEEKENDS: tr("Leadership weekends"),
        Measure.INTENSIVES: tr("Intensives"),
        Measure.EVENTS: tr("Society events"),
    }[of]


def how_counted(of: Measure) -> str:
    """Return a sentence on how a measure is counted."""
    sentence = tr("Sessions led with this laptop and in groups led elsewhere. Evaluation sessions are not counted.")
    role = tr("Only sessions where you entered this role. Evaluation sessions are not counted.")
    noted = tr("What you entered under Elsewhere, each entry once.")
    return {
        Measure.SESSIONS: sentence,
        Measure.SESSIONS_LEAD: role,
        Measure.SESSIONS_CO_LED: role,
        Measure.SESSIONS_SOLO: role,
        Measure.CASES: tr("Each case with a presenter entered, and the cases in groups led elsewhere."),
        Measure.MONTHS: tr("The longest run of calendar months with at least one session led in each."),
        Measure.FACE_TO_FACE: tr(
            "The percentage of sessions, led or attended as a member, that were not online; rounded down."
        ),
        Measure.SUPERVISIONS: tr("Every supervision session you entered."),
        Measure.SUPERVISIONS_YEAR: tr("Supervision sessions in the last twelve months, up to today."),
        Measure.SUPERVISIONS_RECORDED: tr("Supervision sessions in which recordings were used."),
        Measure.MEMBER_SESSIONS: tr("The sessions of groups that you attended as a member."),
        Measure.WEEKENDS: noted,
        Measure.INTENSIVES: noted,
        Measure.EVENTS: noted,
    }[of]


def own_role(of: OwnRole | None) -> str:
    """Return the user's role in a session."""
    labels = {OwnRole.LEAD: tr("lead"), OwnRole.CO_LEAD: tr("co-leader"), OwnRole.SOLO: tr("alone")}
    return tr("not entered") if of is None else labels[of]


def own_role_meaning(of: OwnRole) -> str:
    """Return what the user's role in a session means beside the others."""
    return {
        OwnRole.LEAD: tr("You lead, and a colleague co-leads."),
        OwnRole.CO_LEAD: tr("A colleague leads, and you co-lead."),
        OwnRole.SOLO: tr("You lead without a co-leader."),
    }[of]


def colleague_role(of: ColleagueRole) -> str:
    """Return a colleague's role in a session."""
    return {
        ColleagueRole.LEAD: tr("lead"),
        ColleagueRole.CO_LEAD: tr("co-leader"),
        ColleagueRole.OBSERVER: tr("observer"),
    }[of]


def form(of: SupervisionForm) -> str:
    """Return the form of supervision."""
    return {
        SupervisionForm.ONE_TO_ONE: tr("one to one"),
        SupervisionForm.GROUP: tr("in a group"),
        SupervisionForm.ONLINE: tr("online"),
    }[of]


def meeting_kind(of: MeetingKind) -> str:
    """Return the kind of an entry from elsewhere."""
    return {
        MeetingKind.MEMBER: tr("Group attended as a member"),
        MeetingKind.LED: tr("Group led elsewhere"),
        MeetingKind.WEEKEND: tr("Leadership weekend"),
        MeetingKind.INTENSIVE: tr("Intensive"),
        MeetingKind.EVENT: tr("Society event"),
    }[of]


def review_heading(of: Heading) -> str:
    """Return a question of a review, or a heading of an earlier one."""
    return {
        Heading.CARRYING: tr("What am I left carrying?"),
        Heading.SIDE: tr("Whose side did I take?"),
        Heading.CASE_REPEATED: tr("Did the group repeat the case?"),
        Heading.BETWEEN_LEADERS: tr("What happened between us leaders?"),
        Heading.BOUNDARIES: tr("Boundaries"),
        Heading.SAFETY: tr("Safety"),
        Heading.PRESENTER: tr("Protecting the presenter"),
        Heading.SOLUTIONS: tr("Staying away from solutions and teaching"),
        Heading.CO_LEADER: tr("Working with the co-leader"),
        Heading.GROUP: tr("The group’s process"),
        Heading.CONFIDENTIALITY: tr("Confidentiality"),
        Heading.STYLE: tr("Own style"),
    }[of]


def accredited(*, known: bool | None) -> str:
    """Return whether a colleague is accredited."""
    return {True: tr("accredited"), False: tr("not accredited"), None: ""}[known]
