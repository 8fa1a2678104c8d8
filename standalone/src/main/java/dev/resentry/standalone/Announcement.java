package dev.resentry.standalone;

import java.nio.file.Path;
import java.util.Optional;

/** What a person is told once everything is up. */
record Announcement(String url, String dsn, String email, Optional<String> password, Path data) {

    String text() {
        return """

                Resentry is up: %s
                  API docs   %s/docs
                  DSN        %s
                  Login      %s  %s
                  Data       %s

                Send an event:
                  curl -s %s -H 'Content-Type: application/json' --data '{"message":"Hello from curl","level":"info"}'
                or: ./resentry send-test-event

                Ctrl-C stops it.""".formatted(url, url, dsn, email, login(), data, storeUrl());
    }

    private String login() {
        return password.map(made -> made + "  (shown this once)")
                .orElse("(the password shown at the first start, or RESENTRY_ADMIN_PASSWORD as it was then)");
    }

    private String storeUrl() {
        int at = dsn.indexOf('@');
        int scheme = dsn.indexOf("://");
        if (at < 0 || scheme < 0) {
            return "'%s'".formatted(url);
        }
        String key = dsn.substring(scheme + 3, at);
        String project = dsn.substring(dsn.lastIndexOf('/') + 1);
        return "'%s/api/%s/store/?sentry_key=%s'".formatted(url, project, key);
    }
}
