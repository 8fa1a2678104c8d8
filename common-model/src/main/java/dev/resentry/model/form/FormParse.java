package dev.resentry.model.form;

import java.util.List;

/** What reading a form ends with. */
public sealed interface FormParse {

    /** The form is sound. */
    record Sound(List<FormPart> parts) implements FormParse {
        public Sound {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The body is not the form that its content type says.
     *
     * @param cause what is wrong and in which part
     */
    record Malformed(String cause) implements FormParse {}
}
