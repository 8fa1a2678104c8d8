package dev.resentry.model.alert;

import java.util.Locale;

/** By which way, and in which form, somebody is told. */
public enum TargetType {
    /** An e-mail to an address. */
    EMAIL,
    /** An e-mail to a user, by its id and as the user's settings say. */
    USER,
    /** E-mails to the members of a team, by its id. */
    TEAM,
    /** E-mails to whom the issue is assigned, or else to the members of the project's teams. */
    ASSIGNEE,
    /** Our own lean form, signed. */
    WEBHOOK,
    /** The form of Sentry's integration platform, signed. */
    SENTRY_WEBHOOK,
    /** The form of Sentry's old webhooks plugin, unsigned. */
    SENTRY_PLUGIN,
    SLACK,
    MATTERMOST,
    DISCORD,
    MS_TEAMS;

    /** The word in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its value is a URL to which something is posted. */
    public boolean isUrl() {
        return switch (this) {
            case EMAIL, USER, TEAM, ASSIGNEE -> false;
            case WEBHOOK, SENTRY_WEBHOOK, SENTRY_PLUGIN, SLACK, MATTERMOST, DISCORD, MS_TEAMS -> true;
        };
    }
}
