package dev.resentry.processing.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The browsers whose versions a project may set a limit to. */
public enum Browser {
    CHROME,
    EDGE,
    FIREFOX,
    SAFARI,
    OPERA,
    OPERA_MINI,
    SAMSUNG_INTERNET,
    ANDROID,
    IE;

    /** The word in settings. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The browser of a word. */
    public static Optional<Browser> of(String wireName) {
        return Arrays.stream(values())
                .filter(browser -> browser.wireName().equals(wireName))
                .findFirst();
    }

    /** The browser that an event names so. */
    static Optional<Browser> named(String name) {
        return switch (name) {
            case "Chrome", "Chrome Mobile", "Chrome Mobile WebView", "Chrome Mobile iOS" -> Optional.of(CHROME);
            case "Edge", "Edge Mobile" -> Optional.of(EDGE);
            case "Firefox", "Firefox Mobile", "Firefox iOS" -> Optional.of(FIREFOX);
            case "Safari", "Mobile Safari" -> Optional.of(SAFARI);
            case "Opera", "Opera Mobile" -> Optional.of(OPERA);
            case "Opera Mini" -> Optional.of(OPERA_MINI);
            case "Samsung Internet" -> Optional.of(SAMSUNG_INTERNET);
            case "Android", "Android Browser" -> Optional.of(ANDROID);
            case "IE", "Internet Explorer" -> Optional.of(IE);
            default -> Optional.empty();
        };
    }
}
