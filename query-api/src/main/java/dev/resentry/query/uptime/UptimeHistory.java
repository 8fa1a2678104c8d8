package dev.resentry.query.uptime;

import dev.resentry.model.alert.TargetType;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Scope;
import dev.resentry.query.uptime.UptimeCheckResponse.Span;
import dev.resentry.storage.delivery.ShownTarget;
import dev.resentry.storage.uptime.StoredUptimeCheck;
import dev.resentry.storage.uptime.UptimeCheckSettings;
import dev.resentry.storage.uptime.UptimeQueries;
import dev.resentry.storage.uptime.UptimeQueries.Availability;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers about checks with how they went lately: four questions, of however many checks. */
final class UptimeHistory {
    private static final int SPANS = 90;
    private static final Duration SPAN = Duration.ofMinutes(16);

    private final UptimeQueries queries;
    private final InstantSource clock;

    UptimeHistory(UptimeQueries queries, InstantSource clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /** A query may let in who knows it: URLs are whole for those only who may change checks. */
    List<UptimeCheckResponse> of(List<StoredUptimeCheck> checks, Actor actor) {
        Instant now = clock.instant();
        Instant from =
                now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES).minus(SPAN.multipliedBy(SPANS));
        List<Long> ids = checks.stream().map(StoredUptimeCheck::id).toList();
        Map<Long, List<UptimeQueries.Span>> spans = queries.spans(ids, from, SPAN, SPANS);
        Map<Long, Availability> day = queries.availability(ids, now.minus(24, ChronoUnit.HOURS));
        Map<Long, Availability> week = queries.availability(ids, now.minus(7, ChronoUnit.DAYS));
        Map<Long, Availability> month = queries.availability(ids, now.minus(30, ChronoUnit.DAYS));
        return checks.stream()
                .map(check -> UptimeCheckResponse.of(
                        check,
                        actor.may(Scope.ALERTS_WRITE) ? check.settings().url() : shownUrl(check.settings()),
                        new UptimeCheckResponse.Availability(
                                day.getOrDefault(check.id(), Availability.NOTHING)
                                        .share(),
                                week.getOrDefault(check.id(), Availability.NOTHING)
                                        .share(),
                                month.getOrDefault(check.id(), Availability.NOTHING)
                                        .share()),
                        whole(from, spans.getOrDefault(check.id(), List.of()))))
                .toList();
    }

    /** Without what of it may let somebody in. */
    static String shownUrl(UptimeCheckSettings settings) {
        return ShownTarget.of(TargetType.WEBHOOK, settings.url());
    }

    private static List<Span> whole(Instant from, List<UptimeQueries.Span> counted) {
        List<Span> spans = new ArrayList<>(SPANS);
        for (int i = 0; i < SPANS; i++) {
            spans.add(new Span(from.plus(SPAN.multipliedBy(i)), 0, 0, null));
        }
        for (UptimeQueries.Span span : counted) {
            spans.set(
                    span.span(),
                    new Span(
                            spans.get(span.span()).start(),
                            span.ok(),
                            span.failed(),
                            span.ok() == 0 ? null : span.durationMs() / span.ok()));
        }
        return spans;
    }
}
