package dev.resentry.query.dashboard;

import dev.resentry.query.dashboard.DashboardWidget.Layout;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.issue.IssueSort;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a widget needs besides what its fields say: each kind uses some of them, and no other. */
final class WidgetRules {
    private static final Pattern FUNCTION = Pattern.compile("[a-z][a-z0-9_]*\\([^()]*\\)");
    private static final int MAX_GROUPS = 10;

    private static final String ISSUE_SORTS =
            Arrays.stream(IssueSort.values()).map(IssueSort::wireName).collect(Collectors.joining(", "));

    private final String place;
    private final DashboardWidget widget;

    private WidgetRules(int index, DashboardWidget widget) {
        this.place = "widgets[%d].".formatted(index);
        this.widget = widget;
    }

    /** @throws ApiException if a widget is not whole, has what its kind does not use, or lies on another one */
    static void require(List<DashboardWidget> widgets) {
        for (int i = 0; i < widgets.size(); i++) {
            new WidgetRules(i, widgets.get(i)).require();
            for (int j = 0; j < i; j++) {
                if (widgets.get(i).layout().overlaps(widgets.get(j).layout())) {
                    throw ApiException.invalid(
                            "widgets[%d].layout".formatted(i),
                            "it lies on widgets[%d], '%s' (expected: a place of its own)"
                                    .formatted(j, widgets.get(j).title()));
                }
            }
        }
    }

    private void require() {
        WidgetKind kind = WidgetKind.of(widget.kind())
                .orElseThrow(() -> invalid("kind", "'%s' (expected: %s)".formatted(widget.kind(), WidgetKind.WORDS)));
        WidgetDataset dataset = WidgetDataset.of(widget.dataset())
                .orElseThrow(() ->
                        invalid("dataset", "'%s' (expected: %s)".formatted(widget.dataset(), WidgetDataset.WORDS)));
        if ((kind == WidgetKind.ISSUES) != (dataset == WidgetDataset.ISSUES)) {
            throw invalid(
                    "dataset",
                    "'%s' for kind %s (expected: issues for kind issues, any other for the other kinds)"
                            .formatted(widget.dataset(), widget.kind()));
        }
        Layout layout = widget.layout();
        if (layout.x() + layout.w() > Layout.COLUMNS) {
            throw invalid(
                    "layout.w",
                    "%d from column %d on (expected: x + w of at most %d)"
                            .formatted(layout.w(), layout.x(), Layout.COLUMNS));
        }
        switch (kind) {
            case LINE, AREA, BAR -> {
                requireFunctions(1, 4);
                forbidFields();
                forbid("sort", widget.sort());
                if (widget.group() == null) {
                    forbid("limit", widget.limit());
                } else {
                    requireGroup();
                    if (widget.y() != null && widget.y().size() > 1) {
                        throw invalid(
                                "y",
                                "%d with a group (expected: one)"
                                        .formatted(widget.y().size()));
                    }
                    if (widget.limit() != null && widget.limit() > MAX_GROUPS) {
                        throw invalid("limit", "%d (expected: 1 to %d)".formatted(widget.limit(), MAX_GROUPS));
                    }
                }
            }
            case NUMBER -> {
                requireFunctions(1, 1);
                forbidFields();
                forbid("group", widget.group());
                forbid("sort", widget.sort());
                forbid("limit", widget.limit());
            }
            case TOP -> {
                requireFunctions(1, 1);
                requireGroup();
                forbidFields();
                forbid("sort", widget.sort());
            }
            case TABLE -> {
                forbidFunctions();
                forbid("group", widget.group());
                requireColumns();
            }
            case ISSUES -> {
                forbidFunctions();
                forbidFields();
                forbid("group", widget.group());
                requireIssueSort();
            }
        }
    }

    private void requireFunctions(int least, int most) {
        List<String> given = widget.y() == null ? List.of() : widget.y();
        if (given.size() < least || given.size() > most) {
            throw invalid(
                    "y", "%d (expected: %s)".formatted(given.size(), least == most ? least : least + " to " + most));
        }
        for (int i = 0; i < given.size(); i++) {
            if (!FUNCTION.matcher(given.get(i)).matches()) {
                throw invalid(
                        "y[%d]".formatted(i),
                        "'%s' (expected: a function, such as count() or p95(duration))".formatted(given.get(i)));
            }
        }
    }

    private void requireGroup() {
        String group = widget.group();
        if (group == null || group.isBlank()) {
            throw invalid("group", "missing (expected: a field or a tag, such as release)");
        }
        if (FUNCTION.matcher(group).matches()) {
            throw invalid("group", "'%s' (expected: a field or a tag, no function)".formatted(group));
        }
    }

    private void requireColumns() {
        List<String> fields = widget.fields();
        if (fields == null || fields.isEmpty()) {
            throw invalid("fields", "missing (expected: 1 to 12 columns)");
        }
        if (fields.stream().distinct().count() < fields.size()) {
            throw invalid("fields", "a column is there twice (expected: each once)");
        }
        String sort = widget.sort();
        if (sort != null && !fields.contains(sort.startsWith("-") ? sort.substring(1) : sort)) {
            throw invalid("sort", "'%s' (expected: one of the columns, or a dash and one of them)".formatted(sort));
        }
    }

    private void requireIssueSort() {
        String sort = widget.sort();
        if (sort != null
                && Arrays.stream(IssueSort.values())
                        .noneMatch(known -> known.wireName().equals(sort))) {
            throw invalid("sort", "'%s' (expected: %s)".formatted(sort, ISSUE_SORTS));
        }
    }

    private void forbidFunctions() {
        forbid("y", widget.y() == null || widget.y().isEmpty() ? null : widget.y());
    }

    private void forbidFields() {
        forbid("fields", widget.fields() == null || widget.fields().isEmpty() ? null : widget.fields());
    }

    private void forbid(String field, @Nullable Object value) {
        if (value != null) {
            throw invalid(field, "%s is of no use to kind %s (expected: none)".formatted(value, widget.kind()));
        }
    }

    private ApiException invalid(String field, String message) {
        return ApiException.invalid(place + field, message);
    }
}
