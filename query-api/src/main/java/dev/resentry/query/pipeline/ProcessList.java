package dev.resentry.query.pipeline;

import dev.resentry.query.pipeline.PipelineResponse.RunningProcess;
import dev.resentry.service.kafka.LiveGateways;
import dev.resentry.storage.process.ProcessRegistration;
import dev.resentry.storage.process.ProcessRegistry;
import dev.resentry.storage.process.RegisteredProcess;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** All processes: gateways by what they tell each other, as they have no database, the others by what they registered. */
record ProcessList(LiveGateways gateways, ProcessRegistry registry) {

    List<RunningProcess> at(Instant now) {
        return Stream.concat(
                        gateways.seen().stream().map(gateway -> of(gateway, now)),
                        registry.list().stream().map(process -> of(process, now)))
                .toList();
    }

    private static RunningProcess of(LiveGateways.Seen gateway, Instant now) {
        boolean silent = isSilent(gateway.lastSeenAt(), now);
        return new RunningProcess(
                gateway.id(),
                "gateway",
                gateway.name(),
                gateway.version(),
                gateway.startedAt(),
                gateway.lastSeenAt(),
                silent ? "silent" : "ok",
                silent ? silence(gateway.lastSeenAt()) : null);
    }

    private static RunningProcess of(RegisteredProcess process, Instant now) {
        boolean silent = isSilent(process.lastSeenAt(), now);
        return new RunningProcess(
                process.id(),
                process.kind(),
                process.host(),
                process.version(),
                process.startedAt(),
                process.lastSeenAt(),
                silent ? "silent" : process.state(),
                silent ? silence(process.lastSeenAt()) : process.cause());
    }

    private static boolean isSilent(Instant lastSeenAt, Instant now) {
        return lastSeenAt.plus(ProcessRegistration.SILENT_AFTER).isBefore(now);
    }

    private static String silence(Instant lastSeenAt) {
        return "no sign of life since " + lastSeenAt;
    }
}
