package dev.resentry.storage.delivery;

import dev.resentry.model.alert.TargetType;
import java.net.URI;

/** A target as people may see it: of URLs whose holder may post, only so much that it is recognised. */
public final class ShownTarget {
    private static final int END = 4;

    private ShownTarget() {}

    public static String of(TargetType type, String target) {
        if (!type.isUrl()) {
            return target;
        }
        URI uri;
        try {
            uri = URI.create(target.strip());
        } catch (IllegalArgumentException _) {
            return "…";
        }
        if (uri.getHost() == null) {
            return "…";
        }
        String host = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return switch (type) {
            case SLACK, MATTERMOST, DISCORD, MS_TEAMS ->
                host + "/…" + path.substring(path.length() > 2 * END ? path.length() - END : path.length());
            case WEBHOOK, SENTRY_WEBHOOK, SENTRY_PLUGIN -> host + path + (uri.getRawQuery() == null ? "" : "?…");
            case EMAIL, USER, TEAM, ASSIGNEE -> target;
        };
    }
}
