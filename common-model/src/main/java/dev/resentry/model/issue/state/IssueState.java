package dev.resentry.model.issue.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of an issue. */
public sealed interface IssueState {
    /** Since when it is so; events that happened before do not end it. */
    Instant since();

    /** The word of the status in the database and in the API. */
    String status();

    /** What tells more than the status; null for a resolved issue. */
    @Nullable
    Substatus substatus();

    /** Somebody should look at it. */
    record Unresolved(Substatus substatus, Instant since) implements IssueState {
        public Unresolved {
            if (!substatus.isUnresolved()) {
                throw new IllegalArgumentException("an unresolved issue is not " + substatus.wireName());
            }
        }

        @Override
        public String status() {
            return "unresolved";
        }
    }

    /** Somebody, or the passing of time, said that it does not happen any more. */
    record Resolved(Resolution resolution, Instant since) implements IssueState {
        @Override
        public String status() {
            return "resolved";
        }

        @Override
        public @Nullable Substatus substatus() {
            return null;
        }
    }

    /** Nobody wants to hear of it until something happens, or for ever. */
    record Ignored(IgnoreUntil until, Instant since) implements IssueState {
        @Override
        public String status() {
            return "ignored";
        }

        @Override
        public Substatus substatus() {
            return until.substatus();
        }
    }
}
