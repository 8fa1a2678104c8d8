package dev.resentry.standalone;

import picocli.CommandLine.Command;

/** Prints the version. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Runnable {

    @Override
    public void run() {
        System.out.printf("resentry %s, Java %s%n", ResentryCommand.version(), Runtime.version());
    }
}
