package dev.resentry.query.ledger;

import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.model.outcome.InboundFilter;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.ledger.LedgerFilter;
import dev.resentry.storage.ledger.LedgerFilter.Fate;
import dev.resentry.storage.ledger.LedgerList;
import dev.resentry.storage.ledger.LedgerRow;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Lists what was accepted, by what became of it. */
@NativeApi
@Tag(name = "Ledger")
class LedgerListController {
    private static final String[] REASONS = Stream.concat(
                    Arrays.stream(DropReason.values()).map(DropReason::wireName),
                    Arrays.stream(InboundFilter.values()).map(InboundFilter::wireName))
            .toArray(String[]::new);

    private final LedgerList ledger;
    private final ProjectSelection projects;

    LedgerListController(LedgerList ledger, ProjectSelection projects) {
        this.ledger = ledger;
        this.projects = projects;
    }

    /**
     * An envelope in a list.
     *
     * @param size of the body as it came, in bytes
     * @param fate of the envelope itself: stored, dropped or dead
     * @param items how many it has
     * @param types of its items, each once
     * @param outcomes its items by what became of them
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "LedgerRow")
    record Row(
            UUID id,
            Instant receivedAt,
            @Nullable Instant processedAt,
            long projectId,
            @Nullable String eventId,
            @Nullable String gateway,
            int size,
            @WordOf(EnvelopeFate.class) String fate,
            @Nullable String reason,
            @Nullable String cause,
            long items,
            List<String> types,
            Outcomes outcomes) {

        static Row of(LedgerRow row) {
            LedgerRow.Items items = row.items();
            EnvelopeFate fate =
                    row.outcome() instanceof Outcome.Dropped why ? EnvelopeFate.of(why) : EnvelopeFate.STORED;
            return new Row(
                    row.id(),
                    row.receivedAt(),
                    row.processedAt(),
                    row.projectId(),
                    row.eventId() == null ? null : new EventId(row.eventId()).toString(),
                    row.gateway(),
                    row.size(),
                    fate.wireName(),
                    row.outcome().reasonName(),
                    row.outcome().cause(),
                    items.stored() + items.duplicate() + items.dropped() + items.filtered() + items.dead(),
                    row.types(),
                    new Outcomes(items.stored(), items.duplicate(), items.dropped(), items.filtered(), items.dead()));
        }
    }

    /** Items by what became of them. */
    @Schema(name = "LedgerRowOutcomes")
    record Outcomes(long stored, long duplicate, long dropped, long filtered, long dead) {}

    /**
     * Envelopes, the newest first. Records of which there is no envelope, such as those of unknown projects, are dead letters
     * only.
     *
     * @param outcome stored, duplicate, dropped, filtered or dead: of the envelope or of one of its items
     * @param reason why something of it was dropped or is dead, or the filter that it met
     * @param from that arrived then or later
     * @param to that arrived before
     */
    @GetMapping("/api/v1/ledger")
    @Allowed(Scope.EVENT_READ)
    PageResponse<Row> list(
            Actor actor,
            @RequestParam @Nullable String outcome,
            @RequestParam @Nullable String reason,
            @RequestParam @Nullable Long project,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit) {
        if (project != null) {
            projects.one(actor, Long.toString(project));
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw ApiException.invalid("to", "%s (expected: after from, %s)".formatted(to, from));
        }
        Fate fate =
                word("outcome", outcome, Fate.values(), known -> known.name().toLowerCase(Locale.ROOT));
        String why = word("reason", reason, REASONS, word -> word);
        if (why != null && (fate == Fate.STORED || fate == Fate.DUPLICATE)) {
            throw ApiException.invalid("reason", "what is %s has none".formatted(outcome));
        }
        return PageResponse.of(
                ledger.page(
                        new LedgerFilter(fate, why, project, from, to),
                        projects.of(actor),
                        Cursor.position(cursor),
                        Cursor.limit(limit)),
                Row::of,
                last -> Cursor.write(last.receivedAt(), last.id()));
    }

    private static <T> @Nullable T word(String name, @Nullable String given, T[] all, Function<T, String> word) {
        if (given == null) {
            return null;
        }
        return Arrays.stream(all)
                .filter(known -> word.apply(known).equals(given))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid(
                        name,
                        "'%s' (expected: %s)"
                                .formatted(given, Arrays.stream(all).map(word).collect(Collectors.joining(", ")))));
    }
}
