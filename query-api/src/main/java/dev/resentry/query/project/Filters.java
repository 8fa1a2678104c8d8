package dev.resentry.query.project;

import dev.resentry.model.event.Level;
import dev.resentry.processing.filter.AddressRange;
import dev.resentry.processing.filter.Browser;
import dev.resentry.processing.filter.FilterSettings;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.schema.WordOf;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a project does not want to be stored. A pattern stands for a whole text, in any case: {@code *} is any text, {@code ?} one
 * character.
 *
 * @param minimumLevel what is less severe is dropped; null for nothing
 * @param environments patterns
 * @param releases patterns
 * @param errorMessages patterns for messages, values of exceptions, and {@code type: value} of exceptions
 * @param clientAddresses addresses and networks ({@code 10.0.0.0/8}) of senders and users
 * @param webCrawlers programs that walk the web, by their user agents
 * @param localhost pages on, and users at, the local host
 * @param browserExtensions errors that extensions of browsers threw
 * @param legacyBrowsers browsers with the lowest major version that is wanted
 * @param chunkLoadErrors parts of web applications that could not be loaded
 */
@JsonNaming(SnakeCaseStrategy.class)
record Filters(
        @Nullable @WordOf(Level.class) String minimumLevel,
        @NotNull @Size(max = MAX_PATTERNS) List<@NotBlank @Size(max = 200) String> environments,
        @NotNull @Size(max = MAX_PATTERNS) List<@NotBlank @Size(max = 200) String> releases,
        @NotNull @Size(max = MAX_PATTERNS) List<@NotBlank @Size(max = 200) String> errorMessages,
        @NotNull @Size(max = MAX_ADDRESSES) List<@NotBlank @Size(max = 50) String> clientAddresses,
        @NotNull Boolean webCrawlers,
        @NotNull Boolean localhost,
        @NotNull Boolean browserExtensions,
        @NotNull @Size(max = 20) List<@NotNull @Valid MinimumVersion> legacyBrowsers,
        @NotNull Boolean chunkLoadErrors) {
    static final int MAX_PATTERNS = 100;
    static final int MAX_ADDRESSES = 200;

    /**
     * A browser with the lowest version that is wanted.
     *
     * @param version the number in front of the first dot
     */
    record MinimumVersion(
            @NotNull @WordOf(Browser.class) String browser,
            @NotNull @Min(1) @Max(999_999) Integer version) {}

    static Filters of(FilterSettings settings) {
        return new Filters(
                settings.minimumLevel() == null ? null : settings.minimumLevel().wireName(),
                settings.environments(),
                settings.releases(),
                settings.errorMessages(),
                settings.clientAddresses(),
                settings.webCrawlers(),
                settings.localhost(),
                settings.browserExtensions(),
                settings.legacyBrowsers().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new MinimumVersion(entry.getKey().wireName(), entry.getValue()))
                        .toList(),
                settings.chunkLoadErrors());
    }

    /**
     * The same for the processor.
     *
     * @throws ApiException if a word or an address is none
     */
    FilterSettings asSettings() {
        for (int i = 0; i < clientAddresses.size(); i++) {
            if (AddressRange.parse(clientAddresses.get(i)).isEmpty()) {
                throw ApiException.invalid(
                        "settings.client_addresses[%d]".formatted(i),
                        "'%s' (expected: an IP address, or a network such as 10.0.0.0/8)"
                                .formatted(clientAddresses.get(i)));
            }
        }
        return new FilterSettings(
                level(),
                environments,
                releases,
                errorMessages,
                clientAddresses,
                webCrawlers,
                localhost,
                browserExtensions,
                browsers(),
                chunkLoadErrors);
    }

    private @Nullable Level level() {
        if (minimumLevel == null) {
            return null;
        }
        return Arrays.stream(Level.values())
                .filter(level -> level.wireName().equals(minimumLevel))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid(
                        "settings.minimum_level",
                        "'%s' (expected: %s)"
                                .formatted(
                                        minimumLevel,
                                        Arrays.stream(Level.values())
                                                .map(Level::wireName)
                                                .collect(Collectors.joining(", ")))));
    }

    private Map<Browser, Integer> browsers() {
        Map<Browser, Integer> versions = new EnumMap<>(Browser.class);
        for (int i = 0; i < legacyBrowsers.size(); i++) {
            MinimumVersion minimum = legacyBrowsers.get(i);
            String field = "settings.legacy_browsers[%d].browser".formatted(i);
            Browser browser = Browser.of(minimum.browser())
                    .orElseThrow(() -> ApiException.invalid(
                            field,
                            "'%s' (expected: %s)"
                                    .formatted(
                                            minimum.browser(),
                                            Arrays.stream(Browser.values())
                                                    .map(Browser::wireName)
                                                    .collect(Collectors.joining(", ")))));
            if (versions.put(browser, minimum.version()) != null) {
                throw ApiException.invalid(field, "'%s' is there twice".formatted(minimum.browser()));
            }
        }
        return versions;
    }
}
