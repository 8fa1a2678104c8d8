package dev.resentry.processor.replay;

import dev.resentry.storage.ingest.TableChange;
import dev.resentry.storage.replay.ReplayRequest;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a replay tells at its end. */
final class ReplayReport {
    private ReplayReport() {}

    static String json(ReplayRequest request, ReplayState state) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("dry_run", request.dryRun()).put("read", state.done());
        ArrayNode tables = report.putArray("tables");
        for (TableChange change : state.sums().tables()) {
            ObjectNode table = tables.addObject();
            table.put("table", change.table())
                    .put("added", change.added())
                    .put("changed", change.changed())
                    .put("removed", change.removed());
            change.examples().forEach(table.putArray("examples")::add);
        }
        ObjectNode issues = report.putObject("issues");
        issues.put("changed", state.issues());
        state.issueExamples().forEach(issues.putArray("examples")::add);
        ObjectNode skipped = report.putObject("skipped");
        state.sums().skipped().forEach(skipped::put);
        report.put("gone", state.sums().gone());
        return report.toString();
    }
}
