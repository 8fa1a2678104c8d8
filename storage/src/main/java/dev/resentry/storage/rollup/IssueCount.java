package dev.resentry.storage.rollup;

/**
 * What an issue has in some time.
 *
 * @param users how many users the events happened to: exact up to 256, then within about 1.2 %
 */
public record IssueCount(long events, long users) {}
