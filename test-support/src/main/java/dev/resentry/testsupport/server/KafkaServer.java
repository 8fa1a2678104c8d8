package dev.resentry.testsupport.server;

/** A broker that can be stopped and started again at the same address, with what it acknowledged. */
interface KafkaServer extends AutoCloseable {
    String bootstrapServers();

    void stop();

    void start();

    @Override
    void close();
}
