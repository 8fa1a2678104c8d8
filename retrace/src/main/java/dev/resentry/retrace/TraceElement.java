package dev.resentry.retrace;

import com.android.tools.r8.references.ClassReference;
import com.android.tools.r8.references.Reference;
import com.android.tools.r8.retrace.RetraceStackTraceElementProxy;
import com.android.tools.r8.retrace.StackTraceElementProxy;

/** A frame, or the class of an exception, as R8's library wants to see it. */
final class TraceElement extends StackTraceElementProxy<TraceElement.Line, TraceElement> {
    /** What has no method is the class of an exception. */
    private static final String NO_METHOD = "";

    private final Line line;

    TraceElement(Line line) {
        this.line = line;
    }

    /** @param position in the stack trace */
    record Line(int position, JavaFrame frame) {
        static Line thrown(int position, String className) {
            return new Line(position, new JavaFrame(className, NO_METHOD, null, 0));
        }

        boolean isThrown() {
            return frame.method().equals(NO_METHOD);
        }
    }

    @Override
    public boolean hasClassName() {
        return true;
    }

    @Override
    public boolean hasMethodName() {
        return !line.isThrown();
    }

    @Override
    public boolean hasSourceFile() {
        return line.frame().file() != null;
    }

    @Override
    public boolean hasLineNumber() {
        return line.frame().line() > 0;
    }

    @Override
    public boolean hasFieldName() {
        return false;
    }

    @Override
    public boolean hasFieldOrReturnType() {
        return false;
    }

    @Override
    public boolean hasMethodArguments() {
        return false;
    }

    @Override
    public ClassReference getClassReference() {
        return Reference.classFromTypeName(line.frame().className());
    }

    @Override
    public String getMethodName() {
        return line.frame().method();
    }

    @Override
    public String getSourceFile() {
        String file = line.frame().file();
        return file == null ? "" : file;
    }

    @Override
    public int getLineNumber() {
        return line.frame().line();
    }

    @Override
    public String getFieldName() {
        return "";
    }

    @Override
    public String getFieldOrReturnType() {
        return "";
    }

    @Override
    public String getMethodArguments() {
        return "";
    }

    @Override
    public Line toRetracedItem(RetraceStackTraceElementProxy<Line, TraceElement> retraced, boolean verbose) {
        JavaFrame given = line.frame();
        return new Line(
                line.position(),
                new JavaFrame(
                        retraced.hasRetracedClass()
                                ? retraced.getRetracedClass().getTypeName()
                                : given.className(),
                        retraced.hasRetracedMethod()
                                ? retraced.getRetracedMethod().getMethodName()
                                : given.method(),
                        retraced.hasSourceFile() ? retraced.getSourceFile() : given.file(),
                        retraced.hasLineNumber() ? Math.max(0, retraced.getLineNumber()) : 0));
    }
}
