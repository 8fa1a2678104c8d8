package dev.resentry.benchmarks.proc;

import java.util.List;

/**
 * What threads of the product's JVM and processes of PostgreSQL are for, by their names. Linux keeps the first 15
 * characters of a thread's name.
 */
public enum Role {
    GATEWAY("gateway", "http-1-", "http-2-", "http-3-", "publish-timer", "spool-", "envelope-produc"),
    PRODUCERS("producers (mostly the gateway's)", "kafka-producer-"),
    BROKER(
            "broker",
            "data-plane-kafk",
            "kafka-1-",
            "kafka-schedule",
            "raft-",
            "quorum-controll",
            "controller-",
            "broker-",
            "ExpirationReape",
            "ThrottledChanne",
            "group-coordinat",
            "group-metadata",
            "share-",
            "transaction-",
            "txn-",
            "TxnMarkerSender",
            "kafka-log-clean",
            "LogDirFailureHa",
            "metadata-",
            "snapshot-",
            "node-to-control",
            "forwarding-",
            "add-partitions-",
            "persister-state",
            "AlterPartition",
            "timing-wheel",
            "executor-",
            "SystemTimer",
            "event-performer",
            "kafka-runtime",
            "standard-author",
            "client-metrics-",
            "network-partiti",
            "PersisterState",
            "AddPartitions",
            "SensorExpiry"),
    DECODERS("processor: decoding", "decoder-"),
    WRITERS("processor: storing", "writer-"),
    CONSUMERS("processor: consumers", "consumer", "envelopes-", "org.springframe", "kafka-coordinat", "express"),
    FOLLOWERS("outbox and topic events", "events-outbox", "alerts", "webhooks", "live-"),
    API("API", "http-nio-", "Catalina-", "tomcat-", "container-", "qtp"),
    VIRTUAL("virtual threads", "ForkJoinPool-", "VirtualThread-"),
    COMPILER("compiler", "C1 Compiler", "C2 Compiler", "Sweeper"),
    GARBAGE_COLLECTOR(
            "garbage collector", "GC ", "G1 ", "VM Thread", "Shenandoah", "ZWorker", "ZDriver", "VM Periodic"),
    BACKENDS("connections", "postgres: resentry"),
    WRITE_AHEAD_LOG(
            "log, checkpoints, writing",
            "postgres: walwriter",
            "postgres: checkpointer",
            "postgres: background",
            "postgres: io worker"),
    AUTOVACUUM("autovacuum", "postgres: autovacuum"),
    OTHER("others"),
    ENDED("ended meanwhile");

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> prefixes;

    Role(String words, String... prefixes) {
        this.words = words;
        this.prefixes = List.of(prefixes);
    }

    /** Of a thread's name, or of the title of a process. */
    public static Role of(String name) {
        for (Role role : values()) {
            if (role.prefixes.stream().anyMatch(name::startsWith)) {
                return role;
            }
        }
        return OTHER;
    }

    @Override
    public String toString() {
        return words;
    }
}
