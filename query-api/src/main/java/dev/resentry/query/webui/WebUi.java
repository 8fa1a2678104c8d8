package dev.resentry.query.webui;

import org.springframework.core.io.ClassPathResource;

/**
 * Whether the pages are part of this build, which they are not if it was made without Node.
 *
 * @param present whether {@code /ui/} answers with pages
 */
public record WebUi(boolean present) {
    /** Where the pages are on the class path. */
    static final String LOCATION = "static/ui/";

    /** Where browsers find them. */
    public static final String PATH = "/ui/";

    static WebUi onClassPath() {
        return new WebUi(new ClassPathResource(LOCATION + "index.html").exists());
    }
}
