package dev.resentry.endtoend;

import io.sentry.MonitorConfig;
import io.sentry.MonitorSchedule;
import io.sentry.MonitorScheduleUnit;
import io.sentry.Sentry;
import io.sentry.util.CheckInUtils;

/** A job that checks in by an unmodified SDK: it goes well, and then fails. */
final class JavaSdkJob {
    private JavaSdkJob() {}

    public static void main(String[] args) throws Exception {
        Sentry.init(options -> {
            options.setDsn(args[0]);
            options.setRelease("java-shop@1.0.0");
            options.setEnvironment("staging");
        });
        var config = new MonitorConfig(MonitorSchedule.interval(10, MonitorScheduleUnit.MINUTE));
        config.setCheckinMargin(2L);
        config.setMaxRuntime(15L);
        config.setTimezone("Europe/Berlin");
        CheckInUtils.withCheckIn("java-job", config, () -> "done");
        try {
            CheckInUtils.withCheckIn("java-job", config, () -> {
                throw new IllegalStateException("the job fails");
            });
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
        Sentry.close();
    }
}
