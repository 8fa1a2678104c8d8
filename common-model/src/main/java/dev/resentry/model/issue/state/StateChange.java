package dev.resentry.model.issue.state;

import org.jspecify.annotations.Nullable;

/**
 * A change of an issue's state that no person made.
 *
 * @param event the event that made it; null if none did
 */
public record StateChange(
        IssueState to, Reason reason, @Nullable Happened event) {
    /** Why it changed. The words are part of the API, as kinds of an issue's activity and their reasons. */
    public enum Reason {
        /** It was resolved and happened again. */
        REGRESSED,
        /** It was ignored until a time, which has come. */
        IGNORED_UNTIL_TIME,
        /** It was ignored until so many events, which have come. */
        IGNORED_UNTIL_EVENTS,
        /** It was ignored until so many users, who have come. */
        IGNORED_UNTIL_USERS,
        /** It happens far more often than before; of a new issue, than those of its project do. */
        ESCALATING,
        /** It was resolved in a commit, which a release has now. */
        COMMIT_RELEASED,
        /** It is not new, regressed or escalating any more. */
        ONGOING,
        /** It has not happened for as long as its project wants. */
        AGE,
        /** An uptime check found down what it is about, and finds it up again; or a job failed, and goes well again. */
        RECOVERED
    }
}
