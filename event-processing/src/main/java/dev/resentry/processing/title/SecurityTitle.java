package dev.resentry.processing.title;

import tools.jackson.databind.JsonNode;

/** Titles of the reports that browsers send about a page's policies. */
final class SecurityTitle {
    private SecurityTitle() {}

    /** Empty if the event is no such report. */
    static String of(JsonNode event) {
        JsonNode csp = event.path("csp");
        if (csp.isObject()) {
            String directive = first(
                    csp, "effective_directive", "effective-directive", "violated_directive", "violated-directive");
            String blocked = first(csp, "blocked_uri", "blocked-uri");
            return "Blocked by " + (directive.isEmpty() ? "the content policy" : "'" + directive + "'")
                    + (blocked.isEmpty() ? "" : ": " + blocked);
        }
        if (event.path("expectct").isObject()) {
            return "Expect-CT failed for '"
                    + event.path("expectct").path("hostname").asString("") + "'";
        }
        if (event.path("expectstaple").isObject()) {
            return "Expect-Staple failed for '"
                    + event.path("expectstaple").path("hostname").asString("") + "'";
        }
        return event.path("hpkp").isObject()
                ? "Public key pinning failed for '"
                        + event.path("hpkp").path("hostname").asString("") + "'"
                : "";
    }

    private static String first(JsonNode report, String... names) {
        for (String name : names) {
            String text = report.path(name).asString("");
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
