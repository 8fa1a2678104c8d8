package dev.resentry.processor.item.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentNameTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            log.txt,                  ,                       event.attachment,     log.txt
            '',                       image/PNG; q=1,         event.attachment,     attachment-3.png
            ,                         ,                       event.attachment,     attachment-3.bin
            ,                         application/json,       made.up,              attachment-3.json
            ,                         application/json,       event.view_hierarchy, view-hierarchy.json
            ,                         ,                       event.minidump,       minidump.dmp
            """)
    void whatHasNoNameGetsOneThatSaysWhatItIs(String filename, String contentType, String type, String expected) {
        ItemHeader header = ItemHeader.of(ItemType.Known.ATTACHMENT);
        header = filename == null ? header : header.with("filename", filename);
        header = contentType == null ? header : header.with("content_type", contentType);

        assertThat(AttachmentName.of(header, type, 2)).isEqualTo(expected);
    }
}
