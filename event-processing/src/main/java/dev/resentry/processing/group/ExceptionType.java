package dev.resentry.processing.group;

import dev.resentry.model.event.ExceptionValue;
import dev.resentry.processing.group.Component.Value;
import dev.resentry.processing.group.message.EngineMessage;
import java.util.Locale;
import java.util.Set;

/** The class of an exception, and what is known of well-known classes. */
final class ExceptionType {
    /** They only carry another exception. */
    private static final Set<String> WRAPPERS = Set.of(
            "ExecutionException",
            "CompletionException",
            "InvocationTargetException",
            "UndeclaredThrowableException",
            "ServletException",
            "NestedServletException",
            "AggregateException",
            "TargetInvocationException",
            "TypeInitializationException",
            "ExceptionGroup",
            "BaseExceptionGroup",
            "HandlerFailedException",
            "ViewException",
            "WrapperError",
            "ExceptionInInitializerError",
            "PrivilegedActionException",
            "UncheckedExecutionException",
            "HandlerDispatchFailedException",
            "JobExecutionException",
            "UncheckedIOException",
            "ListenerExecutionFailedException",
            "MessageHandlingException",
            "CompositeException",
            "OnErrorNotImplementedException",
            "UndeliverableException",
            "*fmt.wrapError",
            "*fmt.wrapErrors",
            "*errors.withStack",
            "*errors.withMessage",
            "*errors.joinError",
            "*errors.errorString",
            "*errors.fundamental",
            "ActionView::Template::Error",
            "Twig\\Error\\RuntimeError",
            "FiberFailure",
            "TaskSupervisorException");

    /** Go's texts have a class, but it says nothing. */
    private static final Set<String> GO_TEXTS = Set.of("*errors.errorString", "*errors.fundamental", "*fmt.wrapError");

    private static final Set<String> OVERFLOWS =
            Set.of("StackOverflowError", "RecursionError", "SystemStackError", "StackOverflowException");

    /** The text of these is the same for all of them, in the language of the machine. */
    private static final Set<String> SPEAKING = Set.of(
            "NullReferenceException",
            "IndexOutOfRangeException",
            "DivideByZeroException",
            "StackOverflowException",
            "OutOfMemoryException",
            "OutOfMemoryError",
            "StackOverflowError",
            "TaskCanceledException",
            "OperationCanceledException",
            "ThreadAbortException",
            "RecursionError",
            "SystemStackError",
            "ZeroDivisionError",
            "DivideByZeroError",
            "ArithmeticError",
            "ArrayIndexOutOfBoundsException",
            "StringIndexOutOfBoundsException",
            "IndexOutOfBoundsException",
            "NumberFormatException",
            "AccessViolationException",
            "KeyNotFoundException",
            "InvalidCastException");

    /** The quoted parts of their texts are names in the program, not data. */
    private static final Set<String> NAMING = Set.of(
            "AttributeError",
            "NameError",
            "UnboundLocalError",
            "ImportError",
            "ModuleNotFoundError",
            "NoMethodError",
            "ReferenceError",
            "NullPointerException",
            "NoSuchMethodError",
            "NoSuchFieldError",
            "NoClassDefFoundError",
            "ClassNotFoundException",
            "MissingMethodException",
            "TypeError",
            "UndefinedFunctionError",
            "ProgrammingError",
            "UndefinedColumn",
            "UndefinedTable",
            "UninitializedPropertyAccessException",
            "NotImplementedError",
            "ErrorException",
            "Error",
            "SyntaxError",
            "StatementInvalid");

    private ExceptionType() {}

    static Value of(ExceptionValue exception, boolean javaScript) {
        String type = exception.type();
        EngineMessage message = javaScript ? EngineMessage.of(exception.value()) : null;
        if (exception.isSynthetic()) {
            return Value.ignored("type", type, "made up by the SDK");
        }
        if (message != null && message.type() != null && (type.endsWith("Error") || type.isEmpty())) {
            return Value.of("type", message.type(), type);
        }
        return Value.of("type", cleaned(type), type);
    }

    /** Without generic arity, without the address of an anonymous class, without the file of a PHP class. */
    private static String cleaned(String type) {
        int end = type.length();
        for (String mark : new String[] {"`", ":0x", "@anonymous", "\0"}) {
            int at = type.indexOf(mark);
            end = at > 0 ? Math.min(end, mark.equals("@anonymous") ? at + mark.length() : at) : end;
        }
        return type.substring(0, end);
    }

    static boolean isWrapper(ExceptionValue exception) {
        return WRAPPERS.contains(exception.type()) || WRAPPERS.contains(simple(exception.type()));
    }

    static boolean isGoText(ExceptionValue exception) {
        return GO_TEXTS.contains(exception.type());
    }

    static boolean isOverflow(ExceptionValue exception, boolean javaScript) {
        if (OVERFLOWS.contains(simple(exception.type()))) {
            return true;
        }
        String value = exception.value().toLowerCase(Locale.ROOT);
        return javaScript && (value.startsWith("maximum call stack") || value.startsWith("too much recursion"));
    }

    static boolean isSpeaking(ExceptionValue exception) {
        return SPEAKING.contains(simple(exception.type()));
    }

    static boolean isNaming(ExceptionValue exception) {
        return NAMING.contains(simple(exception.type()));
    }

    /** The class without its package, namespace or module. */
    private static String simple(String type) {
        int end = type.length();
        int start = Math.max(type.lastIndexOf('.'), Math.max(type.lastIndexOf(':'), type.lastIndexOf('\\')));
        return type.substring(start + 1, end);
    }
}
