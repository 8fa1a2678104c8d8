package dev.resentry.gateway.report;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.form.UrlEncodedForm;

/** The body of a form without files, of bounded size. */
public sealed interface FormBody {

    record Form(UrlEncodedForm form) implements FormBody {}

    record TooLarge() implements FormBody {}

    /** Not of the encoding that it says. */
    record Malformed(String cause) implements FormBody {}

    /**
     * Reads a body.
     *
     * @param maxBytes the most bytes that the form has, decoded
     */
    static FormBody read(ContentEncoding encoding, byte[] body, int maxBytes) {
        return switch (new BoundedDecoder(maxBytes).decode(encoding, body)) {
            case Decoded.TooLarge _ -> new TooLarge();
            case Decoded.Malformed(String format, long offset, String cause) ->
                new Malformed("not valid %s after %d decoded bytes: %s".formatted(format, offset, cause));
            case Decoded.Content(byte[] content) -> new Form(UrlEncodedForm.parse(content));
        };
    }
}
