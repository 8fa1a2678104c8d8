package dev.resentry.model.alert;

import org.jspecify.annotations.Nullable;

/**
 * Whom a rule tells.
 *
 * @param value an address, a URL, or an id, by the type; empty for {@link TargetType#ASSIGNEE}
 * @param subject template of the subject line; null for the usual one
 * @param body template of the text; null for the usual one
 * @param secret by which what is posted is signed; null for unsigned forms
 */
public record AlertTarget(
        TargetType type,
        String value,
        @Nullable String subject,
        @Nullable String body,
        @Nullable String secret) {

    public static final int MAX_VALUE = 2000;
    public static final int MAX_SUBJECT = 500;
    public static final int MAX_BODY = 10_000;

    /** Without the secret, which belongs into no log. */
    @Override
    public String toString() {
        return "AlertTarget[%s %s]".formatted(type, value);
    }
}
