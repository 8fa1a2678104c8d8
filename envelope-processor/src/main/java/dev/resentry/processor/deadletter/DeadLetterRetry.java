package dev.resentry.processor.deadletter;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.FailureStage;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.processor.consume.RecordReader;
import dev.resentry.processor.consume.Refusal;
import dev.resentry.storage.database.DataRefusal;
import dev.resentry.storage.deadletter.DeadLetterDesk;
import dev.resentry.storage.deadletter.DeadLetterRetries;
import dev.resentry.storage.deadletter.LetterToRetry;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.ingest.SourceRecord;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Processes dead letters once more, by the code that processes the topic: one first, and the others only if that is not dead
 * again. Later ones that fail stop nobody.
 */
final class DeadLetterRetry implements JobHandler {
    /** A letter may have megabytes; a step has to end well within its lease. */
    private static final int MAX_LETTERS = 50;

    private static final Duration STEP_ENDS_AFTER = Duration.ofSeconds(10);

    private final DeadLetterRetries letters;
    private final RecordReader reader;

    DeadLetterRetry(DeadLetterRetries letters, RecordReader reader) {
        this.letters = letters;
        this.reader = reader;
    }

    @Override
    public String kind() {
        return DeadLetterDesk.RETRY;
    }

    @Override
    public JobStep step(Job job) {
        long before = job.progress().done();
        long total = before + letters.left(job.id());
        boolean first = before == 0;
        int done = retry(job, first ? 1 : MAX_LETTERS);
        if (done == 0) {
            return finished(job, 0);
        }
        if (first && letters.results(job.id()).containsKey("dead")) {
            return finished(job, letters.release(job.id()));
        }
        return new JobStep.Advanced(new JobProgress(before + done, total));
    }

    private int retry(Job job, int max) {
        long end = System.nanoTime() + STEP_ENDS_AFTER.toNanos();
        int done = 0;
        while (done < max && System.nanoTime() < end) {
            Optional<LetterToRetry> letter = letters.next(job);
            if (letter.isEmpty()) {
                break;
            }
            retry(letter.get());
            done++;
        }
        return done;
    }

    private void retry(LetterToRetry letter) {
        Integer position = letter.retry().itemPosition();
        if (letter.bodyIsGone()) {
            letters.expire(letter);
            return;
        }
        reader.read(List.of(letter.source()), records -> {
            BatchRecord record = records.getFirst();
            if (position == null) {
                retryRecord(letter, record);
            } else {
                retryItem(letter, record, position);
            }
        });
    }

    private void retryRecord(LetterToRetry letter, BatchRecord record) {
        try {
            letters.store(letter, record);
        } catch (DataAccessException e) {
            if (!DataRefusal.isBehind(e)) {
                throw e;
            }
            retryRecord(letter, Refusal.reduced(record, e));
        }
    }

    private void retryItem(LetterToRetry letter, BatchRecord record, int position) {
        switch (record) {
            case BatchRecord.Unreadable(SourceRecord _, Outcome.Dropped why) ->
                letters.fail(letter, why, FailureStage.DECODE);
            case Received(SourceRecord _, IngestedEnvelope envelope)
            when envelope.outcome() instanceof Outcome.Dropped why ->
                letters.fail(letter, why, FailureStage.of(why.reason()));
            case Received(SourceRecord source, IngestedEnvelope envelope) -> {
                if (position >= envelope.items().size()) {
                    String cause = "the envelope has %d items now, none at position %d"
                            .formatted(envelope.items().size(), position);
                    letters.fail(letter, new Outcome.Dropped(DropReason.INVALID_ITEM, cause), FailureStage.ITEM);
                } else {
                    retryItem(letter, source, envelope, position);
                }
            }
        }
    }

    private void retryItem(LetterToRetry letter, SourceRecord source, IngestedEnvelope envelope, int position) {
        try {
            letters.store(letter, new Received(source, envelope));
        } catch (DataAccessException e) {
            if (!DataRefusal.isBehind(e)) {
                throw e;
            }
            IngestedItem item = envelope.items().get(position).dropped(Refusal.outcome(e));
            letters.store(letter, new Received(source, envelope.with(position, item)));
        }
    }

    /** @param left how many letters were not tried, because the first one failed */
    private JobStep finished(Job job, int left) {
        ObjectNode result = JsonMapper.shared().createObjectNode();
        Map<String, Long> results = letters.results(job.id());
        for (String word : new String[] {"stored", "duplicate", "dropped", "dead"}) {
            result.put(word, results.getOrDefault(word, 0L));
        }
        return new JobStep.Finished(result.put("left", left).toString());
    }
}
