package dev.resentry.standalone;

import dev.resentry.storage.backup.BackupException;
import dev.resentry.storage.database.UnfinishedRestoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "resentry",
        description = "A self-hosted error tracker for unmodified Sentry SDKs.",
        versionProvider = ResentryCommand.Version.class,
        subcommands = {
            UpCommand.class,
            SendTestEventCommand.class,
            CreateProjectCommand.class,
            CreateAdminCommand.class,
            ResetPasswordCommand.class,
            ReplayCommand.class,
            DeadLettersCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ExportEnvelopesCommand.class,
            ImportEnvelopesCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            OpenApiValidateCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
public final class ResentryCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        if (args.length == 0 || !args[0].equals("up")) {
            System.setProperty("logback.configurationFile", "logback-command.xml");
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ResentryCommand())
                .setParameterExceptionHandler(ResentryCommand::misused)
                .setExecutionExceptionHandler((failure, command, _) -> failed(failure, command));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int misused(ParameterException misuse, String[] args) {
        PrintWriter err = misuse.getCommandLine().getErr();
        err.println(misuse.getMessage());
        misuse.getCommandLine().usage(err);
        return CommandLine.ExitCode.USAGE;
    }

    /** The edge: what is meant for people is one line; anything else is a fault of ours and shown whole. */
    private static int failed(Exception failure, CommandLine command) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserFacingException
                    || cause instanceof BackupException
                    || cause instanceof UnfinishedRestoreException) {
                command.getErr().println("resentry: " + cause.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
        failure.printStackTrace(command.getErr());
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The version of this build. */
    static String version() {
        try (InputStream in = ResentryCommand.class.getResourceAsStream("/META-INF/build-info.properties")) {
            var info = new Properties();
            if (in != null) {
                info.load(in);
            }
            return info.getProperty("build.version", "unknown");
        } catch (IOException e) {
            return "unknown (" + e.getMessage() + ")";
        }
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"resentry " + version()};
        }
    }
}
