package dev.resentry.model.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A form as browsers send it without files ({@code application/x-www-form-urlencoded}). Of several fields of a name the first counts; one
 * whose percent-encoding is broken counts as missing.
 */
public record UrlEncodedForm(Map<String, String> fields) {

    public UrlEncodedForm {
        fields = Map.copyOf(fields);
    }

    /** Reads the bytes of a body. */
    public static UrlEncodedForm parse(byte[] content) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : new String(content, UTF_8).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    fields.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                } catch (IllegalArgumentException _) {
                    // As if it were not there.
                }
            }
        }
        return new UrlEncodedForm(fields);
    }

    /** The value of a field without blanks around it; empty if there is none. */
    public String value(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
