package dev.resentry.embedded;

import java.nio.file.Path;

/** Tries to lock a data directory, prints the result, and holds it until the process is killed. */
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
