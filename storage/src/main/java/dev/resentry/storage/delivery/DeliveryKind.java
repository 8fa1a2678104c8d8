package dev.resentry.storage.delivery;

import java.util.Locale;

/** Why something is said. */
public enum DeliveryKind {
    /** A rule fired. */
    ALERT,
    /** Rules fired so often that one message stands for many. */
    SUMMARY,
    /** Something happened that a webhook has subscribed to. */
    WEBHOOK,
    /** An invitation, a link for a new password or the like. It holds secrets, of which nothing is kept once it is sent. */
    MAIL,
    /** Something happened that concerns a person. */
    NOTICE,
    /** Somebody wants to know whether it works. */
    TEST;

    /** The word in the database and in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
