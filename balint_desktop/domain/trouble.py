"""Codes of the failures we expect; their sentences are in `balint_desktop.text.trouble`."""

from __future__ import annotations

from enum import StrEnum


class TroubleCode(StrEnum):
    """Codes of all expected failures. Only codes are passed between processes, never sentences."""

    # formats and other files a person may edit
    FORMAT_INVALID = "format-invalid"
    FORMAT_MISSING = "format-missing"
    QUESTIONNAIRE_INVALID = "questionnaire-invalid"
    QUESTIONNAIRE_MISSING = "questionnaire-missing"
    # the evaluation
    WRITTEN_PART_CLOSED = "written-part-closed"
    ANALYSIS_NOT_AGREED = "analysis-not-agreed"
    # sealed files
    WRONG_KEY = "wrong-key"
    SEALED_DAMAGED = "sealed-damaged"
    RECORDING_KEY_DAMAGED = "recording-key-damaged"
    PART_IN_USE = "part-in-use"
    # the vault
    VAULT_MISSING = "vault-missing"
    VAULT_EXISTS = "vault-exists"
    VAULT_FILE_MISSING = "vault-file-missing"
    VAULT_FILE_DAMAGED = "vault-file-damaged"
    VAULT_NEWER = "vault-newer"
    VAULT_IN_USE = "vault-in-use"
    VAULT_LOCKED = "vault-locked"
    WRONG_PASSPHRASE = "wrong-passphrase"
    WRONG_RECOVERY_KEY = "wrong-recovery-key"
    WEAK_PASSPHRASE = "weak-passphrase"
    LAST_READER = "last-reader"
    RENEWAL_UNFINISHED = "renewal-unfinished"
    LOG_DAMAGED = "log-damaged"
    LOG_MISSING = "log-missing"
    FOLDER_UNWRITABLE = "folder-unwritable"
    FOLDER_SHARED = "folder-shared"
    FOLDER_NOT_EMPTY = "folder-not-empty"
    DISK_FULL = "disk-full"
    DISK_LOW = "disk-low"
    DISK_READ_ONLY = "disk-read-only"
    RECORDING_UNKNOWN = "recording-unknown"
    RECORDING_MISSING = "recording-missing"
    RECORDING_CHANGED = "recording-changed"
    NOT_CUT = "not-cut"
    EXPORT_EXISTS = "export-exists"
    TOO_MUCH_WORK = "too-much-work"
    MEMORY_SHORT = "memory-short"
    OPEN_FOR_READING_FULL = "open-for-reading-full"
    OPEN_FOR_READING_ONLY = "open-for-reading-only"
    RECOVERY_KEY_UNPROVEN = "recovery-key-unproven"
    PASSPHRASE_FILE_UNPROVEN = "passphrase-file-unproven"
    LINK_IN_VAULT = "link-in-vault"
    # transcripts
    ENGINE_FAILED = "engine-failed"
    TRANSCRIPTION_NOT_AGREED = "transcription-not-agreed"
    TRANSCRIPT_EXISTS = "transcript-exists"
    TRANSCRIPT_MISSING = "transcript-missing"
    TRANSCRIPT_DAMAGED = "transcript-damaged"
    NOTHING_TO_HEAR = "nothing-to-hear"
    # backups and transfers
    COPY_EXISTS = "copy-exists"
    COPY_DIFFERS = "copy-differs"
    BACKUP_MISSING = "backup-missing"
    BACKUP_UNFINISHED = "backup-unfinished"
    BACKUP_LIST_DAMAGED = "backup-list-damaged"
    BACKUP_DAMAGED = "backup-damaged"
    BACKUP_INSIDE = "backup-inside"
    BACKUP_INCOMPLETE = "backup-incomplete"
    # a file of another recorder
    SESSION_MISSING = "session-missing"
    SESSION_NOT_CLOSED = "session-not-closed"
    RECORDING_NOT_AVAILABLE = "recording-not-available"
    SOUND_MISSING = "sound-missing"
    SOUND_UNREADABLE = "sound-unreadable"
    SOUND_UNSUPPORTED = "sound-unsupported"
    SOUND_TOO_LONG = "sound-too-long"
    SOUND_RATE = "sound-rate"
    # the people of a group
    GROUP_MISSING = "group-missing"
    GROUP_UNNAMED = "group-unnamed"
    MEMBER_MISSING = "member-missing"
    GROUP_FULL = "group-full"
    MEMBER_IN_USE = "member-in-use"
    ROSTER_FILE_MISSING = "roster-file-missing"
    ROSTER_FILE_EMPTY = "roster-file-empty"
    ROSTER_FILE_KIND = "roster-file-kind"
    ROSTER_FILE_LARGE = "roster-file-large"
    ROSTER_FILE_LONG = "roster-file-long"
    ROSTER_FILE_ENCODING = "roster-file-encoding"
    ROSTER_FILE_DAMAGED = "roster-file-damaged"
    ROSTER_COLUMNS = "roster-columns"
    ROSTER_QUOTE_OPEN = "roster-quote-open"
    # dates
    DAYS_REVERSED = "days-reversed"
    SESSION_HELD = "session-held"
    SESSION_ORDER = "session-order"
    TOO_MANY_SESSIONS = "too-many-sessions"
    # consents
    CONSENT_AHEAD = "consent-ahead"
    CONSENT_EARLIER = "consent-earlier"
    CONSENT_NOT_GIVEN = "consent-not-given"
    CONSENT_REFUSED = "consent-refused"
    PURPOSE_NOT_AGREED = "purpose-not-agreed"
    STUDY_NOT_AGREED = "study-not-agreed"
    GRADES_NOT_FINAL = "grades-not-final"
    ASSESSMENT_UNANSWERED = "assessment-unanswered"
    # the log's records
    RECORD_CHANGED = "record-changed"
    CORRECTION_UNSAID = "correction-unsaid"
    VALUE_IMPOSSIBLE = "value-impossible"
    # the microphone
    NO_MICROPHONE = "no-microphone"
    MICROPHONE_GONE = "microphone-gone"
    MICROPHONE_BUSY = "microphone-busy"
    MICROPHONE_RATE = "microphone-rate"
    MICROPHONE_MUTED = "microphone-muted"
    MICROPHONE_DENIED = "microphone-denied"
    MICROPHONE_CHANGED = "microphone-changed"
    MICROPHONE_FAINT = "microphone-faint"
    ONLY_COMPUTER_SOUND = "only-computer-sound"
    COMPUTER_SOUND_LOST = "computer-sound-lost"
    COMPUTER_SOUND_SILENT = "computer-sound-silent"
    SOUND_SYSTEM_FROZEN = "sound-system-frozen"
    SOUND_LATE = "sound-late"
    SOUND_DROPPED = "sound-dropped"
    RECORDER_DIED = "recorder-died"
    RECORDER_SILENT = "recorder-silent"
    NO_LOUDSPEAKER = "no-loudspeaker"
    # accreditation
    NO_SUCH_TIME = "no-such-time"
    TIME_MISSING = "time-missing"
    NO_SUCH_DAY = "no-such-day"
    DAY_MISSING = "day-missing"
    DAY_TO_COME = "day-to-come"
    ENDS_BEFORE_IT_BEGINS = "ends-before-it-begins"
    NOTED_ALREADY = "noted-already"
    LABEL_MISSING = "label-missing"
    LABEL_TAKEN = "label-taken"
    # retention
    PERIOD_EMPTY = "period-empty"
    PERIOD_TOO_LONG = "period-too-long"
    APPROVAL_WITHOUT_NUMBER = "approval-without-number"
    DAY_TOO_EARLY = "day-too-early"
    REASON_MISSING = "reason-missing"
    REQUEST_INCOMPLETE = "request-incomplete"
    HELD = "held"
    HELD_STRUCK = "held-struck"
    # the models for transcription
    ENGINE_MISSING = "engine-missing"
    NO_MODEL = "no-model"
    MODEL_MISSING = "model-missing"
    MODEL_CHANGED = "model-changed"
    MODEL_DIFFERS = "model-differs"
    MODEL_NOT_LISTED = "model-not-listed"
    MODEL_FILE_MISSING = "model-file-missing"
    MODEL_FILE_TWICE = "model-file-twice"
    MODEL_FILE_LARGE = "model-file-large"
    MODEL_UNREADABLE = "model-unreadable"
    MODEL_ZIP_UNUSABLE = "model-zip-unusable"
    MODEL_NO_SPACE = "model-no-space"
    MODELS_BUSY = "models-busy"
    # the machine
    NO_DISPLAY = "no-display"
    CHILD_FAILED = "child-failed"
    TOOL_MISSING = "tool-missing"


class Trouble(Exception):  # noqa: N818  the project's term, and it is not always an error
    """An expected failure: its code, and the details used in its sentence (a path, a line, a device)."""

    def __init__(self, code: TroubleCode, **details: str | float) -> None:
        super().__init__(code.value)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        """Return the code and details, for developers; `text.trouble.sentence` is for people."""
        details = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code.value} ({details})" if details else self.code.value
