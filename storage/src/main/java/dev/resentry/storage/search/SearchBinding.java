package dev.resentry.storage.search;

import java.util.HashMap;
import java.util.Map;

/** Collects the parameters of a condition while it is made. */
public final class SearchBinding {
    private final SearchContext context;
    private final Map<String, Object> parameters = new HashMap<>();

    SearchBinding(SearchContext context) {
        this.context = context;
    }

    public SearchContext context() {
        return context;
    }

    /** Adds a value; what stands for it in the SQL. */
    public String bind(Object value) {
        String name = "q" + (parameters.size() + 1);
        parameters.put(name, value);
        return ":" + name;
    }

    /** Whether rows are looked at one by one: so it is unless the caller says otherwise. */
    String oneByOne() {
        parameters.put(SearchCondition.ONE_BY_ONE, true);
        return ":" + SearchCondition.ONE_BY_ONE;
    }

    Map<String, Object> parameters() {
        return parameters;
    }
}
