package dev.resentry.processing.group.rule;

import java.util.Locale;

/** Platforms that share rules. */
final class Family {
    private Family() {}

    static String of(String platform) {
        return switch (platform.toLowerCase(Locale.ROOT)) {
            case "javascript", "node" -> "javascript";
            case "native", "c", "cpp", "objc", "cocoa", "swift", "rust" -> "native";
            default -> "other";
        };
    }
}
