package dev.resentry.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;

/**
 * Gives each parser of bytes a table of property names that is forgotten with the parser, and takes the bytes for UTF-8
 * without guessing. A table begins with {@link KnownNames}, whose texts all documents share.
 */
final class IsolatedSymbolJsonFactory extends JsonFactory {
    private static final int MARK = 3;

    private final ByteQuadsCanonicalizer known;

    IsolatedSymbolJsonFactory(StreamReadConstraints limits) {
        super(JsonFactory.builder().streamReadConstraints(limits));
        this.known = known();
    }

    /** Learnt from a document of our own, and by the same texts that our code asks with. */
    private ByteQuadsCanonicalizer known() {
        ByteQuadsCanonicalizer root = ByteQuadsCanonicalizer.createRoot();
        byte[] names = KnownNames.all().stream()
                .map("\"%s\":0"::formatted)
                .collect(Collectors.joining(",", "{", "}"))
                .getBytes(UTF_8);
        int interning = _factoryFeatures | TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES.getMask();
        ObjectReadContext context = ObjectReadContext.empty();
        try (var parser = new UTF8StreamJsonParser(
                context,
                _createContext(_createContentReference(names, 0, names.length), false),
                _streamReadFeatures,
                _formatReadFeatures,
                null,
                root.makeChild(interning),
                names,
                0,
                names.length,
                0,
                false)) {
            while (parser.nextToken() != null) {
                // Each name is put into the table as it is met.
            }
        }
        return root;
    }

    @Override
    protected JsonParser _createParser(
            ObjectReadContext readContext, IOContext ioContext, byte[] bytes, int offset, int length) {
        _checkRangeBoundsForByteArray(bytes, offset, length);
        int skipped = startsWithMark(bytes, offset, length) ? MARK : 0;
        return new ForgetfulParser(
                readContext,
                ioContext,
                readContext.getStreamReadFeatures(_streamReadFeatures),
                readContext.getFormatReadFeatures(_formatReadFeatures),
                known.makeChild(_factoryFeatures),
                bytes,
                offset + skipped,
                offset + length,
                skipped);
    }

    /** The byte order mark of UTF-8, which some writers put before a whole document. */
    private static boolean startsWithMark(byte[] bytes, int offset, int length) {
        return length >= MARK
                && bytes[offset] == (byte) 0xef
                && bytes[offset + 1] == (byte) 0xbb
                && bytes[offset + 2] == (byte) 0xbf;
    }

    /** Does not give what it met back to the table that it began with. */
    private static final class ForgetfulParser extends UTF8StreamJsonParser {
        ForgetfulParser(
                ObjectReadContext readContext,
                IOContext ioContext,
                int streamReadFeatures,
                int formatReadFeatures,
                ByteQuadsCanonicalizer names,
                byte[] bytes,
                int start,
                int end,
                int skipped) {
            super(
                    readContext,
                    ioContext,
                    streamReadFeatures,
                    formatReadFeatures,
                    null,
                    names,
                    bytes,
                    start,
                    end,
                    skipped,
                    false);
        }

        /** All that the parser above does but for the names: it owns no buffer of bytes. */
        @Override
        protected void _releaseBuffers() {
            _textBuffer.releaseBuffers();
        }
    }
}
