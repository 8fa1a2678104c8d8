package dev.resentry.processing.group;

import dev.resentry.model.event.ExceptionValue;
import dev.resentry.processing.group.Component.Value;
import dev.resentry.processing.group.frame.GroupingFrame;
import dev.resentry.processing.group.frame.Language;
import dev.resentry.processing.group.message.EngineMessage;
import dev.resentry.processing.group.message.ErrorCodes;
import dev.resentry.processing.group.message.MessageTemplate.Quotes;
import dev.resentry.processing.group.message.TemplateCache;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much of an exception's text counts. The better the stack says which statement failed, the less: with the line of source,
 * only codes and what the line does not say itself; with functions only, the template of the text, since one function can throw for
 * several reasons; without a stack, all of the template.
 */
final class ExceptionText {
    private static final Set<String> SIGNALS =
            Set.of("signalhandler", "mach", "minidump", "seh", "appleCrashReport", "breakpad", "crashpad");
    private static final String[] THROWING = {
        "raise", "throw", "panic", "reject(", "fail", "abort(", "error(", "die ", "croak"
    };

    private final ExceptionValue exception;
    private final Stack stack;
    private final boolean placed;
    private final Language language;
    private final TemplateCache templates;

    /**
     * The text of an exception.
     *
     * @param stack of the exception
     * @param placed whether a stack says where it happened, its own or that of its cause
     */
    ExceptionText(ExceptionValue exception, Stack stack, boolean placed, Language language, TemplateCache templates) {
        this.exception = exception;
        this.stack = stack;
        this.placed = placed;
        this.language = language;
        this.templates = templates;
    }

    /**
     * The part for the text.
     *
     * @param cause the text of what caused the exception, which many repeat in their own; empty if there is none
     */
    Value value(String cause) {
        String sent = exception.value();
        Value nsError = nsError(exception);
        if (nsError != null) {
            return nsError;
        }
        String own = withoutCause(sent, cause);
        if (own.isBlank()) {
            return Value.ignored("value", "", sent.isBlank() ? "empty" : "repeats its cause");
        }
        EngineMessage engine = language.isJavaScript() ? EngineMessage.of(own) : null;
        if (engine != null) {
            return engine(engine, sent);
        }
        Quotes quotes = ExceptionType.isNaming(exception) ? Quotes.KEPT : Quotes.REPLACED;
        if (!placed) {
            return Value.of("value", templates.of(own, 2, quotes), sent);
        }
        String type = exception.json().path("mechanism").path("type").asString("");
        if (SIGNALS.contains(type)) {
            return Value.ignored("value", sent, "the stack says where, the signal what");
        }
        GroupingFrame crash = stack.crash();
        if (crash != null && !crash.line().isEmpty()) {
            return withLine(own, sent, crash);
        }
        if (ExceptionType.isSpeaking(exception)) {
            return Value.ignored("value", sent, "the type says it");
        }
        if (own.contains(" cannot be cast to ")) {
            return Value.of("value", cast(own), sent);
        }
        if (own.startsWith("Cannot ") && own.contains("\" because ")) {
            // The JVM names variables only where the compiler has left their names.
            return Value.of("value", own.substring(0, own.indexOf("\" because ") + 1), sent);
        }
        String parameter = parameter(own);
        return parameter.isEmpty()
                ? Value.of("value", templates.of(withoutTrailingWord(own, language), 1, quotes), sent)
                : Value.of("value", "parameter " + parameter, sent);
    }

    private Value engine(EngineMessage engine, String sent) {
        GroupingFrame crash = stack.crash();
        if (placed && crash != null && !crash.line().isEmpty()) {
            return Value.ignored("value", sent, "the line says it");
        }
        // Minifiers rename variables and functions, not properties.
        boolean subject = engine.kind().startsWith("property")
                ? !engine.subject().isEmpty()
                : engine.subject().length() > 2;
        return Value.of("value", subject ? engine.kind() + ": " + engine.subject() : engine.kind(), sent);
    }

    private Value withLine(String own, String sent, GroupingFrame crash) {
        String line = crash.raw().contextLine();
        if (throwsWhatItWasGiven(line) || stack.thrownByLibrary()) {
            return Value.of("value", templates.of(own, 1, Quotes.REPLACED), sent);
        }
        String codes = ErrorCodes.ofTemplate(templates.of(own, 1, Quotes.REPLACED));
        return codes.isEmpty()
                ? Value.ignored("value", sent, "the line says it")
                : new Value("value", codes, true, "only codes, the line says the rest");
    }

    /** A line that throws without a text of its own: the text comes from elsewhere and says more than the line. */
    private static boolean throwsWhatItWasGiven(String line) {
        if (line.indexOf('"') >= 0 || line.indexOf('\'') >= 0 || line.indexOf('`') >= 0) {
            return false;
        }
        for (String word : THROWING) {
            if (line.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** {@code Unknown currency: EUR}: a single word behind the last colon is what the text is about, where a cause has its own text. */
    private static String withoutTrailingWord(String value, Language language) {
        if (language != Language.JVM && language != Language.DOTNET && language != Language.PHP) {
            return value;
        }
        int end = value.indexOf('\n');
        String line = (end < 0 ? value : value.substring(0, end)).strip();
        int colon = line.lastIndexOf(": ");
        boolean word = colon > 0 && line.indexOf(' ', colon + 2) < 0 && line.length() > colon + 2;
        return word
                        && line.indexOf(' ') < colon
                        && line.chars().skip(colon + 2L).allMatch(Character::isLetterOrDigit)
                ? line.substring(0, colon + 2) + "<str>"
                : value;
    }

    private static String withoutCause(String value, String cause) {
        return cause.isBlank() || cause.length() < 3 ? value : value.replace(cause, "");
    }

    /** Newer versions of the JVM say "class" before the names, and where they were loaded from behind them. */
    private static String cast(String value) {
        int loaders = value.indexOf(" (");
        String names = loaders < 0 ? value : value.substring(0, loaders);
        return names.lines().findFirst().orElse("").replace("class ", "");
    }

    /** .NET names the argument in two forms, and in the language of the machine. */
    private static String parameter(String value) {
        int at = value.indexOf("Parameter '");
        if (at >= 0) {
            int start = at + "Parameter '".length();
            int end = value.indexOf('\'', start);
            return end < 0 ? "" : value.substring(start, end);
        }
        int older = value.indexOf("Parameter name: ");
        return older < 0
                ? ""
                : value.substring(older + "Parameter name: ".length()).strip();
    }

    private static @Nullable Value nsError(ExceptionValue exception) {
        var error = exception.json().path("mechanism").path("meta").path("ns_error");
        String domain = error.path("domain").asString("");
        return domain.isEmpty()
                ? null
                : new Value("ns_error", domain + " " + error.path("code").asString(""), true, "instead of the value");
    }
}
