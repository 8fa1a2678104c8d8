package dev.resentry.gateway;

import dev.resentry.service.health.CheckResult;
import dev.resentry.service.health.HealthCheck;

/** Whether this gateway is about to stop, told by its readiness before it turns anybody away. */
final class DrainingCheck implements HealthCheck {
    private volatile boolean begun;

    void begin() {
        begun = true;
    }

    @Override
    public String name() {
        return "departure";
    }

    @Override
    public CheckResult check() {
        return begun ? new CheckResult.Failed("the gateway is stopping") : new CheckResult.Ok();
    }
}
