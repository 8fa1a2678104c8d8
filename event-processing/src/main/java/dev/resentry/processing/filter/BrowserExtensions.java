package dev.resentry.processing.filter;

import java.util.List;
import java.util.Locale;

/**
 * Errors of what people have installed in their browsers, or of what an app has put into its web view. One is told by where it was
 * thrown, so that an error of the page stays that an extension only passes on; else by what it says.
 */
final class BrowserExtensions {
    private static final List<String> SCHEMES = List.of(
            "chrome-extension://",
            "moz-extension://",
            "safari-extension://",
            "safari-web-extension://",
            "ms-browser-extension://",
            "edge-extension://",
            "webkit-masked-url://");

    /** Parts of messages, in lower case. */
    private static final List<String> MESSAGES = List.of(
            // The interfaces of extensions, which pages do not have.
            "extension context invalidated",
            "receiving end does not exist",
            "message port closed before a response was received",
            "message channel closed before a response was received",
            "chrome.runtime",
            "browser.runtime",
            "runtime.sendmessage",
            "cannot redefine property: ethereum",
            "metamask",
            // Scripts that browsers and apps on phones put into every page.
            "__gcrweb",
            "__firefox__",
            "_autofillcallbackhandler",
            "instantsearchsdkjsbridge",
            "zalojsv2",
            // Mail programs that open links to look for malware.
            "object not found matching id:");

    private BrowserExtensions() {}

    static boolean caused(Candidate candidate) {
        String source = candidate.source().toLowerCase(Locale.ROOT);
        return SCHEMES.stream().anyMatch(source::startsWith)
                || candidate
                        .messages()
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .anyMatch(text -> MESSAGES.stream().anyMatch(text::contains));
    }
}
