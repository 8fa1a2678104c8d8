package dev.resentry.storage.session;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a release has come in its project.
 *
 * @param sessions its share of the sessions that began in the last 24 hours, from 0 to 1; null if none did
 * @param users its share of their users
 * @param stage null if no session began in the last six hours
 */
public record Adoption(
        @Nullable Double sessions,
        @Nullable Double users,
        @Nullable Stage stage) {

    /** The words are part of the API. */
    public enum Stage {
        /** At least a tenth of the sessions of the last six hours. */
        ADOPTED,
        LOW_ADOPTION,
        /** It had a tenth of an hour before them. */
        REPLACED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
