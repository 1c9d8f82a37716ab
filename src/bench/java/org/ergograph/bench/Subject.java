package org.ergograph.bench;

import jakarta.enterprise.context.ApplicationScoped;
import org.ergograph.monitor.Monitored;
import org.ergograph.monitor.MonitoredDbOperation;
import org.ergograph.monitor.MonitoredTool;
import org.ergograph.monitor.MonitoredWorkflowStep;

/** The same trivial work, plain, behind an interceptor that does nothing, and behind each of ours. */
@ApplicationScoped
public class Subject {
    public long plain(long value) {
        return value + 1;
    }

    @NoOp
    public long noOp(long value) {
        return value + 1;
    }

    @NoOp
    public long clockReads(long value) {
        long start = System.nanoTime();
        return value + System.nanoTime() - start;
    }

    @Monitored
    public long monitored(long value) {
        return value + 1;
    }

    @MonitoredDbOperation(operation = "select", table = "users")
    public long db(long value) {
        return value + 1;
    }

    @MonitoredWorkflowStep(workflow = "orders", step = "check")
    public long step(long value) {
        return value + 1;
    }

    @MonitoredTool(name = "search")
    public long tool(long value) {
        return value + 1;
    }
}
