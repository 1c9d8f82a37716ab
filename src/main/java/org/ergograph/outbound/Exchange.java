package org.ergograph.outbound;

import java.util.concurrent.CompletionStage;

/** A request that is under way to another server. Thread-safe. */
public interface Exchange {
    /**
     * How it ended; never fails. Completes on a thread that must not be kept waiting, after the last call of the
     * {@link Receiver}.
     */
    CompletionStage<ExchangeResult> result();

    /** Ends it, and closes its connection; it then has failed as {@link OutboundResult.Cause#CANCELLED}. */
    void cancel();
}
