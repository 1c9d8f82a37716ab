package org.ergograph.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import org.ergograph.observation.NotingRecorder;
import org.jspecify.annotations.Nullable;

/** A bean with one measured method for each case, package-private as any of an application's may be. */
@ApplicationScoped
class SampleBean {
    private final CompletableFuture<String> future = new CompletableFuture<>();
    private final SubmissionPublisher<String> source = new SubmissionPublisher<>(Runnable::run, 16);
    private SampleRepository repository;
    private NotingRecorder recorder;

    @SuppressWarnings("NullAway") // for the client proxy only
    SampleBean() {}

    @Inject
    SampleBean(SampleRepository repository, NotingRecorder recorder) {
        this.repository = repository;
        this.recorder = recorder;
    }

    CompletableFuture<String> future() {
        return future;
    }

    SubmissionPublisher<String> source() {
        return source;
    }

    @MonitoredDbOperation(operation = "select", table = "users")
    String db(String mode) throws IOException {
        return now(mode);
    }

    @MonitoredWorkflow(name = "billing")
    String workflow(String mode) throws IOException {
        return now(mode);
    }

    @MonitoredWorkflowStep(workflow = "billing", step = "charge")
    String step(String mode) throws IOException {
        return now(mode);
    }

    @MonitoredTool(name = "search")
    String tool(String mode) throws IOException {
        return now(mode);
    }

    @Monitored
    String method(String mode) throws IOException {
        return now(mode);
    }

    private String now(String mode) throws IOException {
        recorder.advanceMillis(5);
        if (mode.equals("fail")) {
            throw new IOException("disk full");
        }
        return "done";
    }

    @MonitoredDbOperation(operation = "select", table = "users")
    CompletionStage<String> dbLater() {
        return future;
    }

    @MonitoredWorkflow(name = "billing")
    CompletionStage<String> workflowLater() {
        return future;
    }

    @MonitoredWorkflowStep(workflow = "billing", step = "charge")
    CompletionStage<String> stepLater() {
        return future;
    }

    @MonitoredTool(name = "search")
    CompletionStage<String> toolLater() {
        return future;
    }

    @Monitored(name = "later")
    CompletionStage<String> methodLater() {
        return future;
    }

    @Monitored(name = "plainFuture")
    Future<String> plainFuture() {
        return future;
    }

    @Monitored(name = "noStage")
    @Nullable
    CompletionStage<String> noStage() {
        return null;
    }

    @MonitoredDbOperation(operation = "select", table = "users")
    Flow.Publisher<String> dbStream() {
        return source;
    }

    @MonitoredWorkflow(name = "billing")
    Flow.Publisher<String> workflowStream() {
        return source;
    }

    @MonitoredWorkflowStep(workflow = "billing", step = "charge")
    Flow.Publisher<String> stepStream() {
        return source;
    }

    @MonitoredTool(name = "search")
    Flow.Publisher<String> toolStream() {
        return source;
    }

    @Monitored(name = "stream")
    Flow.Publisher<String> methodStream() {
        return source;
    }

    @Monitored(name = "ownClass")
    SubmissionPublisher<String> ownClass() {
        return source;
    }

    @MonitoredWorkflow(name = "order")
    void nested() {
        repository.save();
        repository.find();
    }

    @Transactional
    @MonitoredDbOperation(operation = "insert", table = "orders")
    void inTransaction() {
        recorder.advanceMillis(1);
    }

    @MonitoredDbOperation(operation = "update", table = "stock")
    @Monitored(name = "all")
    @MonitoredTool(name = "all")
    @MonitoredWorkflowStep(workflow = "all", step = "all")
    @MonitoredWorkflow(name = "all")
    void allAtOnce() {
        recorder.advanceMillis(1);
    }
}
