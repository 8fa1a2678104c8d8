package dev.resentry.processing.normalize;

import dev.resentry.processing.normalize.Texts.Limit;
import java.util.Locale;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The HTTP request (ingest protocol, section 8.8). {@code query_string}, {@code headers} and {@code cookies} become lists of pairs,
 * which keep their order and what is repeated; the URL loses its query and fragment to fields of their own.
 */
final class RequestRules {
    private static final Limit URL = new Limit(256, 40);
    private static final Limit FRAGMENT = new Limit(1024, 0);
    private static final Limit METHOD = new Limit(128, 0);
    private static final Trimming.Limit BODY = new Trimming.Limit(7, 8192);
    private static final int MAX_QUERY = 1024;
    private static final int MAX_COOKIES = 2048;
    private static final int MAX_HEADERS = 8192;
    private static final Path PATH = Path.EVENT.at("request");

    private final Draft draft;
    private final ObjectNode request;

    private RequestRules(Draft draft, ObjectNode request) {
        this.draft = draft;
        this.request = request;
    }

    static void apply(Draft draft) {
        ObjectNode event = draft.json();
        if (event.get("request") instanceof ObjectNode request) {
            new RequestRules(draft, request).apply();
        } else {
            Texts.remove(draft, event, "request", Path.EVENT, "expected an object");
        }
    }

    private void apply() {
        url();
        String method = Texts.stripped(draft, request, "method", PATH);
        if (method != null) {
            request.put("method", method.toUpperCase(Locale.ROOT));
            Texts.bounded(draft, request, "method", PATH, METHOD);
        }
        pairs("query_string", FormPairs::addQuery);
        pairs("cookies", FormPairs::addCookies);
        pairs("headers", (_, _) -> {});
        headers();
        if (request.has("env") && !request.path("env").isObject()) {
            Texts.remove(draft, request, "env", PATH, "expected an object");
        }
        FormPairs.bound(draft, request, "query_string", PATH, MAX_QUERY);
        FormPairs.bound(draft, request, "cookies", PATH, MAX_COOKIES);
        FormPairs.bound(draft, request, "headers", PATH, MAX_HEADERS);
        Trimming.apply(draft, request, "env", PATH, BODY);
        Trimming.apply(draft, request, "data", PATH, BODY);
    }

    private void url() {
        String url = Texts.stripped(draft, request, "url", PATH);
        if (url != null) {
            int hash = url.indexOf('#');
            String withoutFragment = hash < 0 ? url : url.substring(0, hash);
            int mark = withoutFragment.indexOf('?');
            request.put("url", mark < 0 ? withoutFragment : withoutFragment.substring(0, mark));
            Texts.stripped(draft, request, "url", PATH);
            split("fragment", hash < 0 ? "" : url.substring(hash + 1));
            split("query_string", mark < 0 ? "" : withoutFragment.substring(mark + 1));
            Texts.bounded(draft, request, "url", PATH, URL);
        }
        Texts.bounded(draft, request, "fragment", PATH, FRAGMENT);
    }

    /** What the SDK says apart from the URL stays. */
    private void split(String name, String part) {
        JsonNode given = request.path(name);
        boolean isMissing = given.isMissingNode()
                || given.isNull()
                || (given.isString() && given.asString().isEmpty())
                || (given.isContainer() && given.isEmpty());
        if (isMissing && !part.isEmpty()) {
            request.put(name, part);
        }
    }

    /** A text, an object or a list of pairs becomes the last of these. */
    private void pairs(String name, BiConsumer<ArrayNode, String> text) {
        JsonNode given = request.get(name);
        if (given == null) {
            return;
        }
        ArrayNode pairs = request.arrayNode();
        switch (given) {
            case ObjectNode object ->
                object.properties().forEach(entry -> add(name, pairs, entry.getKey(), entry.getValue()));
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    JsonNode pair = list.get(i);
                    if (FormPairs.isPair(pair)) {
                        add(name, pairs, pair.get(0).asString(), pair.get(1));
                    } else if (!pair.isNull()) {
                        draft.invalid(PATH.at(name).at(i), pair, "expected a pair of a name and a value");
                    }
                }
            }
            default -> {
                text.accept(pairs, given.asString(""));
                if (pairs.isEmpty() && !given.asString("").isEmpty()) {
                    draft.invalid(PATH.at(name), given, "expected an object or a list of pairs");
                }
            }
        }
        if (pairs.isEmpty()) {
            request.remove(name);
        } else {
            request.set(name, pairs);
        }
    }

    /** Of a list of values, each is a pair of its own; what is no text stays what it is. */
    private static void add(String field, ArrayNode pairs, String name, JsonNode value) {
        if (value.isArray() && !field.equals("cookies")) {
            value.forEach(each -> addOne(pairs, name, each));
        } else if (!value.isNull()) {
            addOne(pairs, name, value);
        }
    }

    private static void addOne(ArrayNode pairs, String name, JsonNode value) {
        String text = Texts.read(value);
        ArrayNode pair = pairs.addArray().add(name);
        if (text == null) {
            pair.add(value.toString());
        } else {
            pair.add(text);
        }
    }

    /** Names as HTTP's authors write them; cookies are a field of their own. */
    private void headers() {
        if (!(request.get("headers") instanceof ArrayNode given)) {
            return;
        }
        ArrayNode headers = request.arrayNode();
        boolean hasCookies = request.has("cookies");
        ArrayNode cookies = request.arrayNode();
        for (JsonNode pair : given) {
            String name = titled(pair.get(0).asString().strip());
            String value = pair.get(1).asString("");
            if (name.equals("Cookie") && !hasCookies) {
                FormPairs.addCookies(cookies, value);
            } else {
                headers.addArray().add(name).add(value);
            }
        }
        if (!cookies.isEmpty()) {
            request.set("cookies", cookies);
        }
        if (headers.isEmpty()) {
            request.remove("headers");
        } else {
            request.set("headers", headers);
        }
    }

    private static String titled(String name) {
        var titled = new StringBuilder(name.length());
        boolean isFirst = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            titled.append(isFirst ? Character.toUpperCase(c) : Character.toLowerCase(c));
            isFirst = c == '-';
        }
        return titled.toString();
    }
}
