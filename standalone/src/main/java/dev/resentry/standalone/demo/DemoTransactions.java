package dev.resentry.standalone.demo;

import dev.resentry.model.envelope.ItemType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the transactions of a project out of its description. Those of one chain share traces, across projects. */
final class DemoTransactions {
    private static final double FAILED = 0.04;
    private static final double SLOWER = 6;
    private static final long HOP_MILLIS = 25;

    private final JsonNode project;
    private final DemoEvents events;
    private final LocalDate today;

    DemoTransactions(JsonNode project, LocalDate today) {
        this.project = project;
        this.events = new DemoEvents(project);
        this.today = today;
    }

    /** @param request of which the seed is the trace */
    Shipment transaction(JsonNode template, Occurrence request) {
        String place =
                project.path("name").asString() + "/" + template.path("key").asString();
        Seed seed = request.seed().with(place);
        RandomGenerator random = seed.random();
        ObjectNode transaction = JsonNodeFactory.instance.objectNode();
        events.context(transaction, new Occurrence(seed, request.index(), request.day(), request.at()), random);
        double spread = 0.6 - Math.log(1 - random.nextDouble()) / 2;
        double slower = Shape.isSlow(request.at(), today) ? SLOWER : 1;
        long millis = (long) (template.path("millis").asDouble() * spread * slower);
        // A request reaches the next service a little later.
        Instant start = template.has("parent") ? request.at().plusMillis(HOP_MILLIS) : request.at();
        Instant end = start.plusMillis(millis);
        boolean failed = random.nextDouble() < FAILED * slower;
        transaction.put("type", "transaction").put("event_id", seed.id().toString());
        transaction.put("transaction", template.path("name").asString());
        transaction.put("start_timestamp", start.toString()).put("timestamp", end.toString());
        if (template.has("measurements")) {
            transaction.set("measurements", template.path("measurements"));
        }
        String trace = request.seed().id().toString();
        trace(transaction, template, request.seed(), place, failed);
        ArrayNode spans = transaction.putArray("spans");
        for (JsonNode span : template.path("spans")) {
            spans.addObject()
                    .put("trace_id", trace)
                    .put("span_id", seed.with("span").with(spans.size()).spanId())
                    .put("parent_span_id", seed.spanId())
                    .put("op", span.path(0).asString())
                    .put("description", span.path(1).asString())
                    .put("status", "ok")
                    .put("start_timestamp", part(start, millis, span.path(2)).toString())
                    .put("timestamp", part(start, millis, span.path(3)).toString());
        }
        return new Shipment(
                seed.id(),
                end,
                true,
                List.of(Shipment.Parcel.plain(new Post(seed.id())
                        .add(ItemType.Known.TRANSACTION, transaction)
                        .bytes())));
    }

    private void trace(ObjectNode transaction, JsonNode template, Seed chain, String place, boolean failed) {
        ObjectNode context = transaction.withObject("contexts").putObject("trace");
        context.put("trace_id", chain.id().toString());
        context.put("span_id", chain.with(place).spanId());
        if (template.has("parent")) {
            context.put(
                    "parent_span_id",
                    chain.with(template.path("parent").asString()).spanId());
        }
        context.put("op", template.path("op").asString());
        context.put(
                "status", failed ? "internal_error" : template.path("status").asString());
        if (template.has("method")) {
            transaction
                    .putObject("request")
                    .put("method", template.path("method").asString());
            int code = failed ? 500 : template.path("code").asInt();
            transaction.withObject("contexts").putObject("response").put("status_code", code);
        }
    }

    private static Instant part(Instant start, long millis, JsonNode percent) {
        return start.plusMillis(millis * percent.asInt() / 100);
    }
}
