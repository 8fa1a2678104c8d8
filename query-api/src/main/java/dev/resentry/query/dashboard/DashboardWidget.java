package dev.resentry.query.dashboard;

import dev.resentry.query.schema.WordOf;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a dashboard: a chart, a figure or a list of what a search finds.
 *
 * @param kind line, area and bar charts over time, one number, a table, the top groups, or a list of issues
 * @param dataset issues for a list of issues, any other for the other kinds
 * @param query in the words of the search; empty for everything
 * @param y what is counted, such as {@code count()} and {@code p95(duration)}: 1 to 4 of a chart, one of a number and of top groups
 * @param fields the columns of a table, 1 to 12; with one that counts the others are its groups
 * @param group what a chart has a line for each of, and top groups are made of
 * @param sort a column of a table, with a dash before it for the greatest first; of issues last_seen, first_seen, events or users
 * @param limit how many rows, or groups of a chart with a group; absent for 10 rows and 5 groups
 */
@Schema(name = "DashboardWidget")
record DashboardWidget(
        @NotBlank @Size(max = 100) String title,
        @NotNull @WordOf(WidgetKind.class) String kind,
        @NotNull @WordOf(WidgetDataset.class) String dataset,
        @NotNull @Size(max = 2_000) String query,
        @Nullable @Size(max = 4) List<@NotBlank @Size(max = 200) String> y,
        @Nullable @Size(max = 12) List<@NotBlank @Size(max = 200) String> fields,
        @Nullable @Size(max = 200) String group,
        @Nullable @Size(max = 201) String sort,
        @Nullable @Min(1) @Max(50) Integer limit,
        @NotNull @Valid Layout layout) {

    /**
     * Where a widget is in the grid of a dashboard, which has 12 columns.
     *
     * @param x its first column, from 0 on
     * @param y its first row, from 0 on
     * @param w columns
     * @param h rows
     */
    @Schema(name = "DashboardWidgetLayout")
    record Layout(
            @NotNull @Min(0) @Max(11) Integer x,
            @NotNull @Min(0) @Max(500) Integer y,
            @NotNull @Min(1) @Max(12) Integer w,
            @NotNull @Min(1) @Max(20) Integer h) {
        static final int COLUMNS = 12;

        boolean overlaps(Layout other) {
            return x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h;
        }
    }
}
