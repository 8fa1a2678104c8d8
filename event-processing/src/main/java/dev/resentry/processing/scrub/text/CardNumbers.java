package dev.resentry.processing.scrub.text;

/** Numbers of payment cards of 14 to 16 digits: the prefix of a network and a right check digit (Luhn). */
final class CardNumbers {
    static final int MIN_DIGITS = 14;
    private static final int MAX_DIGITS = 16;

    private CardNumbers() {}

    /** The end of a card number that begins at the first digit of a run; -1 if there is none. */
    static int end(String text, int start) {
        // The digits behind a decimal point are no number of their own.
        if (Chars.isAt(text, start - 1, '.') && Chars.isDigitAt(text, start - 2)) {
            return -1;
        }
        int first = Chars.digits(text, start);
        int end = switch (first - start) {
            case 4 -> grouped(text, first);
            case 14, 15, 16 -> first;
            default -> -1;
        };
        return end > 0 && !Chars.isWordAt(text, end) && isCard(text, start, end) ? end : -1;
    }

    /** 4-4-4-4, 4-6-5 or 4-6-4. */
    private static int grouped(String text, int first) {
        int start = Chars.separator(text, first);
        int end = Chars.digits(text, start);
        if (start == first) {
            return -1;
        }
        if (end - start == 6) {
            int last = group(text, end, 5);
            return last > 0 ? last : group(text, end, 4);
        }
        int third = end - start == 4 ? group(text, end, 4) : -1;
        return third > 0 ? group(text, third, 4) : -1;
    }

    private static int group(String text, int before, int digits) {
        int start = Chars.separator(text, before);
        int end = Chars.digits(text, start);
        return start > before && end - start == digits ? end : -1;
    }

    /** Whether a number of its own is one of a card. */
    static boolean isCard(long number) {
        return number >= 30_000_000_000_000L && number <= 9_999_999_999_999_999L && end(Long.toString(number), 0) > 0;
    }

    private static boolean isCard(String text, int start, int end) {
        var digits = new StringBuilder(MAX_DIGITS);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                i += 2;
            } else if (Chars.isDigit(c)) {
                digits.append(c);
            }
        }
        return isOfNetwork(digits) && hasCheckDigit(digits);
    }

    private static boolean isOfNetwork(StringBuilder digits) {
        int prefix = Integer.parseInt(digits, 0, 4, 10);
        return switch (digits.length()) {
            case 14 -> prefix / 100 == 36 || prefix / 100 == 38 || (prefix >= 3000 && prefix <= 3059);
            case 15 -> prefix / 100 == 34 || prefix / 100 == 37;
            default ->
                prefix / 1000 == 4
                        || (prefix >= 5100 && prefix <= 5599)
                        || (prefix >= 2221 && prefix <= 2720)
                        || prefix == 6011
                        || (prefix >= 6221 && prefix <= 6229)
                        || (prefix >= 6440 && prefix <= 6599)
                        || (prefix >= 3528 && prefix <= 3589);
        };
    }

    private static boolean hasCheckDigit(StringBuilder digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
