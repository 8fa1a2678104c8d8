package dev.resentry.retrace;

import com.android.tools.r8.Diagnostic;
import com.android.tools.r8.DiagnosticsHandler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the first fault that R8's library finds; warnings are of no interest here. */
final class Faults implements DiagnosticsHandler {
    private @Nullable String first;

    Optional<String> first() {
        return Optional.ofNullable(first);
    }

    @Override
    public void error(Diagnostic fault) {
        if (first == null) {
            first = fault.getDiagnosticMessage();
        }
    }

    @Override
    public void warning(Diagnostic warning) {
        // Such as a mapping of a newer compiler, of which all is read that is known.
    }

    @Override
    public void info(Diagnostic information) {
        // Said to people at a command line.
    }
}
