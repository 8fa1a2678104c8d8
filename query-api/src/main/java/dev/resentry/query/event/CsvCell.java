package dev.resentry.query.event;

/** Cells of files that spreadsheets read (RFC 4180). */
public final class CsvCell {
    /** What makes a spreadsheet take a cell for a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private CsvCell() {}

    /** Quoted where commas, quotes or line ends need it; what would be a formula has an apostrophe in front, as spreadsheets have it. */
    public static String of(String value) {
        String harmless = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + harmless.replace("\"", "\"\"") + "\""
                : harmless;
    }
}
