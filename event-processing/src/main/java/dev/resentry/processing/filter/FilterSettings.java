package dev.resentry.processing.filter;

import dev.resentry.model.event.Level;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a project does not want to be stored. Patterns stand for a whole text, in any case: {@code *} is any text, {@code ?} one
 * character.
 *
 * @param minimumLevel what is less severe is dropped; null for nothing
 * @param environments patterns
 * @param releases patterns
 * @param errorMessages patterns for messages, for values of exceptions, and for {@code type: value} of exceptions
 * @param clientAddresses addresses and networks ({@code 10.0.0.0/8})
 * @param legacyBrowsers the lowest major version of a browser that is wanted; what is missing is wanted in any version
 */
public record FilterSettings(
        @Nullable Level minimumLevel,
        List<String> environments,
        List<String> releases,
        List<String> errorMessages,
        List<String> clientAddresses,
        boolean webCrawlers,
        boolean localhost,
        boolean browserExtensions,
        Map<Browser, Integer> legacyBrowsers,
        boolean chunkLoadErrors) {
    /** Of a project that wants everything, as all do until they say otherwise. */
    public static final FilterSettings NONE =
            new FilterSettings(null, List.of(), List.of(), List.of(), List.of(), false, false, false, Map.of(), false);

    /** @throws IllegalArgumentException if a client address is none */
    public FilterSettings {
        environments = List.copyOf(environments);
        releases = List.copyOf(releases);
        errorMessages = List.copyOf(errorMessages);
        clientAddresses = List.copyOf(clientAddresses);
        clientAddresses.forEach(AddressRange::require);
        legacyBrowsers = Map.copyOf(legacyBrowsers);
    }
}
