package dev.resentry.model.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** From a Friday. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            0 12 * * *       ; 2026-11-27T12:00:00Z, 2026-11-28T12:00:00Z
            */10 * * * *     ; 2026-11-27T10:10:00Z, 2026-11-27T10:20:00Z
            5-59/20 * * * *  ; 2026-11-27T10:25:00Z, 2026-11-27T10:45:00Z
            0 0 13 * 5       ; 2026-12-04T00:00:00Z, 2026-12-11T00:00:00Z, 2026-12-13T00:00:00Z
            0 0 1 JAN,jun *  ; 2027-01-01T00:00:00Z, 2027-06-01T00:00:00Z
            0 0 * * 7        ; 2026-11-29T00:00:00Z, 2026-12-06T00:00:00Z
            0 0 * * 0        ; 2026-11-29T00:00:00Z, 2026-12-06T00:00:00Z
            0 0 * * SUN-MON  ; 2026-11-29T00:00:00Z, 2026-11-30T00:00:00Z, 2026-12-06T00:00:00Z
            0 22 * * mon-fri ; 2026-11-27T22:00:00Z, 2026-11-30T22:00:00Z
            0 0 29 2 *       ; 2028-02-29T00:00:00Z, 2032-02-29T00:00:00Z
            @daily           ; 2026-11-28T00:00:00Z, 2026-11-29T00:00:00Z
            @hourly          ; 2026-11-27T11:00:00Z, 2026-11-27T12:00:00Z
            @weekly          ; 2026-11-29T00:00:00Z
            @monthly         ; 2026-12-01T00:00:00Z
            @yearly          ; 2027-01-01T00:00:00Z
            """)
    void aCrontabIsDueAsCronReadsIt(String crontab, String due) {
        List<Instant> expected = expected(due);

        assertThat(runs(CronSchedule.of("crontab", crontab), "2026-11-27T10:07:30Z", UTC, expected.size()))
                .isEqualTo(expected);
    }

    /** Clocks go on from 02:00 to 03:00 on 29 March 2026, and back from 03:00 to 02:00 on 25 October. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            30 2 * * *   ; 2026-03-28T00:00:00Z ; 2026-03-28T01:30:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z
            0 3 * * *    ; 2026-03-28T12:00:00Z ; 2026-03-29T01:00:00Z, 2026-03-30T01:00:00Z
            30 2 * * *   ; 2026-10-24T12:00:00Z ; 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z
            30 2 * * *   ; 2026-10-25T01:10:00Z ; 2026-10-26T01:30:00Z
            0 * * * *    ; 2026-10-24T23:30:00Z ; 2026-10-25T00:00:00Z, 2026-10-25T01:00:00Z, 2026-10-25T02:00:00Z
            */30 * * * * ; 2026-03-29T00:15:00Z ; 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z, 2026-03-29T01:30:00Z
            0 */2 * * *  ; 2026-03-28T23:30:00Z ; 2026-03-29T02:00:00Z, 2026-03-29T04:00:00Z
            0 12 * * *   ; 2026-03-28T00:00:00Z ; 2026-03-28T11:00:00Z, 2026-03-29T10:00:00Z
            """)
    void aCrontabFollowsTheClocksOfItsTimeZone(String crontab, String after, String due) {
        List<Instant> expected = expected(due);

        assertThat(runs(CronSchedule.of("crontab", crontab), after, BERLIN, expected.size()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            10 minute ; 2026-03-28T23:55:00Z ; 2026-03-29T00:05:00Z
            1 day     ; 2026-03-28T12:00:00Z ; 2026-03-29T11:00:00Z, 2026-03-30T11:00:00Z
            24 hour   ; 2026-03-28T12:00:00Z ; 2026-03-29T12:00:00Z
            1 month   ; 2026-01-31T12:00:00Z ; 2026-02-28T12:00:00Z
            2 weeks   ; 2026-01-31T12:00:00Z ; 2026-02-14T12:00:00Z
            1 year    ; 2028-02-29T12:00:00Z ; 2029-02-28T12:00:00Z
            10 years  ; 2026-11-27T12:00:00Z ; 2036-11-27T12:00:00Z
            """)
    void anIntervalIsDueThatMuchAfterTheLastRun(String interval, String after, String due) {
        List<Instant> expected = expected(due);

        assertThat(runs(CronSchedule.of("interval", interval), after, BERLIN, expected.size()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            crontab  ; 60 * * * *    ; minute '60': Value 60 not in range [0, 59]
            crontab  ; * 24 * * *    ; hour '24'
            crontab  ; * * 0 * *     ; day of month '0'
            crontab  ; * * * 13 *    ; month '13'
            crontab  ; * * * * MOON  ; day of week 'MOON'
            crontab  ; */0 * * * *   ; minute '*/0'
            crontab  ; * * * *       ; has 4 fields (expected: 5
            crontab  ; 0 0 0 * * *   ; has 6 fields (expected: 5
            crontab  ; 0 0 31 2 *    ; is never due
            crontab  ; @fortnightly  ; expected: @hourly
            crontab  ; ``            ; has 0 fields
            interval ; 0 minute      ; value: 0 (expected: 1 to 10000)
            interval ; 11 years      ; 11 year (expected: at most 10 years)
            interval ; 10000 day     ; 10000 day (expected: at most 10 years)
            interval ; 5 second      ; unit: 'second' (expected: minute
            interval ; minute        ; expected: a number and a unit
            weekly   ; 0 0 * * *     ; type: 'weekly' (expected: crontab or interval)
            """)
    void whatIsNoScheduleIsRefusedWithItsPlace(String type, String text, String message) {
        assertThatThrownBy(() -> CronSchedule.of(type, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            crontab  ; */10 * * * *  ; every 10 minutes
            crontab  ; 0 12 * * *    ; at 12:00
            crontab  ; 0 22 * * 1-5  ; at 22:00 every day between Monday and Friday
            crontab  ; 30 4 1,15 * 5 ; 30 4 1,15 * 5
            interval ; 1 hour        ; every hour
            interval ; 10 minute     ; every 10 minutes
            """)
    void aScheduleIsSaidInWords(String type, String text, String words) {
        CronSchedule schedule = CronSchedule.of(type, text);

        assertThat(schedule.words()).isEqualTo(words);
        assertThat(CronSchedule.of(schedule.type(), schedule.text())).isEqualTo(schedule);
    }

    @Test
    void aSenderDoesNotSayThatSomethingIsMissed() {
        assertThat(List.of("in_progress", "ok", "error", "missed", "timeout", "fine").stream()
                        .map(CheckInStatus::reported))
                .containsExactly(
                        CheckInStatus.IN_PROGRESS,
                        CheckInStatus.OK,
                        CheckInStatus.ERROR,
                        CheckInStatus.UNKNOWN,
                        CheckInStatus.UNKNOWN,
                        CheckInStatus.UNKNOWN);
    }

    private static List<Instant> runs(CronSchedule schedule, String after, ZoneId zone, int count) {
        List<Instant> runs = new ArrayList<>();
        Instant last = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            last = schedule.next(last, zone);
            runs.add(last);
        }
        return runs;
    }

    private static List<Instant> expected(String due) {
        return List.of(due.split(", ")).stream().map(Instant::parse).toList();
    }
}
