package dev.resentry.query.access;

import java.util.Locale;

/** By what someone proved who they are. The words are part of the API. */
public enum Via {
    /** The cookie of a browser. */
    SESSION,
    /** A signed token that a login gave. */
    JWT,
    /** A provider of OpenID Connect, while it logs somebody in. */
    SINGLE_SIGN_ON,
    /** A token made for a program. */
    API_TOKEN,
    /** A token of the organization, made for builds. */
    ORGANIZATION_TOKEN,
    /** The link of an invitation or of a new password. */
    LINK,
    /** A job, in the name of who asked for it. */
    JOB,
    /** The token that {@code ./resentry up} leaves in its data directory. */
    COMMAND_LINE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
