package dev.resentry.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that only its owner reads, and that bears its name once it is whole and on the disk. */
final class NewFile implements AutoCloseable {
    private final Path file;
    private final Path half;
    private final FileChannel channel;

    /**
     * Begins a file.
     *
     * @throws UserFacingException if there is such a file, or none can be made
     */
    NewFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
        this.half = this.file.resolveSibling(this.file.getFileName() + ".half");
        if (Files.exists(this.file)) {
            throw new UserFacingException("%s is there already".formatted(this.file));
        }
        try {
            Files.deleteIfExists(half);
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            channel = FileChannel.open(half, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UserFacingException("%s cannot be written: %s".formatted(this.file, e));
        }
    }

    /** Closing it leaves the file open. */
    OutputStream output() {
        OutputStream out = Channels.newOutputStream(channel);
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                out.write(source, offset, length);
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }

    /** Gives the file its name; returns how many bytes it has. */
    long finish() throws IOException {
        channel.force(true);
        long size = channel.size();
        channel.close();
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        return size;
    }

    /** Removes what was not finished. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(half);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
