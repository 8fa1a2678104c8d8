package dev.resentry.processing.scrub.text;

import dev.resentry.processing.address.IpAddress;
import dev.resentry.processing.scrub.key.SensitiveKeys;
import java.util.Locale;

/** One pass over a text, from its beginning to its end, that tells of what it finds. */
public final class TextScan {
    private static final int TOKENS = SecretKind.TOKEN.bit() | SecretKind.ACCESS_KEY.bit();

    private final String text;
    private final int wanted;
    private final TextPairs pairs;
    private final Found found;
    private int done;
    private int noWebTokenBefore;
    private int noVersion6Before;

    private TextScan(String text, int wanted, TextPairs pairs, Found found) {
        this.text = text;
        this.wanted = wanted;
        this.pairs = pairs;
        this.found = found;
    }

    /**
     * Looks for some kinds in a text.
     *
     * @param wanted the kinds as bits
     * @param cookies whether the text is that of cookies, whose names say more
     */
    public static void run(String text, int wanted, boolean cookies, SensitiveKeys keys, Found found) {
        runOnlyFor(possible(text, wanted), text, cookies, keys, found);
    }

    /** Does the same where it is known which kinds are possible. */
    public static void runOnlyFor(int possible, String text, boolean cookies, SensitiveKeys keys, Found found) {
        if (possible != 0) {
            new TextScan(text, possible, new TextPairs(text, keys, cookies), found).all();
        }
    }

    /** Of some kinds, as bits, those that a text may hold; most hold none. Takes much less time than a scan. */
    public static int possible(String text, int wanted) {
        return TextFeatures.possible(text, wanted);
    }

    /** Whether a number is one of a payment card. */
    public static boolean isCard(long number) {
        return CardNumbers.isCard(number);
    }

    private void all() {
        int i = 0;
        while (i < text.length()) {
            int end = at(i, text.charAt(i));
            i = end > i ? end : i + 1;
        }
    }

    /** Behind what is done with at a place; -1 if nothing is. */
    private int at(int i, char c) {
        if (Chars.isWord(c)) {
            return startsWord(i) ? word(i, c) : -1;
        }
        return switch (c) {
            case '@' -> email(i, i + 1);
            case '%' -> encoded(i);
            case '=', '>' -> pair(i, 1);
            case ':' -> UrlCredentials.isHere(text, i) ? url(i) : pair(i, 1);
            case '-' -> dash(i);
            case '/', '\\' -> path(i);
            default -> -1;
        };
    }

    private boolean startsWord(int i) {
        return !Chars.isWordAt(text, i - 1)
                || Chars.isEscaped(text, i)
                || (isEscape(i - 1) && "nrt".indexOf(text.charAt(i - 1)) >= 0)
                || (isEscape(i - 5) && isUnicode(i - 5));
    }

    /** Whether a backslash, which may be a sign of a URL, stands in front of a place. */
    private boolean isEscape(int i) {
        return Chars.isAt(text, i - 1, '\\')
                || (Chars.isAt(text, i - 3, '%') && text.regionMatches(true, i - 3, "%5C", 0, 3));
    }

    /** Whether this is what follows the backslash of a sign by its number. */
    private boolean isUnicode(int i) {
        return Chars.isAt(text, i, 'u')
                && i + 4 < text.length()
                && Chars.isHex(text.charAt(i + 1))
                && Chars.isHex(text.charAt(i + 2))
                && Chars.isHex(text.charAt(i + 3))
                && Chars.isHex(text.charAt(i + 4));
    }

    private int word(int i, char c) {
        if (isEscape(i)) {
            if (c == 'n' || c == 'r' || c == 't') {
                return i + 1;
            }
            if (isUnicode(i)) {
                return i + 5;
            }
        }
        int end = Chars.isDigit(c) ? number(i) : letters(i, c);
        if (end < 0 && wants(SecretKind.UUID)) {
            end = told(SecretKind.UUID, i, HexIds.uuid(text, i));
        }
        if (end < 0 && wants(SecretKind.MAC)) {
            end = told(SecretKind.MAC, i, HexIds.mac(text, i));
        }
        if (end < 0 && wants(SecretKind.IP) && Chars.isHex(c)) {
            end = address(i);
        }
        return end < 0 ? Chars.word(text, i) : end;
    }

    private int number(int i) {
        int end = -1;
        if (wants(SecretKind.CARD)) {
            end = told(SecretKind.CARD, i, CardNumbers.end(text, i));
        }
        if (end < 0 && wants(SecretKind.SSN)) {
            end = told(SecretKind.SSN, i, SocialSecurityNumbers.end(text, i));
        }
        return end;
    }

    private int letters(int i, char c) {
        int end = -1;
        if (c == 'e' && wants(SecretKind.TOKEN) && i >= noWebTokenBefore) {
            end = told(SecretKind.TOKEN, i, WebTokens.end(text, i));
            noWebTokenBefore = end < 0 ? WebTokens.part(text, i) : end;
        }
        if (end < 0 && (wanted & TOKENS) != 0) {
            end = token(i, c);
        }
        if (end < 0 && (c == 'B' || c == 'b') && wants(SecretKind.TOKEN)) {
            end = scheme(i);
        }
        if (end < 0 && wants(SecretKind.IBAN)) {
            end = told(SecretKind.IBAN, i, Ibans.end(text, i));
        }
        return end;
    }

    private int token(int i, char c) {
        for (TokenShape shape : TokenShape.beginningWith(c)) {
            int end = wants(shape.kind()) ? told(shape.kind(), i, shape.end(text, i)) : -1;
            if (end >= 0) {
                return end;
            }
        }
        return -1;
    }

    private int scheme(int i) {
        int start = AuthorizationSchemes.credentials(text, i);
        return start < 0 ? -1 : told(SecretKind.TOKEN, start, AuthorizationSchemes.end(text, i, start));
    }

    private int address(int i) {
        boolean six = i >= noVersion6Before;
        IpAddress address = IpAddress.at(text, i, six);
        if (address == null && six) {
            noVersion6Before = IpAddress.run(text, i);
        }
        if (address == null || address.isNobodys() || isVersion(i) || Chars.isWordAt(text, address.end())) {
            return -1;
        }
        return told(SecretKind.IP, i, address.end());
    }

    /** Four numbers may be the version of a product, as in {@code Chrome/109.0.5414.120}. */
    private boolean isVersion(int i) {
        return (Chars.isAt(text, i - 1, '/') && Chars.isWordAt(text, i - 2))
                || (Chars.isAt(text, i - 1, '.') && Chars.isWordAt(text, i - 2));
    }

    private int email(int at, int domain) {
        if (!wants(SecretKind.EMAIL)) {
            return -1;
        }
        int start = EmailAddresses.start(text, at, done);
        int end = start < 0 ? -1 : EmailAddresses.end(text, domain);
        // What follows git@ is the address of a repository.
        if (end < 0
                || (text.substring(start, at).toLowerCase(Locale.ROOT).equals("git") && Chars.isAt(text, end, ':'))) {
            return -1;
        }
        return told(SecretKind.EMAIL, start, end);
    }

    /** A sign of a text that is a part of a URL, or of a URL in another one. */
    private int encoded(int i) {
        int length = text.startsWith("%25", i) && i + 4 < text.length() && Chars.isHex(text.charAt(i + 3)) ? 5 : 3;
        int behind = i + length;
        if (behind > text.length()) {
            return -1;
        }
        int end = switch (text.substring(behind - 2, behind).toUpperCase(Locale.ROOT)) {
            case "40" -> email(i, behind);
            case "3A" -> UrlCredentials.isHere(text, i) ? url(i) : pair(i, length);
            case "3D" -> pair(i, length);
            default -> -1;
        };
        // The digits of an escaped sign are none of the text's; those of letters are not escaped.
        boolean sign = "02357".indexOf(text.charAt(behind - 2)) >= 0 && Chars.isHex(text.charAt(behind - 1));
        return end < 0 && (sign || text.startsWith("%40", i)) ? behind : end;
    }

    private int url(int i) {
        if (!wants(SecretKind.URL_CREDENTIALS)) {
            return -1;
        }
        return noted(UrlCredentials.find(text, i, found));
    }

    private int pair(int i, int length) {
        return wants(SecretKind.PASSWORD) ? noted(pairs.find(i, length, done, found)) : -1;
    }

    private int dash(int i) {
        int end = wants(SecretKind.PEM_KEY) ? told(SecretKind.PEM_KEY, i, PemKeys.end(text, i)) : -1;
        return end < 0 && wants(SecretKind.PASSWORD) ? noted(pairs.flag(i, found)) : end;
    }

    private int path(int i) {
        int name = wants(SecretKind.USER_PATH) ? HomePaths.name(text, i) : -1;
        return name < 0 ? -1 : told(SecretKind.USER_PATH, name, HomePaths.end(text, name));
    }

    private boolean wants(SecretKind kind) {
        return (wanted & kind.bit()) != 0;
    }

    private int told(SecretKind kind, int start, int end) {
        if (end > start) {
            found.at(kind, start, end, kind == SecretKind.CARD && isJsonNumber(start) ? "\"" : "");
            done = end;
        }
        return end;
    }

    private int noted(int end) {
        done = Math.max(done, end);
        return end;
    }

    /** Whether a digit begins a bare number of a JSON text. */
    private boolean isJsonNumber(int start) {
        if (text.charAt(0) != '{' && text.charAt(0) != '[') {
            return false;
        }
        int before = start - 1;
        while (before > 0 && before > start - 8 && Chars.isBlank(text.charAt(before))) {
            before--;
        }
        return before >= 0 && ":,[".indexOf(text.charAt(before)) >= 0;
    }
}
