package dev.resentry.processing.group.frame;

import java.util.List;

/** What is of libraries in web pages. */
final class WebLibraries {
    /** Names of files, without what follows the name. */
    static final List<String> FILES = List.of("""
            analytics angular axios backbone bootstrap core-js ember framework gtag gtm jquery lodash polyfill
            polyfills react react-dom runtime rxjs vendor vendors vue webpack zone zone-evergreen""".split("\\s+"));

    /** Hosts that serve libraries. */
    static final List<String> HOSTS = List.of("""
            ://ajax.googleapis.com/ ://browser.sentry-cdn.com/ ://cdn.jsdelivr.net/ ://cdnjs.cloudflare.com/
            ://code.jquery.com/ ://connect.facebook.net/ ://esm.run/ ://esm.sh/ ://js.sentry-cdn.com/
            ://js.stripe.com/ ://unpkg.com/ ://www.google-analytics.com/ ://www.googletagmanager.com/""".split("\\s+"));

    private WebLibraries() {}
}
