package dev.resentry.storage.uptime;

/**
 * A check that its owner makes now.
 *
 * @param owner holds it until its lease ends
 */
public record ClaimedCheck(long id, String owner, UptimeCheckSettings settings) {}
