package dev.resentry.storage.issue.state;

import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.StateChange;

/** An issue whose state an event or time has changed. */
record ChangedState(long issueId, IssueState before, StateChange change) {}
