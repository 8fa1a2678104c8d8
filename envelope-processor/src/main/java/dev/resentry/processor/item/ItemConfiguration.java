package dev.resentry.processor.item;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.processor.ProcessorSettings;
import dev.resentry.processor.item.attachment.AttachmentHandler;
import dev.resentry.processor.item.checkin.CheckInHandler;
import dev.resentry.processor.item.clientreport.ClientReportHandler;
import dev.resentry.processor.item.event.EventHandler;
import dev.resentry.processor.item.feedback.FeedbackHandler;
import dev.resentry.processor.item.log.LogHandler;
import dev.resentry.processor.item.session.SessionHandler;
import dev.resentry.processor.item.span.SpanHandler;
import dev.resentry.processor.item.transaction.TransactionHandler;
import dev.resentry.processor.project.ProjectRules;
import dev.resentry.processor.symbolicate.Symbolication;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pipeline and a handler for each item type. An item of a type without one is kept as it is. */
@Configuration(proxyBeanMethods = false)
public class ItemConfiguration {

    @Bean
    EnvelopePipeline envelopePipeline(
            ProcessorSettings settings, List<ItemHandler> handlers, ProjectRules.Source rules) {
        return new EnvelopePipeline(
                new BoundedDecoder((int) settings.maxDecodedSize().toBytes()),
                new EnvelopeReader(EnvelopeLimits.DEFAULT),
                handlers,
                rules);
    }

    @Bean
    ItemHandler eventItemHandler(ProcessorSettings settings, Symbolication symbolication) {
        return new EventHandler((int) settings.maxEventSize().toBytes(), settings.maxEvents(), symbolication);
    }

    @Bean
    ItemHandler clientReportItemHandler() {
        return new ClientReportHandler();
    }

    @Bean
    ItemHandler transactionItemHandler(ProcessorSettings settings) {
        return new TransactionHandler((int) settings.maxEventSize().toBytes());
    }

    @Bean
    ItemHandler attachmentItemHandler() {
        return new AttachmentHandler();
    }

    @Bean
    ItemHandler feedbackItemHandler(ProcessorSettings settings) {
        return new FeedbackHandler((int) settings.maxEventSize().toBytes());
    }

    @Bean
    ItemHandler sessionItemHandler() {
        return new SessionHandler();
    }

    @Bean
    ItemHandler spanItemHandler() {
        return new SpanHandler();
    }

    @Bean
    ItemHandler logItemHandler() {
        return new LogHandler();
    }

    @Bean
    ItemHandler checkInItemHandler() {
        return new CheckInHandler();
    }
}
