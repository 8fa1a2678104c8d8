package dev.resentry.processing.normalize;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Names of transactions: what is a URL as it was called loses the parts that are another in every call (section 8.9). */
final class TransactionNames {
    private static final String ANY = "*";
    private static final int LEAST_HASH = 16;
    private static final int MAX_SOURCE = 128;

    private TransactionNames() {}

    static void apply(ObjectNode transaction) {
        String source = transaction.path("transaction_info").path("source").asString("");
        if (source.isBlank()) {
            if (!transaction.path("transaction_info").isObject()) {
                transaction.remove("transaction_info");
            }
            transaction.withObjectProperty("transaction_info").put("source", "unknown");
        } else if (source.length() > MAX_SOURCE) {
            transaction.withObjectProperty("transaction_info").put("source", Texts.cut(source, MAX_SOURCE));
        }
        String name = transaction.path("transaction").asString("");
        String stable = source.equals("url") ? withoutIds(name) : null;
        if (stable != null) {
            transaction.put("transaction", stable);
            transaction.withObjectProperty("transaction_info").put("source", "sanitized");
        }
    }

    /** The name with {@code *} for its ids; null if it has none. */
    static @Nullable String withoutIds(String name) {
        String[] parts = name.split("/", -1);
        List<String> stable = new ArrayList<>(parts.length);
        boolean hasIds = false;
        for (String part : parts) {
            boolean isId = isId(part);
            hasIds |= isId;
            stable.add(isId ? ANY : part);
        }
        return hasIds ? String.join("/", stable) : null;
    }

    /** Digits alone, and what is long, of hex digits and dashes, and has a digit. */
    private static boolean isId(String part) {
        int digits = 0;
        int letters = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (Ascii.isDigit(c)) {
                digits++;
            } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
                letters++;
            } else if (c != '-') {
                return false;
            }
        }
        return digits > 0 && (letters == 0 || part.length() >= LEAST_HASH);
    }
}
