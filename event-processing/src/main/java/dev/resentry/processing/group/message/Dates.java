package dev.resentry.processing.group.message;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Dates and times in the forms that programs write. */
final class Dates {
    private static final String MARK = "<date>";
    private static final Set<String> DAYS = Set.of(
            "mon",
            "tue",
            "wed",
            "thu",
            "fri",
            "sat",
            "sun",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday");
    private static final Set<String> MONTHS = Set.of(
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct",
            "nov",
            "dec",
            "january",
            "february",
            "march",
            "april",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private static final int LONGEST_NAME = 9;

    /** Of days and months. */
    private static final String FIRST_LETTERS = "mtwfsjandoMTWFSJANDO";

    /** A date in words has a day, a month, a year and a time, and not much more. */
    private static final int MAX_LENGTH = 64;

    private Dates() {}

    /** Whether a date in words may begin with a word of letters. */
    static boolean mayBegin(String text, int start, int end) {
        if (end - start < 3 || end - start > LONGEST_NAME || FIRST_LETTERS.indexOf(text.charAt(start)) < 0) {
            return false;
        }
        String word = text.substring(start, end).toLowerCase(Locale.ROOT);
        return DAYS.contains(word) || MONTHS.contains(word);
    }

    static @Nullable Token at(String text, int at) {
        if (Tokens.isDigit(text.charAt(at))) {
            Token numeric = numeric(text, at);
            return numeric != null ? numeric : inWords(text, at);
        }
        if (text.startsWith("datetime.", at)) {
            int open = text.indexOf('(', at);
            int close = text.indexOf(')', at);
            return open > 0 && open - at < 24 && close > open && close - at < 120
                    ? new Token(close + 1 - at, MARK)
                    : null;
        }
        return inWords(text, at);
    }

    /** {@code 2026-11-20T12:00:00Z}, {@code 2026/11/20 12:00}, {@code 20.11.2026}, {@code 12:00:00}. */
    private static @Nullable Token numeric(String text, int at) {
        int end = date(text, at);
        if (end < 0) {
            int time = time(text, at);
            return time < 0 || isWordAt(text, time) ? null : new Token(time - at, MARK);
        }
        if (end < text.length() && (text.charAt(end) == 'T' || text.charAt(end) == ' ' || text.charAt(end) == 't')) {
            int time = time(text, end + 1);
            end = time < 0 ? end : time;
        }
        return isWordAt(text, end) ? null : new Token(end - at, MARK);
    }

    private static boolean isWordAt(String text, int at) {
        return at < text.length() && Tokens.isWord(text.charAt(at));
    }

    private static int date(String text, int at) {
        int first = digits(text, at, 4);
        if (first == at || first >= text.length()) {
            return -1;
        }
        char separator = text.charAt(first);
        if (separator != '-' && separator != '/' && separator != '.') {
            return -1;
        }
        int second = digits(text, first + 1, 2);
        if (second == first + 1 || second >= text.length() || text.charAt(second) != separator) {
            return -1;
        }
        int third = digits(text, second + 1, 4);
        int a = first - at;
        int c = third - second - 1;
        boolean yearFirst = a == 4 && c >= 1 && c <= 2;
        boolean yearLast = a <= 2 && c == 4;
        return yearFirst || yearLast ? third : -1;
    }

    private static int time(String text, int at) {
        int hours = digits(text, at, 2);
        if (hours == at || hours >= text.length() || text.charAt(hours) != ':') {
            return -1;
        }
        int minutes = digits(text, hours + 1, 2);
        if (minutes - hours != 3) {
            return -1;
        }
        int end = minutes;
        if (end < text.length() && text.charAt(end) == ':' && digits(text, end + 1, 2) - end == 3) {
            end += 3;
            if (end + 1 < text.length()
                    && (text.charAt(end) == '.' || text.charAt(end) == ',')
                    && Tokens.isDigit(text.charAt(end + 1))) {
                end = digits(text, end + 1, 9);
            }
        }
        return zone(text, end);
    }

    private static int zone(String text, int at) {
        int end = at;
        if (end < text.length() && (text.charAt(end) == 'Z' || text.charAt(end) == 'z')) {
            return end + 1;
        }
        int blank = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        for (String name : new String[] {"AM", "PM", "am", "pm", "UTC", "GMT"}) {
            if (text.startsWith(name, blank)) {
                return blank + name.length();
            }
        }
        if (blank < text.length() && (text.charAt(blank) == '+' || (text.charAt(blank) == '-' && blank == end))) {
            int hours = digits(text, blank + 1, 4);
            if (hours - blank == 5) {
                return hours;
            }
            if (hours - blank == 3) {
                boolean minutes =
                        hours < text.length() && text.charAt(hours) == ':' && digits(text, hours + 1, 2) - hours == 3;
                return minutes ? hours + 3 : hours;
            }
        }
        return end;
    }

    /** {@code Fri, 20 Nov 2026 12:00:00 GMT}, {@code Nov 20, 2026}: names of days and months with numbers between them. */
    private static @Nullable Token inWords(String text, int at) {
        int end = at;
        int last = at;
        boolean month = false;
        int numbers = 0;
        int limit = Math.min(text.length(), at + MAX_LENGTH);
        while (end < limit) {
            int wordEnd = Tokens.wordEnd(text, end);
            String word = text.substring(end, wordEnd).toLowerCase(Locale.ROOT);
            int time = time(text, end);
            if (time > 0) {
                wordEnd = time;
                numbers++;
            } else if (MONTHS.contains(word)) {
                month = true;
            } else if (isNumber(word)) {
                numbers++;
            } else if (!DAYS.contains(word) && !(end > at && (word.equals("gmt") || word.equals("utc")))) {
                break;
            }
            last = wordEnd;
            end = wordEnd;
            while (end < limit && (text.charAt(end) == ' ' || text.charAt(end) == ',' || text.charAt(end) == '-')) {
                end++;
            }
        }
        return month && numbers >= 2 ? new Token(last - at, MARK) : null;
    }

    private static boolean isNumber(String word) {
        return word.length() <= 4 && Tokens.isDigits(word);
    }

    private static int digits(String text, int at, int max) {
        int end = at;
        while (end < text.length() && end - at < max && Tokens.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
