package dev.resentry.query.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names operations after their routes, which are what callers hold on to: {@code GET /api/v1/issues/{id}/events} is
 * {@code listIssueEvents} and {@code POST /api/v1/jobs/{id}/pause} is {@code pauseJob}. What a route cannot say, such as
 * {@code login}, the controller's method says by {@code @Operation(operationId)}.
 */
final class OperationIds {
    private static final String NATIVE = "/api/v1/";

    private OperationIds() {}

    /**
     * The name of an operation.
     *
     * @param lists whether it answers a list of things, not one thing
     * @param patched whether the path has a {@code PATCH} besides, so that its {@code PUT} replaces the whole
     */
    static String of(String method, String path, boolean lists, boolean patched) {
        List<String> nouns = new ArrayList<>();
        boolean one = false;
        for (String segment : inside(path).split("/")) {
            one = segment.startsWith("{");
            if (!one) {
                nouns.add(segment);
            } else if (!nouns.isEmpty()) {
                nouns.add(singular(nouns.removeLast()));
            }
        }
        String last = nouns.getLast();
        if (method.equals("POST") && nouns.size() > 1 && !one && isVerb(last)) {
            return last + title(nouns.subList(0, nouns.size() - 1)) + suffix(path);
        }
        String verb = switch (method) {
            case "GET" -> lists ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> patched ? "replace" : "update";
            case "PATCH" -> "update";
            default -> method.toLowerCase(Locale.ROOT);
        };
        List<String> named = new ArrayList<>();
        nouns.subList(0, nouns.size() - 1).forEach(noun -> named.add(singular(noun)));
        named.add(verb.equals("create") ? singular(last) : last);
        return verb + title(named) + suffix(path);
    }

    /** Tells the same operation by another path from that of the native API. */
    static String suffix(String path) {
        if (path.startsWith(NATIVE)) {
            return "";
        }
        return path.startsWith("/api/") ? "AtApi" : "AtRoot";
    }

    /** The words of a name: {@code List issue events} for {@code listIssueEvents}. */
    static String sentence(String id) {
        String words = id.replaceFirst("At(?:Root|Api)$", "")
                .replaceAll("([A-Z])", " $1")
                .toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String inside(String path) {
        return path.replaceFirst("^/(?:api/(?:v1/)?)?", "");
    }

    private static boolean isVerb(String word) {
        return !word.endsWith("s") && !word.contains("-");
    }

    private static String singular(String noun) {
        if (noun.endsWith("ies")) {
            return noun.substring(0, noun.length() - 3) + "y";
        }
        if (noun.endsWith("ches")) {
            return noun.substring(0, noun.length() - 2);
        }
        return noun.endsWith("s") && !noun.endsWith("ss") ? noun.substring(0, noun.length() - 1) : noun;
    }

    private static String title(List<String> nouns) {
        var title = new StringBuilder();
        for (String noun : nouns) {
            for (String word : noun.split("[-_.]")) {
                title.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return title.toString();
    }
}
