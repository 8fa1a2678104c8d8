package dev.resentry.embedded;

import java.nio.file.Path;

/** Tries to take a data directory, says how that went, and keeps it until it is killed. */
final class DirectoryTaker {
    private DirectoryTaker() {}

    public static void main(String[] args) throws Exception {
        try {
            DataDirectory.open(Path.of(args[0]), "1", 1);
            System.out.println("taken");
            Thread.currentThread().join();
        } catch (DataDirectoryException e) {
            System.out.println(e.getMessage());
        }
    }
}
