"""Keeps what was graded, for ever: SQLite by default, PostgreSQL by URL."""

from graders.ledger.adjusting import (
    adjust,
    adjusted,
    extend,
    extended,
    grouped,
    held_back,
    hold,
    publish,
    published_at,
    set_groups,
)
from graders.ledger.audit import Event, audit_trail
from graders.ledger.backups import Copied, back_up, restore
from graders.ledger.clock import now
from graders.ledger.copying import copy_ledger, count_rows
from graders.ledger.drafting import Draft, confirm_drafts, note_draft, open_drafts
from graders.ledger.handing_in import Attempt, attempts, hand_in, submission_of
from graders.ledger.identities import Identity, identities_of, keep_identities
from graders.ledger.opening import Ledger, open_ledger
from graders.ledger.patience import Patience
from graders.ledger.proposing import Proposal, decide, open_proposal, propose
from graders.ledger.recalling import (
    Executed,
    Judged,
    executed,
    findings_by_number,
    findings_of,
    judged,
    judged_by_number,
    stored_record,
    stored_records,
)
from graders.ledger.recording import (
    Graded,
    claim_key,
    insert_judgement,
    judgement_row,
    keep,
    keep_judgements,
    keep_scores,
    score_row,
)
from graders.ledger.rubrics import (
    KnownRubric,
    graded_assignments,
    keep_rubric,
    known_rubrics,
    rubric_of,
    standing_rubric,
)
from graders.ledger.runs import (
    SEEN_EVERY_S,
    Run,
    claim,
    end_run,
    release,
    somebody_waits,
    start_run,
    still_here,
)
from graders.ledger.standing import Standing, standing
from graders.ledger.verifying import Fault, faults

__all__ = [
    "SEEN_EVERY_S",
    "Attempt",
    "Copied",
    "Draft",
    "Event",
    "Executed",
    "Fault",
    "Graded",
    "Identity",
    "Judged",
    "KnownRubric",
    "Ledger",
    "Patience",
    "Proposal",
    "Run",
    "Standing",
    "adjust",
    "adjusted",
    "attempts",
    "audit_trail",
    "back_up",
    "claim",
    "claim_key",
    "confirm_drafts",
    "copy_ledger",
    "count_rows",
    "decide",
    "end_run",
    "executed",
    "extend",
    "extended",
    "faults",
    "findings_by_number",
    "findings_of",
    "graded_assignments",
    "grouped",
    "hand_in",
    "held_back",
    "hold",
    "identities_of",
    "insert_judgement",
    "judged",
    "judged_by_number",
    "judgement_row",
    "keep",
    "keep_identities",
    "keep_judgements",
    "keep_rubric",
    "keep_scores",
    "known_rubrics",
    "note_draft",
    "now",
    "open_drafts",
    "open_ledger",
    "open_proposal",
    "propose",
    "publish",
    "published_at",
    "release",
    "restore",
    "rubric_of",
    "score_row",
    "set_groups",
    "somebody_waits",
    "standing",
    "standing_rubric",
    "start_run",
    "still_here",
    "stored_record",
    "stored_records",
    "submission_of",
]
