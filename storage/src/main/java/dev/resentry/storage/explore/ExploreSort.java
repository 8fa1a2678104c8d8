package dev.resentry.storage.explore;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rows or groups are sorted by. What has no value comes last.
 *
 * @param field null for the arrival of rows
 */
public record ExploreSort(@Nullable ExploreField field, boolean descending) {
    /** Rows that came last first. */
    public static final ExploreSort NEWEST = new ExploreSort(null, true);

    /**
     * Reads what to sort by.
     *
     * @param text the text of a field, with a minus in front for the largest first; null for the usual order
     * @param fields those that are shown
     * @throws ExploreFault if it is none, or groups are not sorted by what they have
     */
    public static ExploreSort parse(@Nullable String text, List<ExploreField> fields, ExploreDataset dataset) {
        Optional<ExploreField> figure =
                fields.stream().filter(ExploreField.Aggregate.class::isInstance).findFirst();
        if (text == null || text.isBlank()) {
            return figure.isPresent() ? new ExploreSort(figure.get(), true) : NEWEST;
        }
        boolean descending = text.startsWith("-");
        String name = descending ? text.substring(1) : text;
        Optional<ExploreField> shown = fields.stream()
                .filter(field -> field.text().equals(name))
                .findFirst()
                .or(() -> fields.stream()
                        .filter(field -> field instanceof ExploreField.Aggregate
                                && underscored(field.text()).equals(underscored(name)))
                        .findFirst());
        if (shown.isPresent()) {
            return new ExploreSort(shown.get(), descending);
        }
        ExploreField other = ExploreField.parse("sort", name, dataset);
        if (figure.isPresent() && other instanceof ExploreField.Column) {
            throw new ExploreFault(
                    "sort", "'%s' (expected: one of the fields, as groups have no others)".formatted(name));
        }
        if (figure.isEmpty() && other instanceof ExploreField.Aggregate) {
            throw new ExploreFault(
                    "sort", "'%s' (expected: a column, as there is no function among the fields)".formatted(name));
        }
        return name.equals("received") && figure.isEmpty()
                ? new ExploreSort(null, descending)
                : new ExploreSort(other, descending);
    }

    /** {@code p95_transaction_duration} for {@code p95(transaction.duration)}, as older programs sort. */
    private static String underscored(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("_$", "");
    }
}
