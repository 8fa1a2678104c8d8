package dev.resentry.processing.filter;

import java.util.List;
import java.util.Locale;

/** Programs that walk the web and run the scripts of its pages, by their user agents. */
final class WebCrawlers {
    /** In lower case. The first ones are how most name themselves; the others do otherwise. */
    private static final List<String> MARKS = List.of(
            "bot/",
            "bot;",
            "bot)",
            "bot-",
            "crawler",
            "spider",
            "+http://",
            "+https://",
            "mediapartners-google",
            "google-inspectiontool",
            "google-read-aloud",
            "googleother",
            "chrome-lighthouse",
            "bingpreview",
            "facebookexternalhit",
            "facebookcatalog",
            "slurp",
            "yandeximages",
            "ia_archiver",
            "archive.org",
            "embedly",
            "whatsapp/",
            "skypeuripreview",
            "prerender");

    private WebCrawlers() {}

    static boolean sent(Candidate candidate) {
        String userAgent = candidate.userAgent().toLowerCase(Locale.ROOT);
        return !userAgent.isEmpty() && MARKS.stream().anyMatch(userAgent::contains);
    }
}
