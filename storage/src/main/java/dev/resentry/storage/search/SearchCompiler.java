package dev.resentry.storage.search;

import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.ShortId;
import dev.resentry.model.search.SearchFault;
import dev.resentry.model.search.SearchKey;
import dev.resentry.model.search.SearchNode;
import dev.resentry.model.search.SearchQuantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes conditions of queries. */
public final class SearchCompiler {
    private static final int FEW_ISSUES = 1_000;

    private final int fewIssues;

    public SearchCompiler() {
        this(FEW_ISSUES);
    }

    /** What fewer issues than these have is looked up for all of them at once. */
    SearchCompiler(int fewIssues) {
        this.fewIssues = fewIssues;
    }

    /**
     * The condition that a query is on the rows of a dataset.
     *
     * @throws SearchFault if a key or a value means nothing there
     */
    public SearchCondition compile(SearchNode node, SearchDataset dataset, SearchContext context) {
        var binding = new SearchBinding(context);
        String sql = new Compilation(dataset, binding, fewIssues).of(node);
        return new SearchCondition(sql, binding.parameters());
    }

    private record Compilation(SearchDataset dataset, SearchBinding binding, int fewIssues) {

        String of(SearchNode node) {
            return dataset == SearchDataset.ISSUES ? ofIssues(node) : row(node);
        }

        /**
         * An issue matches if one of its events does: what is asked of events is asked of one event, and what is asked of the issue
         * alone needs none.
         */
        private String ofIssues(SearchNode node) {
            if (isOfIssue(node)) {
                return row(node);
            }
            return switch (node) {
                // One event is this or that, if one event is this or one is that.
                case SearchNode.Or(List<SearchNode> parts) ->
                    parts.stream().map(this::ofIssues).collect(Collectors.joining(" OR ", "(", ")"));
                case SearchNode.And(List<SearchNode> parts) -> {
                    List<String> conditions = new ArrayList<>();
                    List<SearchNode> ofEvent = new ArrayList<>();
                    for (SearchNode part : parts) {
                        if (isOfIssue(part)) {
                            conditions.add(row(part));
                        } else {
                            ofEvent.add(part);
                        }
                    }
                    conditions.add(
                            ofEvent.size() == 1 ? ofIssues(ofEvent.getFirst()) : ofEvent(new SearchNode.And(ofEvent)));
                    yield "(" + String.join(" AND ", conditions) + ")";
                }
                default -> ofEvent(node);
            };
        }

        /** What is counted leaves out most issues, so that the events of few are looked at. */
        private String ofEvent(SearchNode node) {
            List<SearchNode> parts = node instanceof SearchNode.And(List<SearchNode> all) ? all : List.of(node);
            var counted = new CountedTags(dataset, binding, fewIssues);
            List<CountedTags.Counted> told =
                    parts.stream().flatMap(part -> counted.of(part).stream()).toList();
            String read = new EventsOfIssue(binding).where(row(node));
            if (parts.size() == 1 && !told.isEmpty() && told.getFirst().enough() != null) {
                CountedTags.Counted one = told.getFirst();
                return "(%s OR (%s AND %s))".formatted(one.enough(), one.otherwise(), read);
            }
            List<String> needed = told.stream().map(CountedTags.Counted::needed).collect(Collectors.toList());
            needed.add(read);
            return "(" + String.join(" AND ", needed) + ")";
        }

        private boolean isOfIssue(SearchNode node) {
            return switch (node) {
                case SearchNode.Everything _, SearchNode.Text _ -> true;
                case SearchNode.And(List<SearchNode> parts) -> parts.stream().allMatch(this::isOfIssue);
                case SearchNode.Or(List<SearchNode> parts) -> parts.stream().allMatch(this::isOfIssue);
                case SearchNode.Not(SearchNode part) -> isOfIssue(part);
                case SearchNode.Has has ->
                    field(has.key()).map(SearchField::ofIssue).orElse(false);
                case SearchNode.Term term ->
                    field(term.key()).map(SearchField::ofIssue).orElse(false);
            };
        }

        private Optional<SearchField> field(SearchKey key) {
            return key.kind() == SearchKey.Kind.NAME ? dataset.field(key.name()) : Optional.empty();
        }

        /** Null counts as false, and its negation as true: a missing value is not equal. */
        private String row(SearchNode node) {
            return switch (node) {
                case SearchNode.Everything() -> "true";
                case SearchNode.And(List<SearchNode> parts) ->
                    parts.stream().map(this::row).collect(Collectors.joining(" AND ", "(", ")"));
                case SearchNode.Or(List<SearchNode> parts) ->
                    parts.stream().map(this::row).collect(Collectors.joining(" OR ", "(", ")"));
                case SearchNode.Not(SearchNode part) -> "((%s) IS NOT TRUE)".formatted(row(part));
                case SearchNode.Text text -> text(text);
                case SearchNode.Has has -> has(has);
                case SearchNode.Term term -> term(term);
            };
        }

        private String text(SearchNode.Text text) {
            List<String> conditions = new ArrayList<>();
            conditions.add(new FieldConditions(binding).phrase(dataset.text(), text.pattern()));
            if (dataset == SearchDataset.ISSUES) {
                ShortId.parse(text.words()).ifPresent(id -> conditions.add("i.id = " + binding.bind(id.issueId())));
                EventId.parse(text.words())
                        .ifPresent(id -> conditions.add(EventsOfIssue.ofEvent(binding.bind(id.value()))));
            } else if (dataset == SearchDataset.EVENTS) {
                EventId.parse(text.words()).ifPresent(id -> conditions.add("e.event_id = " + binding.bind(id.value())));
            }
            return FieldConditions.or(conditions);
        }

        private String has(SearchNode.Has has) {
            SearchKey key = has.key();
            Optional<SearchField> field = field(key);
            if (field.isEmpty()) {
                return "%s <> ''".formatted(tag(key));
            }
            return onIssue(
                    field.get(),
                    switch (field.get().source()) {
                        case SearchSource.Column(String sql) ->
                            FieldConditions.isPresent(field.get().kind(), sql);
                        case SearchSource.Elements(String from, String sql) ->
                            "EXISTS (SELECT FROM %s WHERE %s)"
                                    .formatted(
                                            from,
                                            FieldConditions.isPresent(
                                                    field.get().kind(), sql));
                        case SearchSource.Computed(SearchTerms terms) -> terms.isPresent(binding);
                    });
        }

        private String term(SearchNode.Term term) {
            SearchKey key = term.key();
            if (key.kind() == SearchKey.Kind.AGGREGATE) {
                throw SearchFaults.key(
                        term,
                        "'%s' is a figure of a group, and this is a search for single rows".formatted(key),
                        "a field or a tag; figures can be asked for in the explorer, where rows are grouped");
            }
            var conditions = new FieldConditions(binding);
            Optional<SearchField> field = field(key);
            if (field.isEmpty()) {
                return switch (key.kind()) {
                    case NUMBER_TAG -> conditions.quantity(SearchQuantity.NUMBER, Numbers.of(tag(key)), term);
                    case FLAG -> conditions.text(tag(key), term);
                    default ->
                        dataset.tags().equals("e.tags")
                                ? conditions.tag(binding.bind(key.name()), tag(key), term)
                                : conditions.text(tag(key), term);
                };
            }
            SearchField known = field.get();
            return onIssue(
                    known,
                    switch (known.source()) {
                        case SearchSource.Column(String sql) ->
                            conditions.matches(known.kind(), known.words(), sql, term);
                        case SearchSource.Elements(String from, String sql) ->
                            new ElementConditions(known, from, sql, conditions).matches(term);
                        case SearchSource.Computed(SearchTerms terms) -> terms.matches(term, binding);
                    });
        }

        private String onIssue(SearchField field, String condition) {
            return field.ofIssue() && dataset == SearchDataset.EVENTS
                    ? "EXISTS (SELECT FROM issues i WHERE i.id = e.issue_id AND %s)".formatted(condition)
                    : condition;
        }

        /** The value of a tag, or of a flag, which is among the contexts of an event. */
        private String tag(SearchKey key) {
            String name = binding.bind(key.name());
            if (key.kind() == SearchKey.Kind.FLAG) {
                return Flags.value(dataset, name);
            }
            return "(%s ->> %s)".formatted(dataset.tags(), name);
        }
    }
}
