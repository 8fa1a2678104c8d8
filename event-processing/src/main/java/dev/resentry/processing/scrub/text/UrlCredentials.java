package dev.resentry.processing.scrub.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passwords in URLs: {@code scheme://user:password@host}, also where the URL is encoded in another one. */
final class UrlCredentials {
    private static final int MAX_LENGTH = 2_048;
    private static final int NAME_LENGTH = 256;

    /** How the signs of a URL are written. */
    private record Form(String begin, String colon, String at) {}

    private static final List<Form> FORMS = List.of(new Form("://", ":", "@"), new Form("%3A%2F%2F", "%3A", "%40"));

    private UrlCredentials() {}

    /** Whether a URL's authority may begin at a place. */
    static boolean isHere(String text, int at) {
        return form(text, at) != null;
    }

    private static @Nullable Form form(String text, int at) {
        char first = text.charAt(at);
        if (first != '%' && !(first == ':' && Chars.isAt(text, at + 1, '/'))) {
            return null;
        }
        for (Form form : FORMS) {
            if (text.regionMatches(true, at, form.begin(), 0, form.begin().length())) {
                return form;
            }
        }
        return null;
    }

    /** Tells of the password of the URL at a place; the end of what was told of, -1 if nothing was. */
    static int find(String text, int at, Found found) {
        Form form = form(text, at);
        if (form == null) {
            return -1;
        }
        int name = at + form.begin().length();
        int colon = indexOf(text, form.colon(), name, NAME_LENGTH);
        if (colon < 0) {
            return -1;
        }
        int password = colon + form.colon().length();
        int end = lastIndexOf(text, form, password);
        if (end <= password || text.substring(password, end).equals(SecretKind.URL_CREDENTIALS.marker())) {
            return -1;
        }
        found.at(SecretKind.URL_CREDENTIALS, password, end, "");
        return end;
    }

    private static int indexOf(String text, String wanted, int start, int within) {
        for (int i = start; i < text.length() && i - start < within; i++) {
            if (text.regionMatches(true, i, wanted, 0, wanted.length())) {
                return i;
            }
            if (isOutside(text.charAt(i)) || text.charAt(i) == '/' || text.charAt(i) == '@') {
                return -1;
            }
        }
        return -1;
    }

    /** The last at sign of the authority; a password that is not encoded may hold slashes, but no port does. */
    private static int lastIndexOf(String text, Form form, int start) {
        int digits = Chars.digits(text, start);
        boolean port = digits > start && (digits == text.length() || text.charAt(digits) == '/');
        int last = -1;
        for (int i = start; !port && i < text.length() && i - start < MAX_LENGTH; i++) {
            char c = text.charAt(i);
            if (text.regionMatches(true, i, form.at(), 0, form.at().length())) {
                last = i;
            } else if (isOutside(c) || c == '?' || c == '#' || (last >= 0 && c == '/') || isHere(text, i)) {
                break;
            }
        }
        return last;
    }

    private static boolean isOutside(char c) {
        return Chars.isBlank(c) || Chars.isQuote(c) || c == '<' || c == '>' || c == ',';
    }
}
