package dev.resentry.processing.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.InboundFilter;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class InboundFiltersTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ALL = """
            {"minimum_level": "error", "environments": ["*"], "releases": ["*"], "error_messages": ["*"],
             "client_addresses": ["0.0.0.0/0", "::/0"], "web_crawlers": true, "localhost": true, "browser_extensions": true,
             "legacy_browsers": {"ie": 12}, "chunk_load_errors": true}""";

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"minimum_level": "warning"}        | {"level": "info"}                                    | level
            {"minimum_level": "warning"}        | {"level": "debug"}                                   | level
            {"minimum_level": "warning"}        | {"level": "warning"}                                 |
            {"minimum_level": "warning"}        | {"level": "fatal"}                                   |
            {"minimum_level": "fatal"}          | {"message": "an error if nothing is said"}           | level
            {"environments": ["dev*", "qa"]}    | {"environment": "development"}                       | environment
            {"environments": ["dev*", "qa"]}    | {"environment": "QA"}                                | environment
            {"environments": ["dev*", "qa"]}    | {"environment": "qa-2"}                              |
            {"environments": ["dev*", "qa"]}    | {"environment": "production"}                        |
            {"environments": ["*"]}             | {"message": "without an environment"}                |
            {"releases": ["shop@1.*"]}          | {"release": "shop@1.2.3"}                            | release-version
            {"releases": ["shop@1.?"]}          | {"release": "shop@1.2"}                              | release-version
            {"releases": ["shop@1.?"]}          | {"release": "shop@1.2.3"}                            |
            {"releases": ["shop@1.*"]}          | {"release": "shop@2.1.0"}                            |
            {"releases": ["shop@1.*"]}          | {"release": "other-shop@1.0"}                        |
            {"error_messages": ["*ResizeObserver loop*"]} | {"message": "ResizeObserver loop limit exceeded"}        | error-message
            {"error_messages": ["*resizeobserver LOOP*"]} | {"logentry": {"message": "x ResizeObserver loop %s", "params": ["y"]}} | error-message
            {"error_messages": ["TypeError: *"]}| {"exception": {"values": [{"type": "TypeError", "value": "x is null"}]}} | error-message
            {"error_messages": ["x is null"]}   | {"exception": {"values": [{"type": "TypeError", "value": "x is null"}]}} | error-message
            {"error_messages": ["Cause: *"]}    | {"exception": {"values": [{"type": "Cause", "value": "a"}, {"type": "Wrap", "value": "b"}]}} | error-message
            {"error_messages": ["TypeError"]}   | {"exception": {"values": [{"type": "TypeError", "value": "x is null"}]}} |
            {"error_messages": ["*null"]}       | {"message": "null pointer"}                          |
            {"client_addresses": ["203.0.113.9"]}    | {"user": {"ip_address": "203.0.113.9"}}         | ip-address
            {"client_addresses": ["203.0.113.9"]}    | {"user": {"ip_address": "203.0.113.8"}}         |
            {"client_addresses": ["203.0.112.0/23"]} | {"user": {"ip_address": "203.0.113.255"}}       | ip-address
            {"client_addresses": ["203.0.112.0/23"]} | {"user": {"ip_address": "203.0.114.0"}}         |
            {"client_addresses": ["2001:db8::/32"]}  | {"user": {"ip_address": "2001:db8:1::7"}}       | ip-address
            {"client_addresses": ["2001:db8::/32"]}  | {"user": {"ip_address": "2001:db9::7"}}         |
            {"client_addresses": ["10.0.0.0/8"]}     | {"user": {"ip_address": "::ffff:10.1.2.3"}}     | ip-address
            {"web_crawlers": true} | {"request": {"headers": {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}}} | web-crawlers
            {"web_crawlers": true} | {"request": {"headers": {"User-Agent": "Baiduspider-render/2.0"}}}                                  | web-crawlers
            {"web_crawlers": true} | {"request": {"headers": {"User-Agent": "facebookexternalhit/1.1"}}}                                 | web-crawlers
            {"web_crawlers": true} | {"request": {"headers": {"User-Agent": "Mozilla/5.0 (Linux; Android 11; CUBOT X50) Chrome/120.0"}}} |
            {"web_crawlers": true} | {"request": {"headers": {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0"}}}             |
            {"localhost": true}    | {"request": {"url": "http://localhost:3000/cart"}}   | localhost
            {"localhost": true}    | {"request": {"url": "https://LOCALHOST/"}}           | localhost
            {"localhost": true}    | {"request": {"url": "http://shop.localhost/"}}       | localhost
            {"localhost": true}    | {"request": {"url": "http://127.0.0.1:8080"}}        | localhost
            {"localhost": true}    | {"request": {"url": "http://[::1]:8080/x"}}          | localhost
            {"localhost": true}    | {"user": {"ip_address": "127.0.0.1"}}                | localhost
            {"localhost": true}    | {"request": {"url": "https://localhost.example.com/"}} |
            {"localhost": true}    | {"request": {"url": "https://example.com/localhost"}}  |
            {"localhost": true}    | {"request": {"url": "https://localhost@example.com/"}} |
            {"browser_extensions": true} | {"exception": {"values": [{"type": "E", "value": "v", "stacktrace": {"frames": [{"abs_path": "https://shop.example/app.js"}, {"abs_path": "chrome-extension://abc/x.js"}]}}]}} | browser-extensions
            {"browser_extensions": true} | {"exception": {"values": [{"type": "E", "value": "v", "stacktrace": {"frames": [{"abs_path": "moz-extension://abc/x.js"}, {"abs_path": "https://shop.example/app.js"}]}}]}}    |
            {"browser_extensions": true} | {"exception": {"values": [{"type": "E", "value": "v", "stacktrace": {"frames": [{"abs_path": "safari-web-extension://abc/x.js"}, {"abs_path": "<anonymous>"}]}}]}}             | browser-extensions
            {"browser_extensions": true} | {"exception": {"values": [{"type": "Error", "value": "Extension context invalidated."}]}} | browser-extensions
            {"browser_extensions": true} | {"message": "The extension of the contract was invalidated"}                              |
            {"legacy_browsers": {"safari": 14}} | {"contexts": {"browser": {"name": "Safari", "version": "13.1.2"}}}        | legacy-browsers
            {"legacy_browsers": {"safari": 14}} | {"contexts": {"browser": {"name": "Mobile Safari", "version": "9"}}}      | legacy-browsers
            {"legacy_browsers": {"safari": 14}} | {"contexts": {"browser": {"name": "Safari", "version": "14.0"}}}          |
            {"legacy_browsers": {"safari": 14}} | {"contexts": {"browser": {"name": "Safari"}}}                             |
            {"legacy_browsers": {"safari": 14}} | {"contexts": {"browser": {"name": "Chrome", "version": "1.0"}}}           |
            {"legacy_browsers": {"ie": 12}}     | {"request": {"headers": {"User-Agent": "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko"}}} | legacy-browsers
            {"chunk_load_errors": true} | {"exception": {"values": [{"type": "ChunkLoadError", "value": "whatever"}]}}                               | chunk-load
            {"chunk_load_errors": true} | {"exception": {"values": [{"type": "Error", "value": "Loading chunk 7 failed. (error: /7.js)"}]}}          | chunk-load
            {"chunk_load_errors": true} | {"exception": {"values": [{"type": "TypeError", "value": "Failed to fetch dynamically imported module: /a.js"}]}} | chunk-load
            {"chunk_load_errors": true} | {"exception": {"values": [{"type": "TypeError", "value": "Failed to fetch"}]}}                             |
            {} | {"level": "debug", "request": {"url": "http://localhost/"}} |
            """)
    void eachFilterMeetsWhatItIsAbout(String settings, String event, String filter) {
        assertThat(filtersOf(settings)
                        .ofEvent(normalized(event), Sender.UNKNOWN)
                        .map(InboundFilter::wireName))
                .isEqualTo(Optional.ofNullable(filter));
    }

    @Test
    void theAddressAndTheUserAgentOfTheRequestCountToo() {
        Event event = normalized("{\"message\": \"hello\", \"platform\": \"javascript\"}");
        InboundFilters filters = filtersOf("{\"client_addresses\": [\"198.51.100.0/24\"], \"web_crawlers\": true}");

        assertThat(filters.ofEvent(event, new Sender("198.51.100.7", null))).hasValue(InboundFilter.IP_ADDRESS);
        assertThat(filters.ofEvent(event, new Sender("198.51.101.7", null))).isEmpty();
        assertThat(filters.ofEvent(event, new Sender("no address", "bingbot/2.0")))
                .hasValue(InboundFilter.WEB_CRAWLERS);
        assertThat(filters.ofEvent(normalized("{\"platform\": \"java\"}"), new Sender(null, "bingbot/2.0")))
                .as("what a server sends says nothing of its users")
                .isEmpty();
    }

    @Test
    void anEventThatMeetsSeveralIsNamedAfterTheFirst() {
        Event event = normalized("{\"level\": \"info\", \"environment\": \"dev\", \"message\": \"x\"}");

        assertThat(filtersOf(ALL).ofEvent(event, Sender.UNKNOWN)).hasValue(InboundFilter.LEVEL);
        assertThat(filtersOf("{\"environments\": [\"dev\"], \"error_messages\": [\"x\"]}")
                        .ofEvent(event, Sender.UNKNOWN))
                .hasValue(InboundFilter.ENVIRONMENT);
    }

    @Test
    void filtersOfErrorsLeaveTransactionsAlone() {
        Event event = normalized("{\"level\": \"info\", \"message\": \"Loading chunk 1 failed\"}");

        assertThat(filtersOf(ALL).ofTransaction(event, Sender.UNKNOWN)).isEmpty();
        assertThat(filtersOf(ALL).ofTransaction(event, new Sender("198.51.100.7", null)))
                .hasValue(InboundFilter.IP_ADDRESS);
    }

    @ParameterizedTest
    @EnumSource(Browser.class)
    void everyBrowserMayHaveAMinimumVersion(Browser browser) {
        FilterSettings settings =
                FilterSettingsJson.read("{\"legacy_browsers\": {\"%s\": 9}}".formatted(browser.wireName()));

        assertThat(settings.legacyBrowsers()).containsEntry(browser, 9);
    }

    @Test
    void aPatternOfManyStarsComesToAnEnd() {
        Event event = normalized("{\"message\": \"%s\"}".formatted("a".repeat(4_000)));

        assertThat(filtersOf("{\"error_messages\": [\"%s\"]}".formatted("*a".repeat(90) + "*b"))
                        .ofEvent(event, Sender.UNKNOWN))
                .isEmpty();
    }

    @Test
    void settingsReadBackAsTheyWereWritten() {
        FilterSettings settings = FilterSettingsJson.read(ALL);

        assertThat(FilterSettingsJson.read(FilterSettingsJson.write(settings))).isEqualTo(settings);
        assertThat(FilterSettingsJson.read(FilterSettingsJson.write(FilterSettings.NONE)))
                .isEqualTo(FilterSettings.NONE);
        assertThat(FilterSettingsJson.read("{}")).isEqualTo(FilterSettings.NONE);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33", "::1/129", "10.0.0/8", "example.com", "10.0.0.1/", "10.0.0.1/x", "''"})
    void whatIsNoAddressIsRefused(String address) {
        assertThat(AddressRange.parse(address)).isEmpty();
        assertThatThrownBy(() -> filtersOf("{\"client_addresses\": [\"%s\"]}".formatted(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'%s'".formatted(address));
    }

    private static InboundFilters filtersOf(String settings) {
        return new InboundFilters(FilterSettingsJson.read(settings));
    }

    private static Event normalized(String event) {
        return EventNormalizer.normalize(
                        (ObjectNode) JSON.readTree(event),
                        NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.parse("2026-11-20T10:00:00Z")))
                .view();
    }
}
