package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final Queue<Runnable> given = new ArrayDeque<>();
    private final List<Integer> done = new ArrayList<>();

    @Test
    void thingsAreDoneInOrderByOneAtATime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Mailbox mailbox = new Mailbox(threads, 10);
        CountDownLatch all = new CountDownLatch(1000);
        for (int i = 0; i < 1000; i++) {
            int number = i;
            mailbox.post(() -> {
                done.add(number);
                all.countDown();
            });
        }
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(done).hasSize(1000).isSorted();
    }

    @Test
    void offerIsRefusedWhenTooMuchWaitsAndPostIsNot() {
        Mailbox mailbox = new Mailbox(given::add, 2);
        assertThat(mailbox.offer(() -> done.add(1))).isTrue();
        assertThat(mailbox.offer(() -> done.add(2))).isTrue();
        assertThat(mailbox.offer(() -> done.add(3))).isFalse();
        mailbox.post(() -> done.add(4));
        assertThat(given).hasSize(1);
        given.remove().run();
        assertThat(done).containsExactly(1, 2, 4);
    }

    @Test
    void whatFailsDoesNotHoldUpTheRest() {
        Mailbox mailbox = new Mailbox(given::add, 10);
        mailbox.post(() -> {
            throw new IllegalStateException("as asked");
        });
        mailbox.post(() -> done.add(2));
        Runnable first = given.remove();
        assertThatThrownBy(first::run).isInstanceOf(IllegalStateException.class);
        given.remove().run();
        assertThat(done).containsExactly(2);
    }

    @Test
    void serverThatStopsLeavesItToTheCaller() {
        Mailbox mailbox = new Mailbox(
                task -> {
                    throw new RejectedExecutionException();
                },
                10);
        mailbox.post(() -> done.add(1));
        assertThat(done).containsExactly(1);
    }
}
