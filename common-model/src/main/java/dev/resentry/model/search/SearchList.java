package dev.resentry.model.search;

import java.util.ArrayList;
import java.util.List;

/** Reads a list of values in brackets. */
final class SearchList {
    private static final String END_RULE = "a comma or the closing bracket";

    private final SearchText text;

    SearchList(SearchText text) {
        this.text = text;
    }

    List<SearchValue.One> values() {
        int start = text.position();
        text.take("[");
        List<SearchValue.One> values = new ArrayList<>();
        while (true) {
            values.add(element(start));
            if (text.take("]")) {
                text.requireEndOfValue(start);
                return values;
            }
            text.take(",");
        }
    }

    private SearchValue.One element(int listStart) {
        text.skipBlanks();
        int start = text.position();
        String written = text.startsWith("\"") ? text.quotedInList() : text.untilListMark();
        text.skipBlanks();
        if (text.isAtEnd()) {
            throw text.fault(
                    "The list that begins at character %d is not closed".formatted(listStart + 1),
                    listStart,
                    text.position() - listStart,
                    "a closing bracket ]");
        }
        if (!text.startsWith(",") && !text.startsWith("]")) {
            throw text.fault("A value of a list goes on behind its quotes", text.position(), 1, END_RULE);
        }
        if (written.isEmpty() && start == text.position()) {
            throw text.fault(
                    "A list has an empty value at character %d".formatted(start + 1),
                    start,
                    1,
                    "a value, or \"\" for an empty one");
        }
        return new SearchValue.One(written, start);
    }
}
