package dev.resentry.storage.regroup;

import java.util.Locale;

/** What the job of a regroup is at; each of them in bounded steps. */
enum RegroupPhase {
    /** Issues with events that source maps fit are looked for. */
    FIND,
    /** Events are read, and how many of which issue get which hash is noted. */
    READ,
    /** Rules, hashes and issues change, all at once; then processors are left time to notice. */
    SWITCH,
    /** Events go where their hashes are. */
    MOVE,
    /** Of issues that are gone, events from before the time of the regroup follow. */
    FOLLOW,
    /** Events that came under rules that hold no longer are grouped by those that do. */
    FILE,
    /** Issues whose name none of their events has any more get another one. */
    NAME,
    /** What is counted of issues is counted again. */
    COUNT;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RegroupPhase of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
