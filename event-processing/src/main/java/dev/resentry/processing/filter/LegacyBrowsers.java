package dev.resentry.processing.filter;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Browsers that are older than a project supports; one whose version nobody knows is not. */
record LegacyBrowsers(Map<Browser, Integer> minimumVersions) {

    boolean sent(Candidate candidate) {
        JsonNode browser = candidate.event().json().path("contexts").path("browser");
        Integer minimum = Browser.named(browser.path("name").asString(""))
                .map(minimumVersions::get)
                .orElse(null);
        int version = major(browser.path("version").asString(""));
        return minimum != null && version >= 0 && version < minimum;
    }

    /** The number in front of the first dot; negative if there is none. */
    private static int major(String version) {
        int end = 0;
        while (end < version.length() && end < 6 && version.charAt(end) >= '0' && version.charAt(end) <= '9') {
            end++;
        }
        return end == 0 ? -1 : Integer.parseInt(version.substring(0, end));
    }
}
