package dev.resentry.processing.filter;

import dev.resentry.model.event.Event;
import dev.resentry.model.outcome.InboundFilter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The filters of a project, ready for use. They look at normalised events that are not scrubbed yet: what scrubbing takes out may
 * be what a filter is about. Safe for use by several threads.
 */
public final class InboundFilters {
    /** Of a project that wants everything. */
    public static final InboundFilters NONE = new InboundFilters(FilterSettings.NONE);

    private static final Set<InboundFilter> ALL = EnumSet.allOf(InboundFilter.class);

    /** The others are about errors. */
    private static final Set<InboundFilter> OF_TRANSACTIONS = EnumSet.of(
            InboundFilter.ENVIRONMENT,
            InboundFilter.RELEASE_VERSION,
            InboundFilter.IP_ADDRESS,
            InboundFilter.WEB_CRAWLERS,
            InboundFilter.LOCALHOST,
            InboundFilter.LEGACY_BROWSERS);

    /** Those about the sender, and about fields that a log has, too. */
    private static final Set<InboundFilter> OF_LOGS = EnumSet.of(
            InboundFilter.ENVIRONMENT,
            InboundFilter.RELEASE_VERSION,
            InboundFilter.IP_ADDRESS,
            InboundFilter.WEB_CRAWLERS);

    /** In the order of the enum, which tells the name of an event that meets several. */
    private final Map<InboundFilter, Predicate<Candidate>> filters = new EnumMap<>(InboundFilter.class);

    public InboundFilters(FilterSettings settings) {
        if (settings.minimumLevel() != null) {
            filters.put(
                    InboundFilter.LEVEL, candidate -> candidate.event().level().compareTo(settings.minimumLevel()) < 0);
        }
        putPatterns(InboundFilter.ENVIRONMENT, settings.environments(), "environment");
        putPatterns(InboundFilter.RELEASE_VERSION, settings.releases(), "release");
        if (!settings.errorMessages().isEmpty()) {
            List<TextPattern> patterns = TextPattern.all(settings.errorMessages());
            filters.put(
                    InboundFilter.ERROR_MESSAGE,
                    candidate -> candidate.messages().anyMatch(text -> TextPattern.anyMatches(patterns, text)));
        }
        if (!settings.clientAddresses().isEmpty()) {
            List<AddressRange> ranges = settings.clientAddresses().stream()
                    .map(AddressRange::require)
                    .toList();
            filters.put(
                    InboundFilter.IP_ADDRESS,
                    candidate -> candidate
                            .addresses()
                            .anyMatch(address -> ranges.stream().anyMatch(range -> range.contains(address))));
        }
        put(InboundFilter.WEB_CRAWLERS, settings.webCrawlers(), WebCrawlers::sent);
        put(InboundFilter.LOCALHOST, settings.localhost(), Localhost::isPlaceOf);
        put(InboundFilter.BROWSER_EXTENSIONS, settings.browserExtensions(), BrowserExtensions::caused);
        if (!settings.legacyBrowsers().isEmpty()) {
            filters.put(InboundFilter.LEGACY_BROWSERS, new LegacyBrowsers(settings.legacyBrowsers())::sent);
        }
        put(InboundFilter.CHUNK_LOAD, settings.chunkLoadErrors(), ChunkLoadErrors::isOne);
    }

    private void put(InboundFilter name, boolean enabled, Predicate<Candidate> filter) {
        if (enabled) {
            filters.put(name, filter);
        }
    }

    private void putPatterns(InboundFilter name, List<String> given, String field) {
        if (!given.isEmpty()) {
            List<TextPattern> patterns = TextPattern.all(given);
            filters.put(name, candidate -> TextPattern.anyMatches(patterns, candidate.field(field)));
        }
    }

    /** The filter that an error or a message meets; empty if it is wanted. */
    public Optional<InboundFilter> ofEvent(Event event, Sender sender) {
        return first(ALL, event, sender);
    }

    /** The filter that a transaction meets; empty if it is wanted. */
    public Optional<InboundFilter> ofTransaction(Event transaction, Sender sender) {
        return first(OF_TRANSACTIONS, transaction, sender);
    }

    /**
     * The filter that a log meets; empty if it is wanted.
     *
     * @param log with the fields that an event has, as far as filters look at them
     */
    public Optional<InboundFilter> ofLog(Event log, Sender sender) {
        return first(OF_LOGS, log, sender);
    }

    private Optional<InboundFilter> first(Set<InboundFilter> applied, Event event, Sender sender) {
        var candidate = new Candidate(event, sender);
        for (Map.Entry<InboundFilter, Predicate<Candidate>> filter : filters.entrySet()) {
            if (applied.contains(filter.getKey()) && filter.getValue().test(candidate)) {
                return Optional.of(filter.getKey());
            }
        }
        return Optional.empty();
    }
}
