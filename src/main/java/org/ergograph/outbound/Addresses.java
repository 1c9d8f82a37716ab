package org.ergograph.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of hosts, asked for where a thread may wait, and read where none may. What is read are the answers themselves,
 * so whoever judges what he read judges what he connects to. Thread-safe.
 */
final class Addresses implements CheckedResolver.Lookup {
    private static final int MAX_HOSTS = 1000;
    private static final int MAX_QUESTIONS = 16;
    private static final long FRESH_NANOS = 10_000_000_000L;
    private static final CompletableFuture<OutboundResult.@Nullable Cause> KNOWN =
            CompletableFuture.completedFuture(null);

    private record Answer(List<InetAddress> addresses, long atNanos) {}

    private final CheckedResolver.Lookup lookup;
    private final Executor executor;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<OutboundResult.@Nullable Cause>> questions = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MAX_QUESTIONS);

    Addresses(CheckedResolver.Lookup lookup, Executor executor) {
        this.lookup = lookup;
        this.executor = executor;
    }

    /** Completes with null when the addresses of the host are known, else with why they are not; never fails. */
    CompletionStage<OutboundResult.@Nullable Cause> known(String host) {
        Answer answer = answers.get(host);
        if (answer != null && System.nanoTime() - answer.atNanos() < FRESH_NANOS) {
            return KNOWN;
        }
        CompletableFuture<OutboundResult.@Nullable Cause> question = new CompletableFuture<>();
        CompletableFuture<OutboundResult.@Nullable Cause> asked = questions.putIfAbsent(host, question);
        if (asked != null) {
            return asked;
        }
        if (!places.tryAcquire()) {
            ended(host, question, OutboundResult.Cause.BUSY);
            return question;
        }
        try {
            executor.execute(() -> {
                OutboundResult.Cause failure;
                try {
                    failure = ask(host);
                } finally {
                    places.release();
                }
                ended(host, question, failure);
            });
        } catch (RejectedExecutionException e) {
            places.release();
            ended(host, question, OutboundResult.Cause.BUSY);
        }
        return question;
    }

    private OutboundResult.@Nullable Cause ask(String host) {
        try {
            List<InetAddress> addresses = List.of(lookup.addresses(host));
            if (answers.size() >= MAX_HOSTS) {
                answers.entrySet().stream()
                        .min((a, b) -> Long.signum(
                                a.getValue().atNanos() - b.getValue().atNanos()))
                        .ifPresent(oldest -> answers.remove(oldest.getKey(), oldest.getValue()));
            }
            answers.put(host, new Answer(addresses, System.nanoTime()));
            return null;
        } catch (UnknownHostException | RuntimeException e) {
            return OutboundResult.Cause.DNS;
        }
    }

    private void ended(
            String host,
            CompletableFuture<OutboundResult.@Nullable Cause> question,
            OutboundResult.@Nullable Cause failure) {
        questions.remove(host, question);
        question.complete(failure);
    }

    /** The latest answer, however old: whoever connects has asked before. */
    @Override
    public InetAddress[] addresses(String host) throws UnknownHostException {
        Answer answer = answers.get(host);
        if (answer == null) {
            throw new UnknownHostException(host);
        }
        return answer.addresses().toArray(InetAddress[]::new);
    }
}
