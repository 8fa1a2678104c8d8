package dev.resentry.testsupport.server;

/** A database server that can be stopped and started again at the same address, with what it committed. */
interface PostgresServer extends AutoCloseable {
    /** Makes an empty database; its address as {@code DATABASE_URL} has it. */
    String newDatabase(String name);

    void stop();

    /** Ends all of its processes at once, as a crash of the machine would. */
    void kill();

    void start();

    @Override
    void close();
}
