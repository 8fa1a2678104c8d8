package dev.resentry.query.sentry;

/** The ids of what rules are made of: those that scripts know, and where there is none, ours. */
final class RuleNodeIds {
    static final String OURS = "resentry.";

    static final String NEW_ISSUE = "sentry.rules.conditions.first_seen_event.FirstSeenEventCondition";
    static final String REGRESSION = "sentry.rules.conditions.regression_event.RegressionEventCondition";
    static final String REAPPEARED = "sentry.rules.conditions.reappeared_event.ReappearedEventCondition";
    static final String EVERY_EVENT = "sentry.rules.conditions.every_event.EveryEventCondition";
    static final String EVENTS = "sentry.rules.conditions.event_frequency.EventFrequencyCondition";
    static final String USERS = "sentry.rules.conditions.event_frequency.EventUniqueUserFrequencyCondition";
    static final String CRASH_FREE = OURS + "conditions.CrashFreeBelow";
    static final String SPIKE = OURS + "conditions.Spike";

    static final String LEVEL = "sentry.rules.filters.level.LevelFilter";
    static final String RELEASE = OURS + "filters.Release";
    static final String LATEST_RELEASE = "sentry.rules.filters.latest_release.LatestReleaseFilter";
    static final String TAG = "sentry.rules.filters.tagged_event.TaggedEventFilter";
    static final String ATTRIBUTE = "sentry.rules.filters.event_attribute.EventAttributeFilter";
    static final String AGE = "sentry.rules.filters.age_comparison.AgeComparisonFilter";
    static final String OCCURRENCES = "sentry.rules.filters.issue_occurrences.IssueOccurrencesFilter";
    static final String ASSIGNED = "sentry.rules.filters.assigned_to.AssignedToFilter";

    static final String MAIL = "sentry.mail.actions.NotifyEmailAction";
    static final String SERVICE = "sentry.rules.actions.notify_event_service.NotifyEventServiceAction";
    static final String ACTION = OURS + "actions.";

    private RuleNodeIds() {}
}
