package dev.resentry.model.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind the first semicolon of a header: {@code name=value} or {@code name="value"}, of each name the first. */
final class HeaderParameters {
    private final String header;
    private final Map<String, String> values = new HashMap<>();
    private int position;

    private HeaderParameters(String header) {
        this.header = header;
    }

    static HeaderParameters of(String header) {
        var parameters = new HeaderParameters(header);
        parameters.read();
        return parameters;
    }

    /** The value of a parameter; its extended form (RFC 5987), which can hold any character, comes first. */
    @Nullable
    String text(String name) {
        String extended = values.get(name + "*");
        int language = extended == null ? -1 : extended.indexOf("''");
        if (extended != null && language >= 0) {
            try {
                // Unlike in a form's own values, a plus sign is one here.
                return URLDecoder.decode(extended.substring(language + 2).replace("+", "%2B"), UTF_8);
            } catch (IllegalArgumentException _) {
                return extended;
            }
        }
        return values.get(name);
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    private void read() {
        for (position = header.indexOf(';'); position >= 0; position = header.indexOf(';', position)) {
            position++;
            int equals = header.indexOf('=', position);
            int semicolon = header.indexOf(';', position);
            if (equals < 0) {
                return;
            }
            if (semicolon < 0 || equals < semicolon) {
                String name = header.substring(position, equals).strip().toLowerCase(Locale.ROOT);
                position = equals + 1;
                while (position < header.length() && header.charAt(position) == ' ') {
                    position++;
                }
                values.putIfAbsent(name, header.startsWith("\"", position) ? quoted() : bare());
            }
        }
    }

    private String bare() {
        int semicolon = header.indexOf(';', position);
        int start = position;
        position = semicolon < 0 ? header.length() : semicolon;
        return header.substring(start, position).strip();
    }

    /** Only a quotation mark can be escaped: browsers write the backslashes of a path as they are. */
    private String quoted() {
        var value = new StringBuilder();
        for (position++; position < header.length() && header.charAt(position) != '"'; position++) {
            if (header.startsWith("\\\"", position)) {
                position++;
            }
            value.append(header.charAt(position));
        }
        return value.toString();
    }
}
