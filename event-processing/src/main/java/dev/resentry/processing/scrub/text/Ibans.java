package dev.resentry.processing.scrub.text;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** International bank account numbers: a country, its length, and a right check number (mod 97), in one piece or in fours. */
final class Ibans {
    private static final Map<String, Integer> LENGTHS = new HashMap<>();

    static {
        String registry = """
                AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 \
                ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 \
                LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 \
                QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20""";
        for (String country : registry.split(" ")) {
            LENGTHS.put(country.substring(0, 2), Integer.parseInt(country, 2, 4, 10));
        }
    }

    private Ibans() {}

    /** The end of an IBAN that begins at a word; -1 if there is none. */
    static int end(String text, int start) {
        if (!Chars.isDigitAt(text, start + 2)
                || !Chars.isDigitAt(text, start + 3)
                || Chars.isDigitAt(text, start + 1)) {
            return -1;
        }
        Integer length = LENGTHS.get(text.substring(start, start + 2).toUpperCase(Locale.ROOT));
        if (length == null) {
            return -1;
        }
        var signs = new StringBuilder(length);
        int at = start;
        while (signs.length() < length) {
            if (signs.length() > 0 && signs.length() % 4 == 0) {
                at = Chars.separator(text, at);
            }
            if (!Chars.isWordAt(text, at)) {
                return -1;
            }
            signs.append(text.charAt(at++));
        }
        return !Chars.isWordAt(text, at) && hasCheckNumber(signs) ? at : -1;
    }

    private static boolean hasCheckNumber(StringBuilder signs) {
        int rest = 0;
        for (int i = 0; i < signs.length(); i++) {
            int value = Character.digit(signs.charAt((i + 4) % signs.length()), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest == 1;
    }
}
