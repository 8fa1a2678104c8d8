package dev.resentry.gateway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the spool asks of a disk when it writes; the place where a test lets one fail. */
interface Disk {

    /** Makes a file that must not be there yet. */
    AppendFile create(Path file) throws IOException;

    /** Has the names in a directory survive a power cut. */
    void syncDirectory(Path directory) throws IOException;

    /** How many bytes this process could still write. */
    long usableBytes(Path directory);

    /** A file that grows at its end. */
    interface AppendFile extends AutoCloseable {

        /** Writes all that remains. */
        void write(ByteBuffer bytes) throws IOException;

        /** Returns when what was written survives a power cut; after an exception nothing is known. */
        void sync() throws IOException;

        void truncate(long size) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The disk of this machine. */
    static Disk ofThisMachine() {
        return new Disk() {
            @Override
            public AppendFile create(Path file) throws IOException {
                return new OpenFile(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            }

            @Override
            public void syncDirectory(Path directory) throws IOException {
                try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }

            @Override
            public long usableBytes(Path directory) {
                // A file store's answer costs a reading of all mounts.
                return directory.toFile().getUsableSpace();
            }
        };
    }

    /** A file of this machine. */
    record OpenFile(FileChannel channel) implements AppendFile {

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        /** The size is synced with the data: it is needed to read them. Times are not. */
        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
