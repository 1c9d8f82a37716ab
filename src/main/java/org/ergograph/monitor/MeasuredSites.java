package org.ergograph.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.LongAdder;
import org.ergograph.observation.Kind;
import org.ergograph.observation.Meters;
import org.ergograph.observation.Metrics;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/** The measured methods of the application, by annotation, and how many workflow runs are open. Thread-safe. */
@Singleton
class MeasuredSites {
    private final Work work;
    private final LongAdder openRuns = new LongAdder();
    private final Sites db = sites(MonitoredDbOperation.class, this::db, null);
    private final Sites workflow = sites(MonitoredWorkflow.class, this::workflow, openRuns);
    private final Sites step = sites(MonitoredWorkflowStep.class, this::step, null);
    private final Sites tool = sites(MonitoredTool.class, this::tool, null);
    private final Sites method = sites(Monitored.class, this::method, null);

    /** Names the series of a method. */
    private interface Naming<A extends Annotation> {
        Series name(A annotation, String defaultName);
    }

    @Inject
    MeasuredSites(Work work) {
        this.work = work;
    }

    void publish(@Observes @Initialized(ApplicationScoped.class) Object event, Instance<Meters> meters) {
        if (work.enabled() && meters.isResolvable()) {
            meters.get().gauge(Metrics.ACTIVE_WORKFLOWS, openRuns::sum);
        }
    }

    Sites db() {
        return db;
    }

    Sites workflow() {
        return workflow;
    }

    Sites step() {
        return step;
    }

    Sites tool() {
        return tool;
    }

    Sites method() {
        return method;
    }

    /** How many workflow runs are open now. */
    long openRuns() {
        return openRuns.sum();
    }

    private Series db(MonitoredDbOperation annotation, String defaultName) {
        return work.series(Kind.DB, annotation.operation(), annotation.table());
    }

    private Series workflow(MonitoredWorkflow annotation, String defaultName) {
        return work.series(Kind.WORKFLOW, orDefault(annotation.name(), defaultName), Kind.RUN);
    }

    private Series step(MonitoredWorkflowStep annotation, String defaultName) {
        return work.series(Kind.WORKFLOW, annotation.workflow(), annotation.step());
    }

    private Series tool(MonitoredTool annotation, String defaultName) {
        return work.series(Kind.TOOL, annotation.name(), annotation.category());
    }

    private Series method(Monitored annotation, String defaultName) {
        return work.series(Kind.METHOD, orDefault(annotation.name(), defaultName));
    }

    private static String orDefault(String name, String defaultName) {
        return name.isEmpty() ? defaultName : name;
    }

    private static <A extends Annotation> Sites sites(Class<A> type, Naming<A> naming, @Nullable LongAdder open) {
        return new Sites((bean, method) -> site(bean, method, type, naming, open));
    }

    private static <A extends Annotation> Site site(
            Class<?> bean, Method method, Class<A> type, Naming<A> naming, @Nullable LongAdder open) {
        A annotation = Annotations.find(bean, method, type);
        if (annotation == null) {
            throw new IllegalStateException(method + " of " + bean + " has no " + type.getSimpleName());
        }
        Series series = naming.name(annotation, Annotations.defaultName(bean, method));
        return new Site(method, series, Annotations.opensTransaction(bean, method), Returns.of(method), open);
    }
}
