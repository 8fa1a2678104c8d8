package dev.resentry.model.outcome;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The filters that a project may set against what it does not want to be stored. Their words are the reasons of outcome
 * {@link Outcome.Filtered} (ingest protocol, section 7.2): they are part of the API and never renamed. Of several filters that
 * an event meets, the first in this order has its name on the outcome.
 */
public enum InboundFilter {
    /** It is less severe than the project's minimum. */
    LEVEL,
    ENVIRONMENT,
    RELEASE_VERSION,
    /** What was thrown or logged reads as one of the project's patterns. */
    ERROR_MESSAGE,
    /** It comes from an address, or is about a user at one, that the project does not want to hear of. */
    IP_ADDRESS,
    WEB_CRAWLERS,
    /** It happened on a developer's own machine. */
    LOCALHOST,
    BROWSER_EXTENSIONS,
    /** The browser is older than the project supports. */
    LEGACY_BROWSERS,
    /** A part of a web application could not be loaded, as happens behind each deployment. */
    CHUNK_LOAD;

    /** The word in outcomes, in the database and in APIs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The filter of a word. */
    public static Optional<InboundFilter> of(String wireName) {
        return Arrays.stream(values())
                .filter(filter -> filter.wireName().equals(wireName))
                .findFirst();
    }
}
