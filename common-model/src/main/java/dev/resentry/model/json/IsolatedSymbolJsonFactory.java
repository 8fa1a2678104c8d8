package dev.resentry.model.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;

/**
 * Gives each parser of bytes a table of property names that is forgotten with the parser, and takes the bytes for UTF-8
 * without guessing.
 */
final class IsolatedSymbolJsonFactory extends JsonFactory {
    private static final int MARK = 3;

    IsolatedSymbolJsonFactory(StreamReadConstraints limits) {
        super(JsonFactory.builder().streamReadConstraints(limits));
    }

    @Override
    protected JsonParser _createParser(
            ObjectReadContext readContext, IOContext ioContext, byte[] bytes, int offset, int length) {
        _checkRangeBoundsForByteArray(bytes, offset, length);
        int skipped = startsWithMark(bytes, offset, length) ? MARK : 0;
        return new UTF8StreamJsonParser(
                readContext,
                ioContext,
                readContext.getStreamReadFeatures(_streamReadFeatures),
                readContext.getFormatReadFeatures(_formatReadFeatures),
                null,
                ByteQuadsCanonicalizer.createRoot().makeChild(_factoryFeatures),
                bytes,
                offset + skipped,
                offset + length,
                skipped,
                false);
    }

    /** The byte order mark of UTF-8, which some writers put before a whole document. */
    private static boolean startsWithMark(byte[] bytes, int offset, int length) {
        return length >= MARK
                && bytes[offset] == (byte) 0xef
                && bytes[offset + 1] == (byte) 0xbb
                && bytes[offset + 2] == (byte) 0xbf;
    }
}
