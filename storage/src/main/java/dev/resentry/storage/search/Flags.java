package dev.resentry.storage.search;

/** Feature flags, as the context {@code flags} of an event or a transaction lists them. */
final class Flags {
    private Flags() {}

    /**
     * The value of a flag as a text.
     *
     * @param name what stands for the flag's name in the SQL
     */
    static String value(SearchDataset dataset, String name) {
        String payload = switch (dataset.name()) {
            case "issues", "events" -> "e.payload";
            case "transactions" -> "t.payload";
            // Of others an attribute says it, as OpenTelemetry has it.
            default -> "";
        };
        return payload.isEmpty()
                ? "(%s ->> concat('flag.evaluation.', %s::text))".formatted(dataset.tags(), name)
                : "(jsonb_path_query_first(%s, '$.contexts.flags.values[*] ? (@.flag == $name)', jsonb_build_object('name', %s::text)) ->> 'result')"
                        .formatted(payload, name);
    }
}
