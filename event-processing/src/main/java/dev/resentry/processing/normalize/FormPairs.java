package dev.resentry.processing.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads query strings and cookies as pairs, each a list of a name and a value. */
final class FormPairs {
    private static final int OVERHEAD = 4;
    private static final int LEAST_CUT = 8;

    private FormPairs() {}

    /** The pairs of a query string; what cannot be decoded stays as it is. */
    static void addQuery(ArrayNode pairs, String query) {
        String text = query.startsWith("?") ? query.substring(1) : query;
        for (int at = 0; at < text.length(); ) {
            int end = endOf(text, at, '&');
            if (end > at) {
                int equals = text.indexOf('=', at, end);
                boolean hasValue = equals >= 0;
                pairs.addArray()
                        .add(decoded(text.substring(at, hasValue ? equals : end)))
                        .add(hasValue ? decoded(text.substring(equals + 1, end)) : "");
            }
            at = end + 1;
        }
    }

    /** The pairs of a {@code Cookie} header. */
    static void addCookies(ArrayNode pairs, String cookies) {
        for (int at = 0; at < cookies.length(); ) {
            int end = endOf(cookies, at, ';');
            String cookie = cookies.substring(at, end).strip();
            if (!cookie.isEmpty()) {
                int equals = cookie.indexOf('=');
                pairs.addArray()
                        .add(equals < 0 ? cookie : cookie.substring(0, equals).strip())
                        .add(equals < 0 ? "" : cookie.substring(equals + 1).strip());
            }
            at = end + 1;
        }
    }

    /** Whether something is a pair whose name is a text. */
    static boolean isPair(JsonNode given) {
        return given.isArray() && given.size() == 2 && given.get(0).isString();
    }

    /** Bounds a list of pairs: the last one that has room is cut, and what comes behind it goes. */
    static void bound(Draft draft, ObjectNode object, String name, Path parent, int size) {
        if (!(object.get(name) instanceof ArrayNode pairs)) {
            return;
        }
        int left = size;
        for (int i = 0; i < pairs.size(); i++) {
            String key = pairs.get(i).get(0).asString();
            String value = pairs.get(i).get(1).asString();
            int room = left - key.length() - OVERHEAD;
            if (room < Math.min(value.length(), LEAST_CUT)) {
                draft.shortened(parent.at(name), pairs.size());
                while (pairs.size() > i) {
                    pairs.remove(pairs.size() - 1);
                }
                return;
            }
            if (value.length() > room) {
                draft.shortened(parent.at(name).at(i).at(1), value.length());
                value = Texts.cut(value, room);
                pairs.set(i, pairs.arrayNode().add(key).add(value));
            }
            left = room - value.length();
        }
    }

    private static int endOf(String text, int from, char separator) {
        int end = text.indexOf(separator, from);
        return end < 0 ? text.length() : end;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        byte[] given = text.replace('+', ' ').getBytes(UTF_8);
        byte[] bytes = new byte[given.length];
        int length = 0;
        for (int i = 0; i < given.length; i++) {
            int high = given[i] == '%' && i + 2 < given.length ? Character.digit(given[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(given[i + 2], 16);
            if (low >= 0) {
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = given[i];
            }
        }
        return UnstorableText.cleaned(new String(bytes, 0, length, UTF_8));
    }
}
